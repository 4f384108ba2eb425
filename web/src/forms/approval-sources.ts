import type { TFunction } from "i18next";
import { api, type Schemas, take } from "../api/client";
import { paths } from "../lib/path";

/** Approval is one thing that waits for this person's decision. */
export interface Approval {
  id: string;
  kind: string;
  title: string;
  units: string;
  by: string;
  at: string;
  to: string;
}

/** Source is a list in which something may wait, with the permission without which nothing does. */
export interface Source {
  permission: string;
  list: string;
  read: (signal: AbortSignal) => Promise<unknown[]>;
  rows: (items: unknown[], t: TFunction) => Approval[];
}

type Allowing = { allowed_actions: Schemas["AllowedAction"][] };

/** So many of a kind are looked at; whoever has more waiting decides some first. */
const limit = 50;
const proposed = { limit, status: "proposed" } as const;

function source<T extends Allowing>(
  permission: string,
  list: string,
  actions: string[],
  read: (signal: AbortSignal) => Promise<{ items: T[] }>,
  row: (one: T, t: TFunction) => Approval,
): Source {
  const waits = (one: T) => one.allowed_actions.some(allowed => allowed.enabled && actions.includes(allowed.action));
  return {
    permission,
    list,
    read: async signal => (await read(signal)).items.filter(waits),
    rows: (items, t) => (items as T[]).map(one => row(one, t)),
  };
}

/** sources are everything that one person proposes and another decides, except what is asked for on duties. */
export const sources: Source[] = [
  source(
    "matter.approve",
    "matters",
    ["approve"],
    signal => take(api.GET("/api/v1/matters", { signal, params: { query: proposed } })),
    (one, t) => ({
      id: one.id,
      kind: t("matter.one"),
      title: one.title,
      units: one.units.map(unit => unit.unit_name).join(" "),
      by: one.proposed_by_name ?? "",
      at: one.proposed_at ?? one.created_at,
      to: paths.matter(one.id),
    }),
  ),
  source(
    "proceeding.approve",
    "proceedings",
    ["approve"],
    signal => take(api.GET("/api/v1/proceedings", { signal, params: { query: proposed } })),
    (one, t) => ({
      id: one.id,
      kind: t(`proceeding.kind.${one.kind}`),
      title: one.title,
      units: one.unit_name,
      by: one.by_rule ? t("proceeding.by_rule") : (one.proposed_by_name ?? ""),
      at: one.created_at,
      to: paths.proceeding(one.id),
    }),
  ),
  source(
    "inspection.approve",
    "inspections",
    ["approve"],
    signal => take(api.GET("/api/v1/inspections", { signal, params: { query: proposed } })),
    (one, t) => ({
      id: one.id,
      kind: t("approvals.inspection"),
      title: one.title,
      units: one.units.map(unit => unit.name).join(" "),
      by: one.team.find(member => member.user_id === one.proposed_by_id)?.name ?? "",
      at: one.created_at,
      to: paths.inspection(one.id),
    }),
  ),
  source(
    "objection.uphold",
    "objections",
    ["uphold", "change", "revoke"],
    signal => take(api.GET("/api/v1/objections", { signal, params: { query: { limit, open: true } } })),
    (one, t) => ({
      id: one.id,
      kind: t("nav.objections"),
      title: one.title,
      units: one.unit_name,
      by: "",
      at: one.created_at,
      to: paths.objection(one.id),
    }),
  ),
  source(
    "calendar.approve",
    "calendar",
    ["approve"],
    signal => take(api.GET("/api/v1/calendar-proposals", { signal, params: { query: { limit } } })),
    (one, t) => ({
      id: one.id,
      kind: t("nav.calendar"),
      title: one.title,
      units: "",
      by: "",
      at: one.proposed_at,
      to: paths.calendar,
    }),
  ),
  source(
    "rule.approve",
    "rule-versions",
    ["approve"],
    signal => take(api.GET("/api/v1/rule-versions", { signal, params: { query: { limit } } })),
    (one, t) => ({
      id: one.id,
      kind: t("nav.rules"),
      title: one.note || one.rule_set,
      units: "",
      by: one.proposed_by_name ?? "",
      at: one.proposed_at,
      to: `${paths.rules}?tab=versions`,
    }),
  ),
];
