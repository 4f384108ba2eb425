import { type Duty, percent, type Task } from "../../api/duties";
import { type Clock, dueOn, type LedgerDuty } from "../../api/ledger";
import type { Bar } from "../../grid/gantt";
import { titled } from "../../lib/numbers";

/** LedgerRow is a line of the ledger: a node of the plan, or one unit's share in it. */
export interface LedgerRow extends Bar {
  duty?: LedgerDuty;
  task?: Task;
  title: string;
  /** Whether duties hang on this node itself. */
  holds?: boolean;
}

const rank = { red: 0, yellow: 1, green: 2, grey: 3, done: 4 } as const;

/** lightRank orders lights by how much they ask for attention. */
export const lightRank = (light: Duty["light"]) => rank[light];

/** rowsOf joins duties and the nodes they hang on; nodes without any duty left are dropped. Without nodes it is a flat list. */
export function rowsOf(duties: LedgerDuty[], tasks: Task[], clock: Clock = "current"): LedgerRow[] {
  const byTask = new Map<string, LedgerDuty[]>();
  for (const duty of duties) byTask.set(duty.task_id, [...(byTask.get(duty.task_id) ?? []), duty]);
  const byId = new Map(tasks.map(task => [task.id, task]));
  const worst = new Map<string, Duty["light"]>();
  for (const [taskId, list] of byTask) {
    const light = list.reduce<Duty["light"]>((found, duty) => (rank[duty.light] < rank[found] ? duty.light : found), "done");
    for (let task = byId.get(taskId); task; task = task.parent_id ? byId.get(task.parent_id) : undefined) {
      const before = worst.get(task.id);
      if (!before || rank[light] < rank[before]) worst.set(task.id, light);
    }
  }
  const nodes = tasks
    .filter(task => worst.has(task.id))
    .map(
      (task): LedgerRow => ({
        id: task.id,
        parent: task.parent_id,
        task,
        title: titled(task.number, task.title),
        holds: byTask.has(task.id),
        to: task.deadline.due,
        from: task.deadline.start,
        progress: percent(task.progress),
        light: worst.get(task.id) ?? "grey",
      }),
    );
  const leaves = duties.map((duty): LedgerRow => {
    const under = byId.has(duty.task_id);
    return {
      id: duty.id,
      parent: under ? duty.task_id : undefined,
      duty,
      title: under ? duty.unit_name : titled(duty.task_number, duty.task_title),
      from: duty.created_at.slice(0, 10),
      to: dueOn(duty, clock),
      planned: clock === "current" ? duty.original_due_date : undefined,
      progress: percent(duty.progress),
      light: duty.light,
    };
  });
  return [...nodes, ...leaves];
}
