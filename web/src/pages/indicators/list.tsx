import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import type { Indicator } from "../../api/reporting";
import { useMe } from "../../api/session";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { IndicatorForm } from "./form";

/** Indicators lists what is asked for, with who may adding to it. */
export function Indicators() {
  const { t } = useTranslation();
  const me = useMe();
  const [making, setMaking] = useState(false);
  const list = usePages<Indicator>(["indicators", "list"], (after, signal) =>
    take(api.GET("/api/v1/indicators", { signal, params: { query: { after, limit: 100 } } })),
  );
  const act = me.permissions.includes("indicator.manage") && (
    <Button kind="primary" icon="add" onClick={() => setMaking(true)}>
      {t("indicator.create")}
    </Button>
  );
  return (
    <Stack>
      {act && <Row>{act}</Row>}
      <Panel flush>
        {list.isPending && <SkeletonRows />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && (
          <Empty title={t("indicator.none")} icon="chart">
            {t("indicator.none_help")}
          </Empty>
        )}
        {list.items.length > 0 && (
          <Table
            label={t("indicator.tab.list")}
            rows={list.items}
            id={row => row.id}
            columns={[
              {
                key: "name",
                title: t("indicator.name"),
                phone: "main",
                cell: row => <Link to={paths.indicator(row.id) as never}>{row.name}</Link>,
              },
              { key: "measure", title: t("indicator.measure"), kind: "tight", cell: row => row.measure },
              { key: "every", title: t("indicator.every"), kind: "tight", cell: row => t(`indicator.every.${row.every}`) },
              {
                key: "gather",
                title: t("indicator.gather"),
                kind: "tight",
                phone: "hide",
                cell: row => t(`indicator.gather.${row.gather}`),
              },
              { key: "definition", title: t("indicator.definition"), phone: "hide", cell: row => row.definition },
              {
                key: "state",
                title: t("duty.status"),
                kind: "tight",
                cell: row =>
                  row.retired_at ? <Tag>{t("indicator.retired")}</Tag> : <Tag tone="green">{t("indicator.in_use")}</Tag>,
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
      {making && <IndicatorForm onClose={() => setMaking(false)} />}
    </Stack>
  );
}
