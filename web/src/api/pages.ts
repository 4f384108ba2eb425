import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

interface Page<T> {
  items: T[];
  next: string;
}

/** usePages reads a list page by page; `after` is the cursor of the page before, empty for the first. */
export function usePages<T>(
  key: readonly unknown[],
  read: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  enabled = true,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam || undefined, signal),
    initialPageParam: "",
    getNextPageParam: page => page.next || undefined,
    placeholderData: before => before,
    enabled,
  });
  const { data } = query;
  const items = useMemo(() => data?.pages.flatMap(page => page.items) ?? [], [data]);
  return { ...query, items };
}

/** readAll reads a whole list, at most `most` rows, for trees and pickers. */
export async function readAll<T>(read: (after: string | undefined) => Promise<Page<T>>, most = 10_000): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    all.push(...page.items);
    if (!page.next || all.length >= most) return all;
    after = page.next;
  }
}

interface Growing {
  items: unknown[];
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/**
 * useEvery goes on reading while there are more pages, up to `most` rows: what is shown is the whole list in the end, or its
 * beginning, and then `capped` says so.
 */
export function useEvery<L extends Growing>(list: L, most = 10_000): L & { capped: boolean; growing: boolean } {
  const { items, hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const growing = hasNextPage && items.length < most;
  useEffect(() => {
    if (growing && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [growing, isFetchingNextPage, isError, fetchNextPage]);
  const shown = useMemo(() => (items.length > most ? items.slice(0, most) : items), [items, most]);
  return { ...list, items: shown, growing, capped: items.length > most || (hasNextPage && !growing) };
}
