import type { TFunction } from "i18next";
import type { Duty } from "../../api/duties";
import { instant } from "../../lib/dates";
import type { Step } from "../../ui/steps";

const names = ["assigned", "accepted", "active", "review", "closed"] as const;
const places: Record<Duty["status"], number> = { assigned: 0, returned: 0, active: 2, review: 3, closed: 5, cancelled: -1 };

/** stepsOf is the way of a duty: handed out, signed for, worked on, verified, closed out. */
export function stepsOf(duty: Duty, t: TFunction): Step[] {
  const at = places[duty.status];
  const dates = [duty.created_at, duty.accepted_at, duty.reported_at, undefined, duty.closed_at];
  return names.map((name, i) => {
    const stopped = at < 0 || (duty.status === "returned" && i === 1);
    const open = duty.status === "assigned" || duty.status === "returned" ? i === 1 : i === at;
    const past = i < at || (at === 0 && i === 0);
    return {
      name: t(`duty.step.${name}`),
      state: stopped ? "stopped" : past ? "done" : open ? "now" : "open",
      note: dates[i] && instant(dates[i]).slice(0, 10),
    };
  });
}
