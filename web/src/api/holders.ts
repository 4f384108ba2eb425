import { useQuery } from "@tanstack/react-query";
import { api, take } from "./client";
import { readAll } from "./pages";

/** A picker of people lists so many. */
const pickable = 500;

/** useHolders are the people who may do something with an object, as a picker takes them. */
export function useHolders(permission: string, subject: string, id: string, enabled = true) {
  const query = useQuery({
    queryKey: ["holders", permission, subject, id],
    staleTime: 60_000,
    enabled,
    queryFn: ({ signal }) =>
      readAll(
        async after =>
          take(
            api.GET("/api/v1/access/who", {
              params: { query: { permission, subject, subject_id: id, after, limit: 200 } },
              signal,
            }),
          ),
        pickable,
      ),
  });
  return {
    people: (query.data ?? []).map(row => ({ value: row.user_id, label: row.user_name })),
    error: query.isError ? query.error : undefined,
  };
}
