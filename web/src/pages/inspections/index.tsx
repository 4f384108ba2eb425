import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { LookForm } from "./look-form";
import { PlanForm } from "./plan-form";

type Status = Schemas["Inspection"]["status"];
const tabs = ["all", "draft", "proposed", "approved", "open", "finished", "concluded"] as const;

/** Inspections lists what is inspected, by whom and when. */
export default function Inspections() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [creating, setCreating] = useState<"plan" | "look">();
  const [{ tab = "all" }, setUrl] = useUrl<"tab">();
  const list = usePages(["inspections", tab], (after, signal) =>
    take(
      api.GET("/api/v1/inspections", {
        signal,
        params: { query: { after, limit: 50, status: tab === "all" ? undefined : (tab as Status) } },
      }),
    ),
  );
  const may = me.permissions.includes("inspection.create");
  const create = may && (
    <Button key="plan" kind="primary" icon="add" onClick={() => setCreating("plan")}>
      {t("inspection.create")}
    </Button>
  );
  const look = (
    <Button key="look" onClick={() => setCreating("look")}>
      {t("look.create")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("nav.inspections")} lead={t("inspection.lead")} acts={create && [look, create]} />
      <Tabs
        label={t("nav.inspections")}
        value={tab as (typeof tabs)[number]}
        onChange={value => setUrl({ tab: value === "all" ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: value === "all" ? t("inspection.all") : word("status.inspection", value) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("inspection.none")} icon="search" act={create}>
              {t("inspection.none_help")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.inspections")}
              rows={list.items}
              id={row => row.id}
              onOpen={row => void navigate({ href: paths.inspection(row.id) })}
              columns={[
                {
                  key: "title",
                  title: t("inspection.title"),
                  phone: "main",
                  cell: row => <Link to={paths.inspection(row.id) as never}>{row.title}</Link>,
                },
                { key: "kind", title: t("inspection.kind"), kind: "tight", cell: row => t(`inspection.kind.${row.kind}`) },
                {
                  key: "units",
                  title: t("inspection.units"),
                  cell: row =>
                    namesOf(
                      row.units.map(unit => unit.name),
                      t("inspection.and_more", { count: row.units.length }),
                    ),
                },
                {
                  key: "days",
                  title: t("inspection.days"),
                  kind: "tight",
                  cell: row => (row.starts_on ? `${row.starts_on} — ${row.ends_on ?? ""}` : undefined),
                },
                {
                  key: "team",
                  title: t("inspection.team"),
                  phone: "hide",
                  cell: row => row.team.map(member => member.name).join(" ") || undefined,
                },
                {
                  key: "status",
                  title: t("inspection.status"),
                  kind: "tight",
                  cell: row => (
                    <Tag
                      tone={
                        row.status === "open" || row.status === "finished"
                          ? "blue"
                          : row.status === "proposed"
                            ? "amber"
                            : row.status === "concluded"
                              ? "green"
                              : "plain"
                      }
                    >
                      {word("status.inspection", row.status)}
                    </Tag>
                  ),
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
      </Tabs>
      {creating === "plan" && <PlanForm onClose={() => setCreating(undefined)} />}
      {creating === "look" && <LookForm onClose={() => setCreating(undefined)} />}
    </>
  );
}

/** namesOf lists up to three names in full; more are counted. */
function namesOf(names: string[], more: string): string {
  return names.length > 3 ? `${names.slice(0, 2).join(" ")} ${more}` : names.join(" ");
}
