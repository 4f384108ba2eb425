import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useOne } from "../../api/read";
import { TextButton } from "../../ui/button";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";
import { Segments } from "../../ui/tabs";
import type { ReportingKey } from "./index";

/** Standings counts missing and late reports by unit or plan, those that owe most first. */
export function Standings({
  planId,
  by,
  setUrl,
}: {
  planId?: string;
  by: "unit" | "plan";
  setUrl: (part: Partial<Record<ReportingKey, string | undefined>>) => void;
}) {
  const { t } = useTranslation();
  const list = useOne(["due-reports", "standings", by, planId], signal =>
    take(api.GET("/api/v1/report-standings", { signal, params: { query: { by, plan_id: planId, limit: 200 } } })),
  );
  return (
    <Panel
      title={t("asked.lane.standings")}
      acts={
        <Segments
          label={t("asked.by")}
          value={by}
          onChange={value => setUrl({ by: value === "unit" ? undefined : value })}
          options={(["unit", "plan"] as const).map(value => ({ value, label: t(`asked.by.${value}`) }))}
        />
      }
      flush
    >
      <Loaded query={list}>
        {data =>
          data.items.length === 0 ? (
            <Empty title={t("asked.none.standings")} icon="check" />
          ) : (
            <Table
              fit
              label={t("asked.lane.standings")}
              rows={data.items}
              id={row => row.id}
              columns={[
                {
                  key: "name",
                  title: t(`asked.by.${by}`),
                  phone: "main",
                  cell: row => (
                    <TextButton onClick={() => setUrl({ lane: "missing", [by === "unit" ? "unit_id" : "plan_id"]: row.id })}>
                      {row.name}
                    </TextButton>
                  ),
                },
                {
                  key: "missing",
                  title: t("asked.state.missing"),
                  kind: "num",
                  cell: row => row.missing > 0 && <Tag tone="red">{t("asked.missing_n", { count: row.missing })}</Tag>,
                },
                {
                  key: "late",
                  title: t("asked.state.late"),
                  kind: "num",
                  cell: row => row.late > 0 && <Tag tone="amber">{t("asked.late_n", { count: row.late })}</Tag>,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
