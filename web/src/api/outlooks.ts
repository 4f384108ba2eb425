import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { api, type Schemas, take } from "./client";

export type Outlook = Schemas["Outlook"];

/** The server takes so many duties at once. */
const most = 200;

/** useOutlooks is the last urge and the next step of the ladder for some duties, by their ids; what is not read yet is not in it. */
export function useOutlooks(duties: string[]): ReadonlyMap<string, Outlook> {
  const ids = [...new Set(duties)];
  const parts = Array.from({ length: Math.ceil(ids.length / most) }, (_, i) => ids.slice(i * most, (i + 1) * most));
  return useQueries({
    queries: parts.map(part => ({
      queryKey: ["outlooks", part],
      placeholderData: keepPreviousData,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        take(api.POST("/api/v1/urges/outlooks", { signal, body: { duty_ids: part } })),
    })),
    combine: results => new Map(results.flatMap(one => one.data?.items ?? []).map(one => [one.duty_id, one])),
  });
}
