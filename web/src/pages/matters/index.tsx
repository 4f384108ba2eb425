import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { DueDate } from "../../forms/due";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel, Row } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { type Column, More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { MatterForm } from "./form";

export type Matter = Schemas["Matter"];
const tabs = ["open", "proposed", "active", "closed", "refused", "voided", "all"] as const;
type Tab = (typeof tabs)[number];

export const matterTones = {
  draft: "plain",
  proposed: "amber",
  active: "blue",
  refused: "red",
  closed: "green",
  voided: "plain",
} as const;

/** Matters is the register of supervised matters from sources other than a plan. */
export default function Matters() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [{ tab = "open" }, setUrl] = useUrl<"tab">();
  const current = (tabs.includes(tab as Tab) ? tab : "open") as Tab;
  const query = current === "all" ? {} : current === "open" ? { open: true } : { status: current };
  const list = usePages(["matters", current], (after, signal) =>
    take(api.GET("/api/v1/matters", { signal, params: { query: { after, limit: 50, ...query } } })),
  );
  const columns = useColumns();
  const register = me.permissions.includes("matter.register") && (
    <Button kind="primary" icon="add" onClick={() => setAdding(true)}>
      {t("matter.register")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("nav.matters")} lead={t("matter.lead")} acts={register} />
      <Tabs
        label={t("notice.by_state")}
        value={current}
        onChange={value => setUrl({ tab: value === "open" ? undefined : value })}
        tabs={tabs.map(value => ({
          value,
          label: value === "open" || value === "all" ? t(`matter.tab.${value}`) : word("status.matter", value),
        }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("matter.none")} icon="shield">
              {t("matter.none_help")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.matters")}
              rows={list.items}
              id={row => row.id}
              columns={columns}
              onOpen={row => void navigate({ href: paths.matter(row.id) })}
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
      {adding && <MatterForm onClose={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): Column<Matter>[] {
  const { t } = useTranslation();
  return [
    {
      key: "title",
      title: t("matter.title"),
      phone: "main",
      cell: row => <Link to={paths.matter(row.id) as never}>{row.title}</Link>,
    },
    { key: "number", title: t("matter.number"), kind: "tight", cell: row => row.number },
    {
      key: "source",
      title: t("matter.source"),
      phone: "hide",
      cell: row => (
        <span>
          {t(`matter.source.${row.source}`)} {row.basis}
        </span>
      ),
    },
    { key: "units", title: t("matter.units"), phone: "hide", cell: row => row.units.map(one => one.unit_name).join(" ") },
    {
      key: "status",
      title: t("duty.status"),
      kind: "tight",
      cell: row => <Tag tone={matterTones[row.status]}>{word("status.matter", row.status)}</Tag>,
    },
    {
      key: "due",
      title: t("duty.due"),
      kind: "tight",
      cell: row => (
        <Row>
          <DueDate due={row.due_date} />
          {row.overdue && <Tag tone="red">{t("light.red")}</Tag>}
        </Row>
      ),
    },
  ];
}
