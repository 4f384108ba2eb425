import type { Task } from "../../api/duties";

/** Place is where a node is put: under which one, after which sibling; none is the top, or the first place. */
export interface Place {
  parent_id?: string;
  after_id?: string;
}

type Spot = Pick<Task, "id" | "parent_id">;

/** siblings are the nodes under the same one, in order. */
function siblings(tasks: Spot[], parent: string | undefined): Spot[] {
  return tasks.filter(task => (task.parent_id ?? "") === (parent ?? ""));
}

/** inside reports whether a node is the other one or stands below it: it cannot be put into itself. */
export function inside(tasks: Spot[], id: string, above: string): boolean {
  const byId = new Map(tasks.map(task => [task.id, task]));
  for (let at: string | undefined = id; at; at = byId.get(at)?.parent_id) if (at === above) return true;
  return false;
}

/** Step is one of the moves by keyboard. */
export type Step = "in" | "out" | "up" | "down";

/** stepped is where a step puts a node; undefined where there is no such place. */
export function stepped(tasks: Spot[], id: string, step: Step): Place | undefined {
  const task = tasks.find(one => one.id === id);
  if (!task) return undefined;
  const row = siblings(tasks, task.parent_id);
  const at = row.findIndex(one => one.id === id);
  const above = row[at - 1];
  if (step === "in") return above && { parent_id: above.id, after_id: siblings(tasks, above.id).at(-1)?.id };
  if (step === "out") {
    const parent = tasks.find(one => one.id === task.parent_id);
    return parent && { parent_id: parent.parent_id, after_id: parent.id };
  }
  if (step === "up") return above && { parent_id: task.parent_id, after_id: row[at - 2]?.id };
  return row[at + 1] && { parent_id: task.parent_id, after_id: row[at + 1]?.id };
}

/** dropped is where a node goes that is let go over another one: before it, or into it as the last. */
export function dropped(tasks: Spot[], id: string, over: string, zone: "before" | "into"): Place | undefined {
  const target = tasks.find(one => one.id === over);
  if (!target || inside(tasks, over, id)) return undefined;
  if (zone === "into")
    return {
      parent_id: over,
      after_id: siblings(tasks, over)
        .filter(one => one.id !== id)
        .at(-1)?.id,
    };
  const row = siblings(tasks, target.parent_id).filter(one => one.id !== id);
  return { parent_id: target.parent_id, after_id: row[row.findIndex(one => one.id === over) - 1]?.id };
}

/** sentences cuts a stretch of text where a new task may begin: after a full stop, semicolon or line end. */
export function sentences(text: string): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = [];
  let at = 0;
  for (const piece of text.match(/[^\u3002\uff1b;\n]*[\u3002\uff1b;\n]+|[^\u3002\uff1b;\n]+$/g) ?? []) {
    if (piece.trim()) found.push({ at, text: piece.trim() });
    at += Array.from(piece).length;
  }
  return found;
}
