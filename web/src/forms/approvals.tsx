import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { useOne } from "../api/read";
import { useMe } from "../api/session";
import { instant } from "../lib/dates";
import { paths } from "../lib/path";
import { Button } from "../ui/button";
import { Muted, Panel } from "../ui/layout";
import { Tag } from "../ui/light";
import { ErrorNote, SkeletonRows } from "../ui/states";
import { Table } from "../ui/table";

interface Row {
  id: string;
  kind: string;
  title: string;
  units: string;
  by: string;
  at: string;
  to: string;
}

/** What a leader decides on a duty, and where its form is. */
const decided = { decide_extension: "?tab=extensions", decide_return: "" } as const;
type Decided = keyof typeof decided;

const may = (one: { allowed_actions: Schemas["AllowedAction"][] }, action: string) =>
  one.allowed_actions.some(allowed => allowed.action === action && allowed.enabled);

/**
 * Approvals is what waits for this person's approval: matters, interviews and circulars that somebody else proposed; with duties
 * also what is asked for on duties. Without the right to approve there is nothing to see.
 */
export function Approvals({ withDuties, bare }: { withDuties?: boolean; bare?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const has = (permission: string) => me.permissions.includes(permission);
  const lists = useApprovals(has, Boolean(withDuties));
  if (!has("matter.approve") && !has("proceeding.approve")) return null;
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
function useApprovals(has: (permission: string) => boolean, withDuties: boolean) {
  const { t } = useTranslation();
  const matters = usePages(
    ["matters", "proposed"],
    (after, signal) => take(api.GET("/api/v1/matters", { signal, params: { query: { after, limit: 50, status: "proposed" } } })),
    has("matter.approve"),
  );
  const proceedings = usePages(
    ["proceedings", "proposed"],
    (after, signal) =>
      take(api.GET("/api/v1/proceedings", { signal, params: { query: { after, limit: 50, status: "proposed" } } })),
    has("proceeding.approve"),
  );
  const waiting = useOne(["waiting"], signal => take(api.GET("/api/v1/waiting", { signal })), withDuties);
  const items = withDuties ? (waiting.data?.items ?? []) : [];
  const duties = items.flatMap(item => (item.kind in decided ? [{ ...item, kind: item.kind as Decided }] : []));
  const rows: Row[] = [
    ...matters.items
      .filter(one => may(one, "approve"))
      .map(one => ({
        id: one.id,
        kind: t("matter.one"),
        title: one.title,
        units: one.units.map(unit => unit.unit_name).join(" "),
        by: one.proposed_by_name ?? "",
        at: one.proposed_at ?? one.created_at,
        to: paths.matter(one.id),
      })),
    ...proceedings.items
      .filter(one => may(one, "approve"))
      .map(one => ({
        id: one.id,
        kind: t(`proceeding.kind.${one.kind}`),
        title: one.title,
        units: one.unit_name,
        by: one.by_rule ? t("proceeding.by_rule") : (one.proposed_by_name ?? ""),
        at: one.created_at,
        to: paths.proceeding(one.id),
      })),
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
  return { rows, queries: [matters, proceedings, waiting] };
}
