import { api, type Schemas, take } from "../../../api/client";
import type { Plan, Task } from "../../../api/duties";
import { readAll } from "../../../api/pages";
import { useOne } from "../../../api/read";
import { titled } from "../../../lib/numbers";

export type Dependency = Schemas["Dependency"];
export type Schedule = Schemas["PlanSchedule"];
export type Slip = Schemas["SlipForecast"];

/** useLinks is every dependency of a plan. */
export function useLinks(planId: string) {
  return useOne(["dependencies", planId, "whole"], signal =>
    readAll(after =>
      take(
        api.GET("/api/v1/plans/{id}/dependencies", { signal, params: { path: { id: planId }, query: { after, limit: 200 } } }),
      ),
    ),
  );
}

/** useSchedule is the forecast of a plan: critical path, slack, deadlines that cannot be kept. */
export function useSchedule(planId: string) {
  return useOne(["dependencies", planId, "schedule"], signal =>
    take(api.GET("/api/v1/plans/{id}/schedule", { signal, params: { path: { id: planId } } })),
  );
}

/** useSlip asks what follows if a task finishes so many working days later; nothing is saved. */
export function useSlip(taskId: string | undefined, days: number) {
  return useOne(
    ["dependencies", "slip", taskId, days],
    signal => take(api.GET("/api/v1/tasks/{id}/slip", { signal, params: { path: { id: taskId ?? "" }, query: { days } } })),
    taskId !== undefined && days > 0,
  );
}

/** mayLink is why a plan's dependencies cannot be changed now; `may` is false when the caller never may. */
export function mayLink(plan: Plan): { may: boolean; reason?: string } {
  const act = plan.allowed_actions.find(one => one.action === (plan.status === "draft" ? "edit" : "amend"));
  return { may: act !== undefined, reason: act && !act.enabled ? act.reason : undefined };
}

/** leadOf names who leads a task. */
export function leadOf(task: Task): string | undefined {
  const lead = task.assignments.find(one => one.part !== "support");
  return lead?.unit_name ?? lead?.roster_name ?? lead?.name;
}

/** sectionOf is the top node that a task stands under. */
export function sectionOf(task: Task, byId: ReadonlyMap<string, Task>): Task {
  let top = task;
  for (let above = top.parent_id; above; above = top.parent_id) {
    const next = byId.get(above);
    if (!next) break;
    top = next;
  }
  return top;
}

/** nameOf is a task as a list names it. */
export const nameOf = (task: Task) => titled(task.number, task.title);
