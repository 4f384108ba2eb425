import type { TFunction } from "i18next";
import { instant } from "../../lib/dates";
import type { Step } from "../../ui/steps";
import type { Notice } from "./index";

const way = ["draft", "served", "signed", "replied", "closed"] as const;

/** stepsOf is the way of a notice: drafted, served, signed for, answered, closed out; or failed instead, which a second notice follows. */
export function stepsOf(notice: Notice, t: TFunction): Step[] {
  const order = notice.status === "failed" ? ([...way.slice(0, -1), "failed"] as const) : way;
  const at = notice.status === "voided" ? -1 : (order as readonly string[]).indexOf(notice.status);
  const notes = [notice.created_at, notice.served_at, notice.signed_at, notice.replies.at(-1)?.created_at, notice.closed_at];
  return order.map((name, i) => {
    const done = i < at || (i === at && name === "closed");
    const state = at < 0 || (i === at && name === "failed") ? "stopped" : done ? "done" : i === at ? "now" : "open";
    return {
      name: t(`notice.step.${name}`),
      state,
      note: notes[i] && i <= Math.max(at, 0) ? instant(notes[i]).slice(0, 10) : undefined,
    };
  });
}
