import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { type Column, More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { type HandOver, handOverTones } from "./words";

const DrawHandOver = lazy(() => import("./draw").then(found => ({ default: found.DrawHandOver })));
const tabs = ["mine", "all", "taken"] as const;
type Tab = (typeof tabs)[number];

/** HandOvers lists the hand-over lists: first those that wait for one's own signature. */
export default function HandOvers() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [drawing, setDrawing] = useState(false);
  const [{ tab = "all" }, setUrl] = useUrl<"tab">();
  const current = tabs.includes(tab as Tab) ? (tab as Tab) : "all";
  const query = { mine: current === "mine" || undefined, status: current === "taken" ? ("taken" as const) : undefined };
  const list = usePages(["hand-overs", query], (after, signal) =>
    take(api.GET("/api/v1/hand-overs", { signal, params: { query: { after, limit: 50, ...query } } })),
  );
  const may = me.permissions.includes("hand_over.draw");
  const columns = useColumns();
  return (
    <>
      <PageHead
        title={t("nav.hand_overs")}
        lead={t("hand_over.lead")}
        acts={
          may && (
            <Button kind="primary" icon="add" onClick={() => setDrawing(true)}>
              {t("hand_over.draw")}
            </Button>
          )
        }
      />
      <Tabs
        label={t("hand_over.by_state")}
        value={current}
        onChange={value => setUrl({ tab: value === "all" ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: t(`hand_over.tab.${value}`) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("hand_over.none")} icon="people">
              {t(may ? "hand_over.none_help" : "hand_over.none_here")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.hand_overs")}
              rows={list.items}
              id={row => row.id}
              columns={columns}
              onOpen={row => void navigate({ href: paths.handOver(row.id) })}
            />
          )}
          <More
            shown={list.items.length}
            next={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </Panel>
      </Tabs>
      {drawing && (
        <Suspense fallback={null}>
          <DrawHandOver onClose={() => setDrawing(false)} />
        </Suspense>
      )}
    </>
  );
}

function useColumns(): Column<HandOver>[] {
  const { t } = useTranslation();
  return [
    {
      key: "what",
      title: t("hand_over.post"),
      phone: "main",
      cell: row => <Link to={paths.handOver(row.id) as never}>{`${row.unit_name} · ${word("role", row.role)}`}</Link>,
    },
    { key: "giver", title: t("hand_over.giver"), kind: "tight", cell: row => row.giver_name },
    { key: "taker", title: t("hand_over.taker"), kind: "tight", cell: row => row.taker_name },
    { key: "rows", title: t("hand_over.rows"), kind: "tight", phone: "hide", cell: row => row.rows },
    {
      key: "status",
      title: t("duty.status"),
      kind: "tight",
      cell: row => <Tag tone={handOverTones[row.status]}>{t(`status.hand_over.${row.status}`)}</Tag>,
    },
    {
      key: "at",
      title: t("hand_over.drawn_at"),
      kind: "tight",
      phone: "hide",
      cell: row => instant(row.created_at).slice(0, 10),
    },
  ];
}
