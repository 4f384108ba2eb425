import { percent, type Task } from "../../api/duties";
import { type Clock, dueOn, type LedgerDuty } from "../../api/ledger";
import { dutyWord, type LightWord } from "../../forms/due";
import type { Bar } from "../../grid/gantt";
import { today as dayOf } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import type { LightName } from "../../ui/light";

/** LedgerRow is a line of the ledger: a node of the plan, or one unit's share in it. */
export interface LedgerRow extends Bar {
  duty?: LedgerDuty;
  task?: Task;
  title: string;
  /** What the light is called: "overdue" only where a due date has passed, on a node where that of a duty below it has. */
  word: LightWord;
  /** Whether duties hang on this node itself. */
  holds?: boolean;
}

/** The words for a light, the one that asks most for attention first, and the light of each. */
const lights: [LightWord, LightName][] = [
  ["light.red", "red"],
  ["light.red_early", "red"],
  ["light.yellow", "yellow"],
  ["light.yellow_early", "yellow"],
  ["light.green", "green"],
  ["light.grey", "grey"],
  ["light.done", "done"],
];
const ranks = new Map(lights.map(([word], rank) => [word, rank]));

/** wordRank orders the words for lights by how much they ask for attention. */
export const wordRank = (word: LightWord) => ranks.get(word) ?? lights.length;

/** urgentFirst sorts duties by their lights; of two red ones the one that is late comes first. */
export const urgentFirst = (today: string) => (a: LedgerDuty, b: LedgerDuty) =>
  wordRank(dutyWord(a, today)) - wordRank(dutyWord(b, today));

/** Sum is what hangs below a node: the worst light, the earliest start and the last due date. */
interface Sum {
  rank: number;
  from?: string;
  to?: string;
}

function add(sum: Sum | undefined, part: Sum): Sum {
  if (!sum) return { ...part };
  if (part.rank < sum.rank) sum.rank = part.rank;
  if (part.from && (!sum.from || part.from < sum.from)) sum.from = part.from;
  if (part.to && (!sum.to || part.to > sum.to)) sum.to = part.to;
  return sum;
}

/**
 * rowsOf joins duties and the nodes they hang on; nodes without any duty left are dropped. Without nodes it is a flat list. What has no
 * first day of its own runs from the day it was issued; a node without a due date spans what hangs below it.
 */
export function rowsOf(duties: LedgerDuty[], tasks: Task[], today: string, clock: Clock = "current"): LedgerRow[] {
  const byId = new Map(tasks.map(task => [task.id, task]));
  const own = new Map<string, Sum>();
  const issued = days();
  const leaves = duties.map((duty): LedgerRow => {
    const task = byId.get(duty.task_id);
    const row = {
      id: duty.id,
      parent: task && duty.task_id,
      duty,
      title: task ? duty.unit_name : titled(duty.task_number, duty.task_title),
      from: task?.deadline.start ?? issued(duty.created_at),
      to: dueOn(duty, clock),
      planned: clock === "current" ? duty.original_due_date : undefined,
      progress: percent(duty.progress),
      light: duty.light as LightName,
      word: dutyWord(duty, today),
    };
    if (task) own.set(task.id, add(own.get(task.id), { rank: wordRank(row.word), from: row.from, to: row.to }));
    return row;
  });
  return [...nodesOf(tasks, byId, own), ...leaves];
}

function nodesOf(tasks: Task[], byId: Map<string, Task>, own: Map<string, Sum>): LedgerRow[] {
  const all = new Map<string, Sum>();
  for (const [id, sum] of own) {
    for (let task = byId.get(id); task; task = task.parent_id ? byId.get(task.parent_id) : undefined) {
      all.set(task.id, add(all.get(task.id), sum));
    }
  }
  return tasks.flatMap((task): LedgerRow[] => {
    const sum = all.get(task.id);
    if (!sum) return [];
    const holds = own.has(task.id);
    const [word, light] = lights[sum.rank] ?? lights[lights.length - 1]!;
    return [
      {
        id: task.id,
        parent: task.parent_id,
        task,
        title: titled(task.number, task.title),
        holds,
        from: task.deadline.start ?? sum.from,
        to: task.deadline.due ?? sum.to,
        sums: !task.deadline.due && Boolean(sum.to || !holds),
        progress: percent(task.progress),
        light,
        word,
      },
    ];
  });
}

/** days gives the day of an instant in the authority's zone; many duties share one, and a calendar is slow. */
function days(): (at: string) => string {
  const known = new Map<string, string>();
  return at => {
    const minute = at.slice(0, 16);
    const day = known.get(minute) ?? dayOf(new Date(at));
    known.set(minute, day);
    return day;
  };
}

/** spanOf is the stretch of time that a chart has to show: whole months around all dates. */
export function spanOf(rows: LedgerRow[], today: string): { from: string; to: string } {
  let [from, to] = [today, today];
  for (const row of rows) {
    for (const date of [row.from, row.to, row.planned]) {
      if (date && date < from) from = date;
      if (date && date > to) to = date;
    }
  }
  return { from, to };
}
