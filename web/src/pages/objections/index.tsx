import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useUrl } from "../../app/url";
import { objectionTone } from "../../forms/object";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { PageHead, Panel } from "../../ui/layout";
import { Light, Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";

const tabs = ["open", "all"] as const;

/** ObjectionsPage lists the applications for re-examination: those that wait for a decision first. */
export default function ObjectionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ tab = "open" }, setUrl] = useUrl<"tab">();
  const list = usePages(["objections", tab], (after, signal) =>
    take(api.GET("/api/v1/objections", { signal, params: { query: { after, limit: 50, open: tab === "open" || undefined } } })),
  );
  return (
    <>
      <PageHead title={t("nav.objections")} lead={t("objection.lead")} />
      <Tabs
        label={t("nav.objections")}
        value={tab as (typeof tabs)[number]}
        onChange={value => setUrl({ tab: value === "open" ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: t(`objection.tab.${value}`) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("objection.none")} icon="check">
              {t("objection.none_help")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.objections")}
              rows={list.items}
              id={row => row.id}
              onOpen={row => void navigate({ href: paths.objection(row.id) })}
              columns={[
                {
                  key: "title",
                  title: t("objection.to"),
                  phone: "main",
                  cell: row => <Link to={paths.objection(row.id) as never}>{row.title}</Link>,
                },
                { key: "unit", title: t("objection.by"), cell: row => row.unit_name },
                { key: "at", title: t("objection.at"), kind: "tight", phone: "hide", cell: row => instant(row.created_at) },
                { key: "by", title: t("objection.decide_by"), kind: "tight", cell: row => row.decide_by },
                { key: "light", title: t("notice.light"), kind: "tight", cell: row => <Light light={row.light} /> },
                {
                  key: "status",
                  title: t("notice.status"),
                  kind: "tight",
                  cell: row => <Tag tone={objectionTone(row.status)}>{word("status.objection", row.status)}</Tag>,
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
    </>
  );
}
