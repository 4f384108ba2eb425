import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { useOne } from "../../api/read";
import { Events } from "../../forms/events";
import { instant } from "../../lib/dates";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Table } from "../../ui/table";

/** History is every fact about a duty, as it was recorded. */
export function History({ duty }: { duty: Duty }) {
  return (
    <Panel>
      <Events
        of={["duty", duty.id]}
        read={(after, signal) =>
          take(api.GET("/api/v1/duties/{id}/timeline", { signal, params: { path: { id: duty.id }, query: { after } } }))
        }
      />
    </Panel>
  );
}

/** Deadlines is the ledger of due dates: all that the duty ever had, who changed them and why. */
export function Deadlines({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const list = useOne(["duty", duty.id, "dates"], signal =>
    take(api.GET("/api/v1/duties/{id}/due-dates", { signal, params: { path: { id: duty.id } } })),
  );
  return (
    <Panel flush>
      <Loaded query={list}>
        {data => (
          <Table
            label={t("duty.tab.deadlines")}
            rows={data.items}
            id={row => String(row.revision)}
            columns={[
              { key: "revision", title: t("due.revision"), kind: "num", cell: row => row.revision },
              { key: "old", title: t("due.old"), kind: "tight", cell: row => row.old_date },
              { key: "new", title: t("due.new"), kind: "tight", cell: row => row.new_date },
              {
                key: "reason",
                title: t("due.reason"),
                phone: "main",
                cell: row => row.reason ?? (row.revision === 1 ? t("duty.first_date") : undefined),
              },
              {
                key: "late",
                title: t("due.late"),
                kind: "tight",
                cell: row => row.late && <Tag tone="amber">{t("due.late_move")}</Tag>,
              },
              { key: "by", title: t("due.by"), kind: "tight", cell: row => row.changed_by },
              { key: "at", title: t("due.at"), kind: "tight", cell: row => instant(row.changed_at) },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
