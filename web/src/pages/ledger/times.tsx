import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Question, useChanges } from "../../api/ledger";
import { DateField } from "../../forms/date-field";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Row, Stack } from "../../ui/layout";
import { ErrorNote, Note } from "../../ui/states";
import css from "./query.module.css";

/** Times chooses the day that the ledger is looked at and the day it is compared with. */
export function Times({
  asOf,
  since,
  today,
  onChange,
}: {
  asOf?: string;
  since?: string;
  today: string;
  onChange: (part: { as_of?: string; since?: string }) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={`${css.times} no-print`}>
      <DateField
        label={t("ledger.as_of")}
        value={asOf ?? ""}
        max={today}
        onChange={date => onChange({ as_of: date && date < today ? date : undefined })}
      />
      <DateField
        label={t("ledger.since")}
        value={since ?? ""}
        max={asOf ?? today}
        onChange={date => onChange({ since: date || undefined })}
      />
      {(asOf || since) && (
        <Button kind="quiet" icon="close" onClick={() => onChange({ as_of: undefined, since: undefined })}>
          {t("ledger.now")}
        </Button>
      )}
    </div>
  );
}

/** Compared says what came, went and changed between the two days. */
export function Compared({ question }: { question: Question }) {
  const { t } = useTranslation();
  const changes = useChanges(question);
  const { as_of: asOf, since } = question;
  const sum = changes.data;
  if (!since) return asOf ? <Note tone="amber">{t("ledger.past", { day: asOf })}</Note> : null;
  if (changes.isError) return <ErrorNote error={changes.error} onRetry={() => void changes.refetch()} />;
  return (
    <Note tone={asOf ? "amber" : "blue"} icon="history">
      <Stack gap={0.25}>
        {asOf && <span>{t("ledger.past", { day: asOf })}</span>}
        <Row wrap gap={1}>
          <strong>{t("ledger.compared", { day: since })}</strong>
          {sum &&
            (["added", "moved", "changed", "same"] as const).map(name => (
              <span key={name}>
                {t(`ledger.change.${name}`)} {sum[name]}
              </span>
            ))}
          {sum && (
            <span>
              {t("ledger.change.left")} {sum.left.length}
              {sum.more ? "+" : ""}
            </span>
          )}
        </Row>
        {sum && sum.left.length > 0 && (
          <details>
            <summary>{t("ledger.left_rows", { count: sum.left.length })}</summary>
            <ul>
              {sum.left.map(row => (
                <li key={row.id}>
                  <Link to={paths.duty(row.id) as never}>{titled(row.task_number, row.task_title)}</Link> {row.unit_name}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Stack>
    </Note>
  );
}
