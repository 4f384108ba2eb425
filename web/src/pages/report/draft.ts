import type { Schemas } from "../../api/client";
import { type Duty, percent } from "../../api/duties";
import type { DueReport } from "../../api/reporting";

export type Report = Schemas["Report"];

/** FigureDraft is a figure as it is typed; an empty value is not sent. */
export interface FigureDraft {
  indicator_id: string;
  period: string;
  value: number | "";
  reason: string;
}

/** Draft is a report as it is typed. */
export interface Draft {
  /** The report asked for that it answers; "" for one between the periods. */
  occurrence: string;
  period: string;
  progress: number;
  responsible: string;
  measures: string;
  narrative: string;
  problems: string;
  nextSteps: string;
  figures: FigureDraft[];
}

/** beginning is what the form shows first: the report that was begun, else an empty one for what is asked for next. */
export function beginning(duty: Duty, kind: Report["kind"], asked: DueReport | undefined, report?: Report): Draft {
  return {
    occurrence: report ? (report.occurrence_id ?? "") : (asked?.occurrence_id ?? ""),
    period: report?.period ?? "",
    progress: kind === "completion" ? 100 : percent(report?.progress ?? duty.progress),
    responsible: report?.responsible ?? "",
    measures: report?.measures ?? "",
    narrative: report?.narrative ?? "",
    problems: report?.problems ?? "",
    nextSteps: report?.next_steps ?? "",
    figures: (report?.figures ?? []).map(one => ({
      indicator_id: one.indicator_id,
      period: one.period ?? "",
      value: one.value,
      reason: one.reason ?? "",
    })),
  };
}

/** bodyOf is a draft as it is sent. */
export function bodyOf(kind: Report["kind"], draft: Draft): Schemas["SaveReportInput"] {
  const figures = draft.figures
    .filter(one => one.value !== "")
    .map(one => ({
      indicator_id: one.indicator_id,
      period: one.period || undefined,
      value: Number(one.value),
      reason: one.reason.trim() || undefined,
    }));
  return {
    kind,
    occurrence_id: draft.occurrence || undefined,
    period: draft.occurrence ? undefined : draft.period || undefined,
    progress: kind === "completion" ? 10_000 : draft.progress * 100,
    responsible: draft.responsible || undefined,
    measures: draft.measures || undefined,
    narrative: draft.narrative,
    problems: draft.problems || undefined,
    next_steps: draft.nextSteps || undefined,
    figures: figures.length > 0 ? figures : undefined,
  };
}

/** open are the reports that a new report, or this one, can answer. */
export function open(asked: DueReport[], report?: Report): DueReport[] {
  return asked.filter(
    one =>
      (!one.report_id && (one.state === "due" || one.state === "missing")) ||
      (report !== undefined && one.report_id === report.id) ||
      (report?.occurrence_id !== undefined && one.occurrence_id === report.occurrence_id),
  );
}

/** next is what a unit most likely wants to report on: what is due first, else what it has owed for the shortest time. */
export function next(asked: DueReport[], wished?: string): DueReport | undefined {
  const free = open(asked);
  return free.find(one => one.occurrence_id === wished) ?? free.find(one => one.state === "due") ?? free[free.length - 1];
}
