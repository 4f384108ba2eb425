import type { Summary } from "../../api/ledger";
import type { LightName } from "../../ui/light";

/** Sums are the totals of a day, or of the day a week before. */
export type Sums = Pick<Summary, "count" | "closed" | "cancelled" | "overdue" | "light" | "late_light">;

/** PartName is one part of all duties; together they are all of them, and nobody stands in two. */
export type PartName = "late_tile" | "red_early" | "yellow" | "green" | "grey" | "done";

/** partOrder is the order of the tiles, the most urgent first. */
export const partOrder: PartName[] = ["late_tile", "red_early", "yellow", "green", "grey", "done"];

/** partLight is the shape that a part shows. */
export const partLight: Record<PartName, LightName> = {
  late_tile: "red",
  red_early: "red",
  yellow: "yellow",
  green: "green",
  grey: "grey",
  done: "done",
};

const countOf = (counts: Summary["light"], light: LightName) => counts.find(one => one.value === light)?.n ?? 0;

/** lateBut is how many are late without showing red: a clock stands while a close-out waits for verification. */
export const lateBut = (sums: Sums, light: LightName) => countOf(sums.late_light, light);

/**
 * parted splits all duties: what is past its due date is late, whatever its light; the others stand under their light. What was
 * cancelled shows grey and is no part: it is named beside all.
 */
export function parted(sums: Sums): Record<PartName, number> {
  const early = (light: LightName) => countOf(sums.light, light) - lateBut(sums, light);
  return {
    late_tile: sums.overdue,
    red_early: early("red"),
    yellow: early("yellow"),
    green: early("green"),
    grey: early("grey") - sums.cancelled,
    done: sums.closed,
  };
}

/** partRows is the question of the ledger that lists exactly the rows of a part. */
export function partRows(
  part: PartName,
  sums: Sums,
  words: { notOverdue: string; notCancelled: string },
): Record<string, string | undefined> {
  if (part === "late_tile") return { overdue: "true" };
  if (part === "done") return { status: "closed" };
  const light = partLight[part];
  const q = [lateBut(sums, light) > 0 && words.notOverdue, light === "grey" && sums.cancelled > 0 && words.notCancelled].filter(
    Boolean,
  );
  return { light, q: q.join(" ") || undefined };
}
