import { useQuery } from "@tanstack/react-query";

/** useOne reads one object; the key begins with its kind, so that an act can refresh it. */
export function useOne<T>(key: readonly unknown[], read: (signal: AbortSignal) => Promise<T>, enabled = true) {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => read(signal), enabled });
}
