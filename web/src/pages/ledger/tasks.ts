import { useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import { readAll } from "../../api/pages";

/** useTasks is the tree of a plan. */
export function useTasks(planId: string | undefined, enabled = true) {
  return useQuery({
    queryKey: ["tasks", planId],
    enabled: enabled && planId !== undefined,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      readAll(after =>
        take(
          api.GET("/api/v1/plans/{id}/tasks", { signal, params: { path: { id: planId ?? "" }, query: { after, limit: 200 } } }),
        ),
      ),
  });
}

/** useDependencies is which task waits for which. */
export function useDependencies(planId: string | undefined, enabled: boolean) {
  return useQuery({
    queryKey: ["dependencies", planId],
    enabled: enabled && planId !== undefined,
    queryFn: async ({ signal }) => {
      const all = await readAll(after =>
        take(
          api.GET("/api/v1/plans/{id}/dependencies", {
            signal,
            params: { path: { id: planId ?? "" }, query: { after, limit: 200 } },
          }),
        ),
      );
      return all.map(one => ({ from: one.before_id, to: one.after_id }));
    },
  });
}
