import { useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import { readAll } from "../../api/pages";
import type { Option } from "../../ui/select";

/** useUserOptions is all accounts as a picker takes them. */
export function useUserOptions(enabled: boolean): Option[] {
  const query = useQuery({
    queryKey: ["users", "all"],
    enabled,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      readAll(after => take(api.GET("/api/v1/users", { signal, params: { query: { after, limit: 200 } } }))),
  });
  return (query.data ?? []).map(user => ({ value: user.id, label: `${user.name} (${user.login})` }));
}
