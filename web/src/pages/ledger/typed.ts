import { api, match, take } from "../../api/client";
import type { LedgerDuty } from "../../api/ledger";
import { readAll } from "../../api/pages";
import { Problem } from "../../api/problem";
import { beginning, bodyOf, next } from "../report/draft";

/** Typed is what was typed into the ledger for a duty: how far it is in percent, and what has been done. */
export interface Typed {
  progress?: string;
  word?: string;
}

/** percentOf reads a percentage as people type it; undefined if it is none between 0 and 100. */
export function percentOf(text: string): number | undefined {
  const found = /^(\d{1,3}(?:\.\d{1,2})?)\s*[%\uFF05]?$/.exec(text.trim());
  const value = found ? Number(found[1]) : Number.NaN;
  return value <= 100 ? value : undefined;
}

/**
 * keepTyped keeps what was typed as the draft of a progress report: the draft that was begun or sent back, else a new one for the report
 * that is asked for next. Nothing is submitted; `wrong` is said of a progress that cannot be read.
 */
export async function keepTyped(duty: LedgerDuty, typed: Typed, wrong: string): Promise<void> {
  const progress = typed.progress === undefined ? undefined : percentOf(typed.progress);
  if (typed.progress !== undefined && progress === undefined) throw new Problem({ status: 422, code: "progress", detail: wrong });
  const path = { id: duty.id };
  const [asked, reports] = await Promise.all([
    take(api.GET("/api/v1/duties/{id}/due-reports", { params: { path } })),
    readAll(after => take(api.GET("/api/v1/duties/{id}/reports", { params: { path, query: { after, limit: 50 } } }))),
  ]);
  const begun = reports.find(
    one => one.kind === "progress" && one.allowed_actions.some(act => act.action === "save" && act.enabled),
  );
  const draft = beginning(duty, "progress", next(asked.items), begun);
  const body = bodyOf("progress", {
    ...draft,
    progress: progress ?? draft.progress,
    narrative: typed.word?.trim() ? typed.word.trim() : draft.narrative,
  });
  await (begun
    ? take(api.PUT("/api/v1/reports/{id}", { params: { path: { id: begun.id }, header: match(begun.version) }, body }))
    : take(api.POST("/api/v1/duties/{id}/reports", { params: { path }, body })));
}
