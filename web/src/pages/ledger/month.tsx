import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkdays } from "../../api/calendar";
import { type Clock, dueOn, type LedgerDuty } from "../../api/ledger";
import { dutyWord } from "../../forms/due";
import { addDays, addMonths, longDate, monthOf, weekday } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { isWorkday, plainWeek } from "../../lib/workdays";
import { Button, IconButton } from "../../ui/button";
import { LightShape } from "../../ui/light";
import css from "./month.module.css";
import { urgentFirst } from "./rows";

/** A day shows so many duties; a click on the day lists all. */
const most = 4;

/** DueMonth is the due dates of a month, one cell for each day; days off are grey. On a phone it is the list of the days with any. */
export function DueMonth({
  duties,
  clock,
  at,
  today,
  onMove,
  onDay,
}: {
  duties: LedgerDuty[];
  clock: Clock;
  at: string;
  today: string;
  onMove: (date: string) => void;
  onDay: (date: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const byDay = useMemo(() => grouped(duties, clock, today), [duties, clock, today]);
  const first = `${at.slice(0, 7)}-01`;
  const start = addDays(first, 1 - weekday(first));
  const days = useWorkdays(first) ?? plainWeek;
  const weeks = Array.from({ length: 6 }, (_, w) => Array.from({ length: 7 }, (_, d) => addDays(start, w * 7 + d))).filter(week =>
    week.some(date => date.startsWith(at.slice(0, 7))),
  );
  const inMonth = duties.filter(duty => dueOn(duty, clock)?.startsWith(at.slice(0, 7))).length;
  return (
    <div className={css.month}>
      <div className={css.head}>
        <IconButton name="back" label={t("ui.date.month_before")} onClick={() => onMove(addMonths(first, -1))} />
        <h2 aria-live="polite">{monthOf(first, i18n.language)}</h2>
        <IconButton name="chevron" label={t("ui.date.month_after")} onClick={() => onMove(addMonths(first, 1))} />
        <Button size="xs" onClick={() => onMove(today)}>
          {t("ledger.this_month")}
        </Button>
        <span>{t("ledger.due_in_month", { count: inMonth })}</span>
      </div>
      <table className={css.grid} aria-label={monthOf(first, i18n.language)}>
        <thead>
          <tr>
            {weeks[0]!.map(date => (
              <th key={date} scope="col">
                {t(`ui.date.weekday.${weekday(date)}` as "ui.date.weekday.1")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week[0]}>
              {week.map(date => {
                const list = byDay.get(date) ?? [];
                return (
                  <td
                    key={date}
                    data-off={!isWorkday(date, days) || undefined}
                    data-out={!date.startsWith(at.slice(0, 7)) || undefined}
                    data-empty={list.length === 0 || undefined}
                  >
                    <Day
                      date={date}
                      today={today}
                      mark={days.off.has(date) ? t("ui.date.off") : days.work.has(date) ? t("ui.date.work") : ""}
                    />
                    <Items list={list} today={today} onAll={() => onDay(date)} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {inMonth === 0 && <p className={css.none}>{t("ledger.none_in_month")}</p>}
    </div>
  );
}

function Day({ date, today, mark }: { date: string; today: string; mark: string }) {
  const { i18n } = useTranslation();
  return (
    <div className={css.day} data-today={date === today || undefined}>
      <time dateTime={date} aria-label={longDate(date, i18n.language)}>
        <span className={css.long}>{longDate(date, i18n.language)}</span>
        <span className={css.short}>{Number(date.slice(8))}</span>
      </time>
      {mark && <small>{mark}</small>}
    </div>
  );
}

function Items({ list, today, onAll }: { list: LedgerDuty[]; today: string; onAll: () => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const shown = open ? list : list.slice(0, most);
  return (
    <>
      <ul>
        {shown.map(duty => (
          <li key={duty.id}>
            <Link
              to={paths.duty(duty.id) as never}
              title={[t(dutyWord(duty, today)), titled(duty.task_number, duty.task_title), duty.unit_name].join(" · ")}
            >
              <LightShape light={duty.light} />
              <span>
                {duty.unit_name} {titled(duty.task_number, duty.task_title)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {!open && list.length > most && (
        <button type="button" className={css.more} onClick={() => (list.length > 20 ? onAll() : setOpen(true))}>
          {t("ledger.more_on_day", { count: list.length - most })}
        </button>
      )}
    </>
  );
}

function grouped(duties: LedgerDuty[], clock: Clock, today: string): Map<string, LedgerDuty[]> {
  const all = new Map<string, LedgerDuty[]>();
  for (const duty of duties) {
    const due = dueOn(duty, clock);
    if (!due) continue;
    const list = all.get(due);
    if (list) list.push(duty);
    else all.set(due, [duty]);
  }
  for (const list of all.values()) list.sort(urgentFirst(today));
  return all;
}
