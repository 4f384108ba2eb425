import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, take } from "./client";
import { readAll, usePages } from "./pages";
import { useOne } from "./read";

export type DueReport = Schemas["DueReport"];
export type Indicator = Schemas["Indicator"];
export type AskedFigure = Schemas["AskedFigure"];

/** DueQuery narrows the list of reports that are asked for, as the API does. */
export interface DueQuery {
  state: "due" | "missing" | "late";
  plan_id?: string;
  unit_id?: string;
  mine?: boolean;
  due_to?: string;
}

/** useDueReports lists reports that are due, missing or late. */
export function useDueReports(query: DueQuery, enabled = true) {
  return usePages<DueReport>(
    ["due-reports", query],
    (after, signal) => take(api.GET("/api/v1/due-reports", { signal, params: { query: { ...query, after, limit: 100 } } })),
    enabled,
  );
}

/** useDueCounts counts the reports that are missing, and those that are due by a day. */
export function useDueCounts(due_to: string) {
  return useOne(["due-reports", "counts", due_to], signal =>
    take(api.GET("/api/v1/due-report-counts", { signal, params: { query: { due_to } } })),
  );
}

/** useReportsAsked are the reports that one duty was asked for until now, the first due first. */
export function useReportsAsked(duty: string, enabled = true) {
  return useOne(
    ["due-reports", duty],
    signal => take(api.GET("/api/v1/duties/{id}/due-reports", { signal, params: { path: { id: duty } } })),
    enabled,
  );
}

/** useAskedFigures are the figures that a report on a duty has to give, with what is confirmed already. */
export function useAskedFigures(duty: string, occurrence: string, enabled = true) {
  return useOne(
    ["asked-figures", duty, occurrence],
    signal =>
      take(
        api.GET("/api/v1/duties/{id}/asked-figures", {
          signal,
          params: { path: { id: duty }, query: { occurrence_id: occurrence || undefined } },
        }),
      ),
    enabled,
  );
}

/** An authority has so many indicators at most that pickers and names know. */
const most = 1000;

/** useIndicators is every indicator of the authority, retired ones too. */
export function useIndicators(enabled = true) {
  return useQuery({
    queryKey: ["indicators"],
    enabled,
    queryFn: ({ signal }) =>
      readAll<Indicator>(
        async after => take(api.GET("/api/v1/indicators", { signal, params: { query: { after, limit: 200 } } })),
        most,
      ),
  });
}

/** useReportCycles are the cycles that a plan or a task can go by. */
export function useReportCycles() {
  return useOne(["report-cycles"], signal => take(api.GET("/api/v1/report-cycles", { signal })));
}
