import { useQueries } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import { useOne } from "../api/read";
import { useMe } from "../api/session";
import { instant } from "../lib/dates";
import { paths } from "../lib/path";
import { Button } from "../ui/button";
import { Muted, Panel } from "../ui/layout";
import { Tag } from "../ui/light";
import { ErrorNote, SkeletonRows } from "../ui/states";
import { Table } from "../ui/table";
import { type Approval, type Source, sources } from "./approval-sources";

/** What a leader decides on a duty, and where its form is. */
const decided = { decide_extension: "?tab=extensions", decide_return: "" } as const;
type Decided = keyof typeof decided;

/**
 * Approvals is what waits for this person's decision: what somebody else proposed, an objection; with duties also what is asked for
 * on duties. Without the right to decide on anything there is nothing to see.
 */
export function Approvals({ withDuties, bare }: { withDuties?: boolean; bare?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const mine = sources.filter(source => me.permissions.includes(source.permission));
  const lists = useApprovals(mine, Boolean(withDuties));
  if (mine.length === 0) return null;
  const failed = lists.queries.find(query => query.isError);
  const pending = lists.queries.some(query => query.isPending && query.fetchStatus !== "idle");
  const none = !pending && !failed && lists.rows.length === 0;
  if (bare && !failed && lists.rows.length === 0) return null;
  return (
    <Panel title={t("approvals.title", { count: lists.rows.length })} flush={!none}>
      {failed && <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />}
      {pending && lists.rows.length === 0 && <SkeletonRows rows={3} />}
      {none && <Muted>{t("approvals.none")}</Muted>}
      {lists.rows.length > 0 && (
        <Table
          label={t("approvals.title", { count: lists.rows.length })}
          rows={lists.rows}
          id={row => row.kind + row.id}
          onOpen={row => void navigate({ href: row.to })}
          columns={[
            { key: "kind", title: t("inbox.what"), kind: "tight", cell: row => <Tag tone="blue">{row.kind}</Tag> },
            {
              key: "title",
              title: t("urges.what"),
              phone: "main",
              cell: row => <Link to={row.to as never}>{row.title}</Link>,
            },
            { key: "units", title: t("duty.unit"), cell: row => row.units },
            { key: "by", title: t("proceeding.by"), kind: "tight", phone: "hide", cell: row => row.by || undefined },
            { key: "at", title: t("proceeding.at"), kind: "tight", cell: row => instant(row.at).slice(0, 10) },
            {
              key: "act",
              title: t("form.acts"),
              kind: "tight",
              cell: row => (
                <Button size="xs" onClick={() => void navigate({ href: row.to })}>
                  {t("inbox.handle")}
                </Button>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

/** useApprovals gathers what waits, the longest first. */
function useApprovals(mine: Source[], withDuties: boolean) {
  const { t } = useTranslation();
  const lists = useQueries({
    queries: mine.map(source => ({
      queryKey: [source.list, "approvals"],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.read(signal),
    })),
  });
  const waiting = useOne(["waiting"], signal => take(api.GET("/api/v1/waiting", { signal })), withDuties);
  const items = withDuties ? (waiting.data?.items ?? []) : [];
  const duties = items.flatMap(item => (item.kind in decided ? [{ ...item, kind: item.kind as Decided }] : []));
  const rows: Approval[] = [
    ...mine.flatMap((source, i) => source.rows(lists[i]?.data ?? [], t)),
    ...duties.map(item => ({
      id: item.object_id,
      kind: t(`inbox.kind.${item.kind}`),
      title: item.title,
      units: item.unit_name,
      by: "",
      at: item.since,
      to: paths.duty(item.duty_id) + decided[item.kind],
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return { rows, queries: [...lists, waiting] };
}
