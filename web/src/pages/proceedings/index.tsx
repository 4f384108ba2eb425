import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel, Row } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Select } from "../../ui/select";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { type Column, More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { kinds, type Proceeding, proceedingTones, stateOf } from "./words";

const ProposeProceeding = lazy(() => import("./propose").then(found => ({ default: found.ProposeProceeding })));
const states = ["proposed", "approved", "issued", "signed", "refused", "withdrawn"] as const;
type Tab = (typeof states)[number] | "all";

/** Proceedings lists interviews, commendations and criticisms: first what waits for a decision. */
export default function Proceedings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [{ tab = "all", kind }, setUrl] = useUrl<"tab" | "kind">();
  const may = me.permissions.includes("proceeding.propose");
  const tabs: Tab[] = may ? ["all", ...states] : ["all", "issued", "signed"]; // a unit never sees what was only proposed
  const current = tabs.includes(tab as Tab) ? (tab as Tab) : "all";
  const query = {
    status: current === "all" ? undefined : current,
    kind: kinds.find(one => one === kind),
  };
  const list = usePages(["proceedings", query], (after, signal) =>
    take(api.GET("/api/v1/proceedings", { signal, params: { query: { after, limit: 50, ...query } } })),
  );
  const columns = useColumns();
  return (
    <>
      <PageHead
        title={t("nav.proceedings")}
        lead={t("proceeding.lead")}
        acts={
          <Row wrap>
            <Select
              bare
              clearable
              width="10rem"
              label={t("proceeding.any_kind")}
              value={query.kind ?? ""}
              onChange={value => setUrl({ kind: value || undefined })}
              options={kinds.map(value => ({ value, label: t(`proceeding.kind.${value}`) }))}
            />
            {may && (
              <Button kind="primary" icon="add" onClick={() => setAdding(true)}>
                {t("proceeding.propose")}
              </Button>
            )}
          </Row>
        }
      />
      <Tabs
        label={t("notice.by_state")}
        value={current}
        onChange={value => setUrl({ tab: value === "all" ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: value === "all" ? t("inspection.all") : t(`proceeding.tab.${value}`) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("proceeding.none")} icon="talk">
              {t(may ? "proceeding.none_help" : "proceeding.none_unit")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.proceedings")}
              rows={list.items}
              id={row => row.id}
              columns={columns}
              onOpen={row => void navigate({ href: paths.proceeding(row.id) })}
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
      {adding && (
        <Suspense fallback={null}>
          <ProposeProceeding onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

function useColumns(): Column<Proceeding>[] {
  const { t } = useTranslation();
  return [
    {
      key: "title",
      title: t("proceeding.title"),
      phone: "main",
      cell: row => <Link to={paths.proceeding(row.id) as never}>{row.title}</Link>,
    },
    { key: "kind", title: t("proceeding.kind"), kind: "tight", cell: row => t(`proceeding.kind.${row.kind}`) },
    { key: "number", title: t("notice.number"), kind: "tight", cell: row => row.number },
    { key: "unit", title: t("duty.unit"), cell: row => row.unit_name },
    {
      key: "by",
      title: t("proceeding.by"),
      kind: "tight",
      phone: "hide",
      cell: row => (row.by_rule ? t("proceeding.by_rule") : row.proposed_by_name),
    },
    {
      key: "status",
      title: t("duty.status"),
      kind: "tight",
      cell: row => <Tag tone={proceedingTones[row.status]}>{stateOf(row)}</Tag>,
    },
    {
      key: "at",
      title: t("proceeding.at"),
      kind: "tight",
      phone: "hide",
      cell: row => instant(row.created_at).slice(0, 10),
    },
  ];
}
