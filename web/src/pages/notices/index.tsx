import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { word } from "../../i18n";
import { shortDate } from "../../lib/dates";
import { paths } from "../../lib/path";
import { PageHead, Panel } from "../../ui/layout";
import { Light, Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { type Column, More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";

type Notice = Schemas["Notice"];
type Status = Notice["status"];

const tabs = ["open", "draft", "served", "signed", "replied", "closed", "failed", "voided"] as const;

/** Notices is the ledger of rectification notices (整改通知书): what waits first. */
export default function Notices() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ tab = "open" }, setUrl] = useUrl<"tab">();
  const list = usePages(["notices", tab], (after, signal) =>
    take(
      api.GET("/api/v1/notices", {
        signal,
        params: { query: { after, limit: 50, ...(tab === "open" ? { open: true } : { status: tab as Status }) } },
      }),
    ),
  );
  const columns = useColumns();
  return (
    <>
      <PageHead title={t("nav.notices")} lead={t("notice.lead")} />
      <Tabs
        label={t("notice.by_state")}
        value={tab as (typeof tabs)[number]}
        onChange={value => setUrl({ tab: value === "open" ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: value === "open" ? t("notice.open") : word("status.notice", value) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("notice.none")} icon="seal">
              {t("notice.none_help")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.notices")}
              rows={list.items}
              id={row => row.id}
              columns={columns}
              onOpen={row => void navigate({ href: paths.notice(row.id) })}
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

function useColumns(): Column<Notice>[] {
  const { t } = useTranslation();
  const year = Number(useMe().today.slice(0, 4));
  return [
    { key: "title", title: t("notice.title"), phone: "main", cell: row => <Link to={paths.notice(row.id)}>{row.title}</Link> },
    { key: "number", title: t("notice.number"), kind: "tight", cell: row => row.number },
    { key: "unit", title: t("notice.unit"), cell: row => row.unit_name },
    {
      key: "status",
      title: t("notice.status"),
      kind: "tight",
      cell: row => (
        <Tag tone={row.status === "closed" ? "green" : row.status === "voided" ? "plain" : "blue"}>
          {word("status.notice", row.status)}
        </Tag>
      ),
    },
    { key: "findings", title: t("notice.findings"), kind: "num", phone: "hide", cell: row => row.findings.length },
    { key: "due", title: t("notice.due"), kind: "tight", cell: row => row.due_date && shortDate(row.due_date, year) },
    { key: "light", title: t("notice.light"), kind: "tight", cell: row => <Light light={row.light} /> },
  ];
}
