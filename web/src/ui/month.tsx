import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, addMonths, longDate, monthOf, today, weekday } from "../lib/dates";
import { isWorkday, type Workdays } from "../lib/workdays";
import { IconButton } from "./button";
import css from "./date-field.module.css";

const moves: Record<string, (date: string) => string> = {
  ArrowLeft: d => addDays(d, -1),
  ArrowRight: d => addDays(d, 1),
  ArrowUp: d => addDays(d, -7),
  ArrowDown: d => addDays(d, 7),
  Home: d => addDays(d, 1 - weekday(d)),
  End: d => addDays(d, 7 - weekday(d)),
  PageUp: d => addMonths(d, -1),
  PageDown: d => addMonths(d, 1),
};

/** Month is a month's days as a grid; arrows move by day and week, Page Up and Down by month (WAI-ARIA date grid). */
export function Month({
  value,
  min,
  max,
  days,
  onPick,
}: {
  value: string;
  min?: string;
  max?: string;
  days: Workdays;
  onPick: (date: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const now = today();
  const [at, setAt] = useState(value || (min && min > now ? min : now));
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current || at) grid.current?.querySelector<HTMLElement>(`[data-date="${at}"]`)?.focus({ preventScroll: true });
  }, [at]);

  const first = `${at.slice(0, 7)}-01`;
  const start = addDays(first, 1 - weekday(first));
  const weeks = Array.from({ length: 6 }, (_, w) => Array.from({ length: 7 }, (_, d) => addDays(start, w * 7 + d)));
  const closed = (date: string) => Boolean((min && date < min) || (max && date > max));

  function key(event: KeyboardEvent) {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    moved.current = true;
    setAt(move(at));
  }
  return (
    <div className={css.pane}>
      <div className={css.head}>
        <IconButton name="back" label={t("ui.date.month_before")} onClick={() => setAt(addMonths(at, -1))} />
        <span aria-live="polite">{monthOf(at, i18n.language)}</span>
        <IconButton name="chevron" label={t("ui.date.month_after")} onClick={() => setAt(addMonths(at, 1))} />
      </div>
      <table ref={grid} role="grid" className={css.grid} aria-label={monthOf(at, i18n.language)} onKeyDown={key}>
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
          {weeks
            .filter(week => week.some(date => date.startsWith(at.slice(0, 7))))
            .map(week => (
              <tr key={week[0]}>
                {week.map(date => (
                  <td key={date} role="gridcell" aria-selected={date === value}>
                    {date.startsWith(at.slice(0, 7)) && (
                      <Day
                        date={date}
                        at={at}
                        value={value}
                        now={now}
                        days={days}
                        closed={closed(date)}
                        lang={i18n.language}
                        onPick={onPick}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({
  date,
  at,
  value,
  now,
  days,
  closed,
  lang,
  onPick,
}: {
  date: string;
  at: string;
  value: string;
  now: string;
  days: Workdays;
  closed: boolean;
  lang: string;
  onPick: (date: string) => void;
}) {
  const { t } = useTranslation();
  const off = !isWorkday(date, days);
  const mark = days.off.has(date) ? t("ui.date.off") : days.work.has(date) ? t("ui.date.work") : undefined;
  return (
    <button
      type="button"
      className={css.day}
      data-date={date}
      data-off={off || undefined}
      data-today={date === now || undefined}
      aria-selected={date === value}
      aria-disabled={closed || undefined}
      aria-label={mark ? `${longDate(date, lang)} ${mark}` : longDate(date, lang)}
      tabIndex={date === at ? 0 : -1}
      onClick={() => !closed && onPick(date)}
    >
      {Number(date.slice(8))}
      {mark && <span className={css.mark}>{mark}</span>}
    </button>
  );
}
