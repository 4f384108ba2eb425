import type { TFunction } from "i18next";
import { percent } from "../../api/duties";
import type { Summary } from "../../api/ledger";
import { instant } from "../../lib/dates";

export type Risk = Summary["risks"][number];

/** reason says in a sentence why a task stands among the risks: how late it is, and what was confirmed last. */
export function reason(t: TFunction, risk: Pick<Risk, "days_late" | "progress" | "reported_at">): string {
  const report = risk.reported_at
    ? t("cockpit.reported", { date: instant(risk.reported_at).slice(0, 10), n: percent(risk.progress) })
    : t("cockpit.never_reported");
  return due(t, risk.days_late) + report;
}

function due(t: TFunction, days: number): string {
  if (days > 0) return t("cockpit.late", { count: days });
  return days === 0 ? t("cockpit.today") : t("cockpit.early", { count: -days });
}

/** held names who holds the worst share, and how many units with it are late or red. */
export function held(t: TFunction, risk: Pick<Risk, "unit_name" | "units">): string {
  return risk.units > 1 ? t("cockpit.units", { name: risk.unit_name, count: risk.units }) : risk.unit_name;
}
