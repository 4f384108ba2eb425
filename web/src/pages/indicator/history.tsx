import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import type { Indicator } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

/** FigureHistory is every figure in the order of confirmation, with those that were replaced and why. */
export function FigureHistory({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation();
  const named = usePeriod();
  const list = usePages<Schemas["FigureRow"]>(["indicators", indicator.id, "figures"], (after, signal) =>
    take(
      api.GET("/api/v1/indicators/{id}/figures", {
        signal,
        params: { path: { id: indicator.id }, query: { after, limit: 100 } },
      }),
    ),
  );
  return (
    <Panel flush>
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("figure.none")} icon="chart">
          {t("figure.none_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("indicator.tab.history")}
          rows={list.items}
          id={row => row.id}
          columns={[
            { key: "unit", title: t("duty.unit"), phone: "main", cell: row => row.unit_name },
            { key: "period", title: t("asked.period"), kind: "tight", cell: row => named(row.period) },
            { key: "value", title: t("figure.value"), kind: "num", cell: row => `${row.value} ${indicator.measure ?? ""}` },
            {
              key: "state",
              title: t("duty.status"),
              kind: "tight",
              cell: row => (
                <Tag tone={row.replaced_by_id ? "plain" : "green"}>
                  {t(row.replaced_by_id ? "figure.replaced" : "figure.in_force")}
                </Tag>
              ),
            },
            { key: "reason", title: t("form.reason"), phone: "hide", cell: row => row.reason },
            { key: "at", title: t("report.confirmed_at"), kind: "tight", cell: row => instant(row.confirmed_at) },
            {
              key: "source",
              title: t("figure.source"),
              kind: "tight",
              cell: row => <Link to={`${paths.duty(row.duty_id)}?tab=reports` as never}>{t("figure.see_report")}</Link>,
            },
          ]}
        />
      )}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Panel>
  );
}
