import { paths } from "../lib/path";
import type { IconName } from "../ui/icon";

export type NavKey =
  | "cockpit"
  | "inbox"
  | "ledger"
  | "reporting"
  | "indicators"
  | "desk"
  | "plans"
  | "inspections"
  | "notices"
  | "conclusions"
  | "objections"
  | "matters"
  | "instructions"
  | "proceedings"
  | "hand_overs"
  | "calendar"
  | "rules"
  | "admin";

/** The places of the page with their address and drawing. */
export const places: Record<NavKey, { to: string; icon: IconName }> = {
  cockpit: { to: paths.cockpit, icon: "gauge" },
  inbox: { to: paths.inbox, icon: "inbox" },
  ledger: { to: paths.ledger, icon: "tree" },
  reporting: { to: paths.reporting, icon: "send" },
  indicators: { to: paths.indicators, icon: "chart" },
  desk: { to: paths.desk, icon: "flag" },
  plans: { to: paths.plans, icon: "edit" },
  inspections: { to: paths.inspections, icon: "clipboard" },
  notices: { to: paths.notices, icon: "seal" },
  conclusions: { to: paths.conclusions, icon: "file" },
  objections: { to: paths.objections, icon: "scales" },
  matters: { to: paths.matters, icon: "shield" },
  instructions: { to: paths.instructions, icon: "brush" },
  proceedings: { to: paths.proceedings, icon: "talk" },
  hand_overs: { to: paths.handOvers, icon: "copy" },
  calendar: { to: paths.calendar, icon: "calendar" },
  rules: { to: paths.rules, icon: "clock" },
  admin: { to: paths.admin, icon: "people" },
};

/** The acts of supervision; a unit takes part in the last two. */
const acts: NavKey[] = ["matters", "instructions", "proceedings"];

/** What each role finds in the rail, in its order; the first is its home. */
const rails: Record<string, NavKey[]> = {
  leader: [
    "cockpit",
    "inbox",
    "ledger",
    "plans",
    "reporting",
    "indicators",
    "inspections",
    "notices",
    "objections",
    ...acts,
    "calendar",
    "rules",
  ],
  office: [
    "desk",
    "inbox",
    "plans",
    "ledger",
    "cockpit",
    "reporting",
    "indicators",
    "inspections",
    "notices",
    "conclusions",
    "objections",
    ...acts,
    "calendar",
    "rules",
    "hand_overs",
    "admin",
  ],
  inspector: [
    "inspections",
    "desk",
    "inbox",
    "notices",
    "ledger",
    "reporting",
    "indicators",
    "conclusions",
    "objections",
    ...acts,
    "cockpit",
  ],
  unit_head: [
    "inbox",
    "ledger",
    "reporting",
    "notices",
    "indicators",
    "conclusions",
    "objections",
    "instructions",
    "proceedings",
    "hand_overs",
  ],
  unit_clerk: [
    "inbox",
    "ledger",
    "reporting",
    "notices",
    "indicators",
    "conclusions",
    "objections",
    "instructions",
    "proceedings",
    "hand_overs",
  ],
  system_admin: ["admin", "calendar", "rules"],
  security_admin: ["admin"],
  audit_admin: ["admin"],
};

/** homeOf is where a person begins: the place of his choice while his posts lead there, else the first of the rail. */
export function homeOf(roles: string[], chosen?: string): NavKey {
  const rail = railOf(roles);
  return rail.find(key => key === chosen) ?? rail[0]!;
}

/** railOf joins the rails of all posts; who holds none sees the inbox. */
export function railOf(roles: string[]): NavKey[] {
  const all = [...new Set(roles.flatMap(role => rails[role] ?? []))];
  return all.length > 0 ? all : ["inbox"];
}
