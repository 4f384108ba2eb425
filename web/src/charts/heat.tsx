import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { addDays, longDate, monthOf, weekday } from "../lib/dates";
import css from "./charts.module.css";

/** Heat is a month whose days are the darker the more falls due on them; a day with something leads to it. */
export function Heat({
  month,
  today,
  counts,
  to,
}: {
  month: string;
  today: string;
  counts: Map<string, number>;
  to: (date: string) => string;
}) {
  const { t, i18n } = useTranslation();
  const first = `${month.slice(0, 7)}-01`;
  const days: string[] = [];
  for (let d = first; d.startsWith(month.slice(0, 7)); d = addDays(d, 1)) days.push(d);
  const most = Math.max(1, ...days.map(day => counts.get(day) ?? 0));
  const level = (n: number) => (n === 0 ? undefined : n > most * 0.66 ? 3 : n > most * 0.33 ? 2 : 1);
  return (
    <div className={css.heat} role="group" aria-label={monthOf(month, i18n.language)}>
      {[1, 2, 3, 4, 5, 6, 7].map(n => (
        <div key={n} data-head aria-hidden="true">
          {t(`ui.date.weekday.${n as 1}`)}
        </div>
      ))}
      {Array.from({ length: weekday(first) - 1 }, (_, i) => (
        <div key={`gap${i}`} data-head />
      ))}
      {days.map(day => {
        const n = counts.get(day) ?? 0;
        return (
          <div key={day} data-n={level(n)} data-today={day === today || undefined}>
            {n > 0 ? (
              <Link
                to={to(day) as never}
                title={t("cockpit.due_on", { date: day, count: n })}
                aria-label={`${longDate(day, i18n.language)} ${t("cockpit.due_on", { date: day, count: n })}`}
              >
                <small>{Number(day.slice(8))}</small>
                {n}
              </Link>
            ) : (
              <span>{Number(day.slice(8))}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
