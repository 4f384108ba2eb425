import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useUrl } from "../../app/url";
import { DateField } from "../../forms/date-field";
import { actionOf, actorOf } from "../../forms/events";
import { instant } from "../../lib/dates";
import { TextField } from "../../ui/field";
import { Panel, Row, Stack } from "../../ui/layout";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

/** Audit is the log of everything that was done, for the audit administrator. */
export function Audit() {
  const { t } = useTranslation();
  const [{ from, to }, setUrl] = useUrl<"from" | "to">();
  const [action, setAction] = useState("");
  const list = usePages(["audit", from, to, action], (after, signal) =>
    take(
      api.GET("/api/v1/events", {
        signal,
        params: {
          query: {
            after,
            limit: 100,
            from: from ? `${from}T00:00:00+08:00` : undefined,
            to: to ? `${to}T23:59:59+08:00` : undefined,
            action: action || undefined,
          },
        },
      }),
    ),
  );
  return (
    <Stack>
      <Row wrap>
        <DateField label={t("audit.from")} value={from ?? ""} onChange={value => setUrl({ from: value })} />
        <DateField label={t("audit.to")} value={to ?? ""} onChange={value => setUrl({ to: value })} />
        <TextField label={t("audit.action")} value={action} onChange={setAction} />
      </Row>
      <Panel flush>
        {list.isPending && <SkeletonRows />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && <Empty title={t("events.none")} icon="history" />}
        {list.items.length > 0 && (
          <Table
            label={t("admin.tab.audit")}
            rows={list.items}
            id={row => row.id}
            columns={[
              { key: "at", title: t("audit.at"), kind: "tight", cell: row => instant(row.at) },
              { key: "who", title: t("audit.who"), kind: "tight", cell: row => actorOf(row, t("events.program")) },
              {
                key: "what",
                title: t("audit.what"),
                phone: "main",
                cell: row => (
                  <>
                    {actionOf(row)}{" "}
                    <code lang="en">
                      {row.subject}.{row.action}
                    </code>
                  </>
                ),
              },
              { key: "reason", title: t("form.reason"), cell: row => row.reason },
              {
                key: "object",
                title: t("audit.object"),
                kind: "tight",
                phone: "hide",
                cell: row => <code>{row.subject_id}</code>,
              },
              {
                key: "request",
                title: t("audit.request"),
                kind: "tight",
                phone: "hide",
                cell: row => row.request_id && <code>{row.request_id}</code>,
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
    </Stack>
  );
}
