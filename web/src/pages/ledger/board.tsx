import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { percent } from "../../api/duties";
import type { Clock, LedgerDuty } from "../../api/ledger";
import { useMe } from "../../api/session";
import { DueDate, DutyLight } from "../../forms/due";
import { word } from "../../i18n";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Progress, Tag } from "../../ui/light";
import { Changed } from "./columns";
import css from "./ledger.module.css";
import { urgentFirst } from "./rows";

const lanes = ["assigned", "returned", "active", "review", "closed"] as const;
/** A lane shows so many cards; the list shows all. */
const most = 60;

/** Board sorts duties by where they stand; what is late stands on top. */
export function Board({ duties, clock }: { duties: LedgerDuty[]; clock: Clock }) {
  const { t } = useTranslation();
  const { today } = useMe();
  return (
    <div className={css.board}>
      {lanes.map(lane => {
        const all = duties.filter(duty => duty.status === lane).sort(urgentFirst(today));
        return (
          <section key={lane} className={css.lane} aria-label={word("status.duty", lane)}>
            <h2>
              {word("status.duty", lane)} <small>{all.length}</small>
            </h2>
            <ul>
              {all.slice(0, most).map(duty => (
                <Card key={duty.id} duty={duty} clock={clock} />
              ))}
            </ul>
            {all.length > most && <p className={css.rest}>{t("ledger.board_rest", { count: all.length - most })}</p>}
          </section>
        );
      })}
    </div>
  );
}

/** Card is a duty as a card: whose it is, when it is due, its light; in a comparison also what became of it. */
export function Card({ duty, clock }: { duty: LedgerDuty; clock: Clock }) {
  const { t } = useTranslation();
  const year = Number(useMe().today.slice(0, 4));
  return (
    <li className={css.card}>
      <Link to={paths.duty(duty.id) as never}>{titled(duty.task_number, duty.task_title)}</Link>
      <span className={css.cardFoot}>
        <span>
          {duty.unit_name} <Tag tone={duty.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${duty.part}`)}</Tag>
        </span>
        <DueDate due={duty.due_date} original={duty.original_due_date} clock={clock} />
      </span>
      <span className={css.cardFoot}>
        <DutyLight duty={duty} />
        <Progress value={percent(duty.progress)} label={duty.task_title} />
      </span>
      {duty.was && <Changed duty={duty} year={year} />}
    </li>
  );
}
