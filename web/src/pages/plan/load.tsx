import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { useOne } from "../../api/read";
import { addDays } from "../../lib/dates";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

/** So many units and weeks are listed, the busiest first. */
const most = 30;
/** More tasks due in a week than working days in it are marked. */
const heavy = (row: { leads: number; supports: number; workdays: number }) => row.leads + row.supports > row.workdays;

/** Load is how much of a plan falls due of which unit in which week. */
export function Load({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const load = useOne(["plan", plan.id, "load", plan.version], signal =>
    take(api.GET("/api/v1/plans/{id}/load", { signal, params: { path: { id: plan.id }, query: { limit: most } } })),
  );
  return (
    <Panel title={t("load.title")} flush>
      <Loaded query={load}>
        {data =>
          data.items.length === 0 ? (
            <Empty title={t("load.none")} icon="calendar" />
          ) : (
            <Table
              label={t("load.title")}
              rows={data.items}
              id={row => `${row.unit_id}-${row.monday}`}
              columns={[
                { key: "unit", title: t("duty.unit"), phone: "main", cell: row => row.unit_name },
                { key: "week", title: t("load.week"), kind: "tight", cell: row => `${row.monday} – ${addDays(row.monday, 6)}` },
                { key: "days", title: t("load.workdays"), kind: "num", cell: row => row.workdays },
                { key: "leads", title: t("duty.part.lead"), kind: "num", cell: row => row.leads },
                { key: "supports", title: t("duty.part.support"), kind: "num", cell: row => row.supports },
                {
                  key: "heavy",
                  title: t("load.sum"),
                  kind: "num",
                  cell: row => (heavy(row) ? <Tag tone="amber">{row.leads + row.supports}</Tag> : row.leads + row.supports),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
