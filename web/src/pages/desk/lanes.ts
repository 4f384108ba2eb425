import { useMemo } from "react";
import { type LedgerDuty, useFacets, useLedger } from "../../api/ledger";
import { type DueReport, useDueCounts, useDueReports } from "../../api/reporting";
import { addDays } from "../../lib/dates";
import { titled } from "../../lib/numbers";

export const lanes = ["over", "soon", "unreported", "unsigned", "review"] as const;
export type Lane = (typeof lanes)[number];

/** The lanes of duties are questions to the ledger: what is counted and what is listed is one and the same, and the ledger opens on it. */
export const questions: Record<Exclude<Lane, "unreported">, string> = {
  over: "is:overdue",
  soon: "is:at_risk -is:overdue status:active",
  unsigned: "status:assigned",
  review: "status:review",
};

/** What falls due next: open, with its day still to come. */
const ahead = "-is:overdue status:assigned,active due>=";

/** So many days ahead a report counts as one that is to be asked for. */
const reportDays = 7;

/** A lane is read whole as long as it has no more rows than this: its groups are whole then. */
const whole = 1000;

/** LaneRow is what the desk shows of a duty, or of a report that a duty owes. */
export interface LaneRow {
  id: string;
  duty: string;
  task: string;
  title: string;
  unit: string;
  unitName: string;
  due?: string;
  /** Whether it can be urged now; a report is urged at its duty, whose state the server looks at. */
  able: boolean;
  ledger?: LedgerDuty;
  report?: DueReport;
}

const ofDuty = (row: LedgerDuty, lane: Lane): LaneRow => ({
  id: row.id,
  duty: row.id,
  task: row.task_id,
  title: titled(row.task_number, row.task_title),
  unit: row.unit_id ?? "",
  unitName: row.unit_name ?? "",
  due: lane === "unsigned" ? row.sign_by : row.due_date,
  able: row.allowed_actions.some(one => one.action === "urge" && one.enabled),
  ledger: row,
});

const ofReport = (row: DueReport): LaneRow => ({
  id: row.id,
  duty: row.duty_id,
  task: `${row.plan_id} ${row.task_title}`,
  title: row.task_title,
  unit: row.unit_id,
  unitName: row.unit_name,
  due: row.due_date,
  able: true,
  report: row,
});

/** useCounts is the number of each lane; missing while it is being counted. */
export function useCounts(today: string): Partial<Record<Lane, number>> {
  const over = useFacets({ q: questions.over }).data;
  const soon = useFacets({ q: questions.soon }).data;
  const unsigned = useFacets({ q: questions.unsigned }).data;
  const review = useFacets({ q: questions.review }).data;
  const reports = useDueCounts(addDays(today, reportDays)).data;
  return {
    over: over?.count,
    soon: soon?.count,
    unreported: reports && reports.missing + reports.due,
    unsigned: unsigned?.count,
    review: review?.count,
  };
}

/** useLane is the rows of a lane, and how to read on. Of the reports those that are missing come before those that fall due. */
export function useLane(lane: Lane, today: string) {
  const reports = lane === "unreported";
  const duties = useLedger({ q: reports ? "" : questions[lane] }, !reports);
  const missing = useDueReports({ state: "missing" }, reports);
  const due = useDueReports({ state: "due", due_to: addDays(today, reportDays) }, reports);
  const lists = reports ? [missing, due] : [duties];
  const rows = useMemo(
    () =>
      reports
        ? [...(missing.data?.pages ?? []), ...(due.data?.pages ?? [])].flatMap(page => page.items).map(ofReport)
        : (duties.data?.pages ?? []).flatMap(page => page.items).map(row => ofDuty(row, lane)),
    [reports, lane, missing.data, due.data, duties.data],
  );
  const growing = lists.find(list => list.hasNextPage);
  const failed = lists.find(list => list.isError);
  const read = () => void growing?.fetchNextPage();
  return {
    rows,
    isPending: lists.some(list => list.isPending || list.isPlaceholderData),
    error: failed?.error,
    more: Boolean(growing),
    /** Whether the rest is to be read at once, without being asked for. */
    reads: Boolean(growing) && !failed && rows.length < whole,
    busy: lists.some(list => list.isFetchingNextPage),
    read,
    again: () => lists.forEach(list => void list.refetch()),
  };
}

/** useNextDue is the duty that falls due next, for a lane that is empty. */
export function useNextDue(today: string, wanted: boolean): LedgerDuty | undefined {
  return useLedger({ q: ahead + today }, wanted).items[0];
}

/** LaneGroup is the rows of one unit or one task. */
export interface LaneGroup {
  id: string;
  title: string;
  rows: LaneRow[];
}

/** grouped gathers rows by unit or task, in the order in which the first of each comes. */
export function grouped(rows: LaneRow[], by: "unit" | "task"): LaneGroup[] {
  const all = new Map<string, LaneGroup>();
  for (const row of rows) {
    const id = by === "unit" ? row.unit : row.task;
    const group = all.get(id) ?? { id, title: by === "unit" ? row.unitName : row.title, rows: [] };
    group.rows.push(row);
    all.set(id, group);
  }
  return [...all.values()];
}
