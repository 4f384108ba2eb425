import { useTranslation } from "react-i18next";
import { workdaysOf } from "../../api/calendar";
import type { Schemas } from "../../api/client";
import { addDays, longDate, monthOf, today, weekday } from "../../lib/dates";
import type { Workdays } from "../../lib/workdays";
import css from "./year.module.css";

type Year = Schemas["CalendarYear"];

/** YearGrid is twelve months with days off and make-up days marked, and the festival's name for who points at a day. */
export function YearGrid({ year }: { year: Year }) {
  const { t, i18n } = useTranslation();
  const days = workdaysOf([year]);
  const names = new Map([...year.days_off, ...year.make_up_days].map(day => [day.date, day.name]));
  return (
    <>
      <div className={css.year}>
        {Array.from({ length: 12 }, (_, i) => {
          const first = `${year.year}-${String(i + 1).padStart(2, "0")}-01`;
          return <MiniMonth key={first} first={first} days={days} names={names} lang={i18n.language} />;
        })}
      </div>
      <p className={css.legend}>
        <span data-kind="off">{t("calendar.legend_off")}</span>
        <span data-kind="work">{t("calendar.legend_work")}</span>
        <span>{t("calendar.legend_weekend")}</span>
      </p>
    </>
  );
}

function MiniMonth({ first, days, names, lang }: { first: string; days: Workdays; names: Map<string, string>; lang: string }) {
  const { t } = useTranslation();
  const start = addDays(first, 1 - weekday(first));
  const weeks = Array.from({ length: 6 }, (_, w) => Array.from({ length: 7 }, (_, d) => addDays(start, w * 7 + d)));
  const month = first.slice(0, 7);
  return (
    <table className={css.month}>
      <caption>{monthOf(first, lang)}</caption>
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
          .filter(week => week.some(date => date.startsWith(month)))
          .map(week => (
            <tr key={week[0]}>
              {week.map(date => (
                <td key={date}>
                  {date.startsWith(month) && <MiniDay date={date} days={days} name={names.get(date)} lang={lang} />}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function MiniDay({ date, days, name, lang }: { date: string; days: Workdays; name?: string; lang: string }) {
  const { t } = useTranslation();
  const mark = days.off.has(date) ? "off" : days.work.has(date) ? "work" : undefined;
  const word = mark && t(`ui.date.${mark}`);
  const said = mark ? `${longDate(date, lang)} ${name ?? ""} ${word}` : undefined;
  return (
    <span
      className={css.day}
      data-kind={mark}
      data-weekend={(!mark && weekday(date) > 5) || undefined}
      data-today={date === today() || undefined}
      title={said}
    >
      {Number(date.slice(8))}
      {mark && <span className={css.mark}>{word}</span>}
    </span>
  );
}
