import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Duty, percent } from "../../api/duties";
import { DutyLight } from "../../forms/due";
import { word } from "../../i18n";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Progress } from "../../ui/light";
import css from "./ledger.module.css";
import { lightRank } from "./rows";

const lanes = ["assigned", "returned", "active", "review", "closed"] as const;
/** A lane shows so many cards; the list shows all. */
const most = 60;

/** Board sorts duties by where they stand; what is late stands on top. */
export function Board({ duties }: { duties: Duty[] }) {
  const { t } = useTranslation();
  return (
    <div className={css.board}>
      {lanes.map(lane => {
        const all = duties.filter(duty => duty.status === lane).sort((a, b) => lightRank(a.light) - lightRank(b.light));
        return (
          <section key={lane} className={css.lane} aria-label={word("status.duty", lane)}>
            <h2>
              {word("status.duty", lane)} <small>{all.length}</small>
            </h2>
            <ul>
              {all.slice(0, most).map(duty => (
                <Card key={duty.id} duty={duty} />
              ))}
            </ul>
            {all.length > most && <p className={css.rest}>{t("ledger.board_rest", { count: all.length - most })}</p>}
          </section>
        );
      })}
    </div>
  );
}

export function Card({ duty }: { duty: Duty }) {
  return (
    <li className={css.card}>
      <Link to={paths.duty(duty.id) as never}>{titled(duty.task_number, duty.task_title)}</Link>
      <span>{duty.unit_name}</span>
      <span className={css.cardFoot}>
        <DutyLight duty={duty} />
        <Progress value={percent(duty.progress)} label={duty.task_title} />
      </span>
    </li>
  );
}
