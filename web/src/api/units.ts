import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Node } from "../ui/tree-picker";
import { api, type Schemas, take } from "./client";
import { readAll } from "./pages";

export type Unit = Schemas["Unit"];

/** A picker lists so many units; the tree's upper levels come first. */
const pickable = 2000;

/** units is the unit tree of the authority in its order. */
export const units = queryOptions({
  queryKey: ["units"],
  staleTime: 10 * 60_000,
  queryFn: ({ signal }) =>
    readAll(async after => take(api.GET("/api/v1/units", { params: { query: { after, limit: 200 } }, signal })), pickable),
});

/** useUnitNodes is the unit tree as a picker takes it. */
export function useUnitNodes(): { nodes: Node[]; loading: boolean } {
  const query = useQuery(units);
  const nodes = (query.data ?? []).map(unit => ({
    id: unit.id,
    parent: unit.parent_id,
    label: unit.name,
    also: [...unit.aliases, unit.code].join(" "),
  }));
  return { nodes, loading: query.isPending };
}
