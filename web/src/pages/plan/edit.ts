import { api, match, type Schemas, take } from "../../api/client";
import type { Plan, Task } from "../../api/duties";
import { useAct } from "../../api/query";
import type { Place } from "./moves";

export type Edit = Schemas["EditTaskInput"];

/** undoLast takes back the last change of a draft, whatever its version is by now. */
export async function undoLast(planId: string) {
  const params = { path: { id: planId } };
  const now = await take(api.GET("/api/v1/plans/{id}", { params }));
  return take(api.POST("/api/v1/plans/{id}/undo", { params: { ...params, header: match(now.version) } }));
}

/** kept is the responsible bodies of a node as a change of them names them. */
export const kept = (task: Task): Schemas["AssignInput"][] =>
  task.assignments.map(one => ({
    part: one.part as "lead",
    unit_id: one.unit_id,
    roster_id: one.roster_id,
    name: one.unit_id || one.roster_id ? undefined : one.name,
  }));

const on = (task: Task) => ({ path: { id: task.id }, header: match(task.version) });

/** sendEdit changes what is given of a node. */
export const sendEdit = (task: Task, body: Edit) => take(api.PATCH("/api/v1/tasks/{id}", { params: on(task), body }));

/** Texts of what can be done to a node; each is said with the way back. */
interface Words {
  moved: string;
  deleted: string;
  copied: string;
  added: string;
  merged: string;
  changed: string;
}

/** useNodeActs are the changes of a draft's tree: they are done at once and can be taken back. */
export function useNodeActs(plan: Plan, words: Words) {
  const undo = () => undoLast(plan.id);
  const move = useAct<{ task: Task; place: Place }, unknown>({
    done: words.moved,
    undo,
    send: ({ task, place }) => take(api.POST("/api/v1/tasks/{id}/move", { params: on(task), body: place })),
  });
  const drop = useAct<Task, unknown>({
    done: words.deleted,
    undo,
    send: task => take(api.DELETE("/api/v1/tasks/{id}", { params: on(task) })),
  });
  const copy = useAct<Task, Task>({
    done: words.copied,
    undo,
    send: task =>
      take(
        api.POST("/api/v1/plans/{id}/tasks", {
          params: { path: { id: plan.id } },
          body: {
            kind: task.kind as "task",
            title: task.title,
            content: task.content,
            number: task.number,
            due_date: task.deadline.due,
            parent_id: task.parent_id,
            after_id: task.id,
            assignments: kept(task),
          },
        }),
      ),
  });
  const edit = useAct<{ task: Task; body: Edit }, unknown>({
    done: words.changed,
    undo,
    send: ({ task, body }) => sendEdit(task, body),
  });
  return { move, drop, copy, edit };
}
