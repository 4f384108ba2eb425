import type { TFunction } from "i18next";
import { instant } from "../../lib/dates";
import type { Step } from "../../ui/steps";
import type { Proceeding } from "../proceedings/index";

const order = ["proposed", "approved", "issued", "signed"] as const;

/** stepsOf is the way of a proceeding: proposed, approved, held or published, signed for. What was refused or taken back stops where it was. */
export function stepsOf(of: Proceeding, t: TFunction): Step[] {
  const object = of.kind === "interview" ? "interview" : "circular";
  const at = order.indexOf(of.status as (typeof order)[number]);
  const times = [of.created_at, of.status === "refused" ? undefined : of.decided_at, of.issued_at, of.signed_at];
  const past = times.filter(Boolean).length;
  const names = [
    t("proceeding.step.proposed"),
    t("proceeding.step.approved"),
    t(`proceeding.issued.${object}`),
    t(`proceeding.signed.${object}`),
  ];
  return order.map((_, i) => {
    const done = at < 0 ? i < past : i < at || (i === at && i === order.length - 1);
    return {
      name: names[i]!,
      state: done ? "done" : at < 0 ? "stopped" : i === at ? "now" : "open",
      note: times[i] ? instant(times[i]).slice(0, 10) : undefined,
    };
  });
}
