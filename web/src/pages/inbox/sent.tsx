import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

type Urge = Schemas["SentUrge"];

const tones = { answered: "green", late: "red", waiting: "amber" } as const;
const stateOf = (urge: Urge) => (urge.replied_at ? "answered" : urge.late ? "late" : "waiting");
const address = (urge: Urge) =>
  `${urge.subject === "notice" ? paths.notice(urge.subject_id) : paths.duty(urge.subject_id)}?tab=urges`;

/** Sent lists the urges that this person sent, the newest first: who has read each of them, and what was answered. */
export default function Sent() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = usePages(["urges", "sent"], (after, signal) =>
    take(api.GET("/api/v1/urges", { signal, params: { query: { sent: true, after, limit: 50 } } })),
  );
  return (
    <Panel flush>
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("inbox.sent_none")} icon="bell">
          {t("inbox.sent_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("inbox.tab.sent")}
          rows={list.items}
          id={row => row.id}
          onOpen={row => void navigate({ href: address(row) })}
          columns={[
            {
              key: "title",
              title: t("urges.what"),
              phone: "main",
              cell: row => (
                <>
                  <Link to={address(row) as never}>{row.title}</Link>
                  <div>{row.reply ?? row.content}</div>
                </>
              ),
            },
            { key: "unit", title: t("duty.unit"), cell: row => row.unit_name },
            { key: "at", title: t("urge.at"), kind: "tight", cell: row => instant(row.created_at).slice(0, 10) },
            {
              key: "read",
              title: t("urges.readers"),
              kind: "tight",
              cell: row =>
                t("urges.read_by", {
                  read: row.recipients.filter(one => one.read_at).length,
                  all: row.recipients.length,
                }),
            },
            { key: "by", title: t("urge.reply_due"), kind: "tight", phone: "hide", cell: row => row.reply_due },
            {
              key: "state",
              title: t("duty.status"),
              kind: "tight",
              cell: row => (
                <Tag tone={tones[stateOf(row)]}>
                  {t(row.late && !row.replied_at ? "urges.late" : `urge.${stateOf(row) as "answered" | "waiting"}`)}
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
  );
}
