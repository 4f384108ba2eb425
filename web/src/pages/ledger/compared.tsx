import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Question, useChanges } from "../../api/ledger";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Row, Stack } from "../../ui/layout";
import { ErrorNote, Note } from "../../ui/states";

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
