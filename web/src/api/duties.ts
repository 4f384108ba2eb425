import { api, type Schemas, take } from "./client";
import { usePages } from "./pages";
import { useOne } from "./read";

export type Duty = Schemas["Duty"];
export type Task = Schemas["Task"];
export type Plan = Schemas["Plan"];

/** DutyQuery narrows a list of duties as the API does. */
export interface DutyQuery {
  plan_id?: string;
  task_id?: string;
  unit_id?: string;
  mine?: boolean;
  status?: Duty["status"];
  light?: Duty["light"];
  part?: Duty["part"];
  overdue?: boolean;
  due_from?: string;
  due_to?: string;
}

/** useDuties lists duties, the earliest due first. */
export function useDuties(query: DutyQuery, limit = 50, enabled = true) {
  return usePages(
    ["duties", query, limit],
    (after, signal) => take(api.GET("/api/v1/duties", { signal, params: { query: { ...query, after, limit } } })),
    enabled,
  );
}

export function useDuty(id: string) {
  return useOne(["duty", id], signal => take(api.GET("/api/v1/duties/{id}", { signal, params: { path: { id } } })));
}

export function useTask(id: string | undefined) {
  return useOne(
    ["task", id],
    signal => take(api.GET("/api/v1/tasks/{id}", { signal, params: { path: { id: id ?? "" } } })),
    id !== undefined,
  );
}

export function usePlans(templates = false) {
  return usePages<Plan>(["plans", templates], (after, signal) =>
    take(api.GET("/api/v1/plans", { signal, params: { query: { after, limit: 50, templates: templates || undefined } } })),
  );
}

/** mainPlan is the plan of the newest year that is not a draft; of several (a year's matters have one of their own) the largest. */
export function mainPlan(all: Plan[]): Plan | undefined {
  return all.filter(one => one.status !== "draft").sort((a, b) => (b.year ?? 0) - (a.year ?? 0) || b.duties - a.duties)[0];
}

/** percent is a progress in basis points as a whole percent. */
export const percent = (points: number) => Math.floor(points / 100);
