import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";

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
  return { ...query, items: query.data?.pages.flatMap(page => page.items) ?? [] };
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
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** useEvery goes on reading while there are more pages: what is shown is the whole list in the end. */
export function useEvery<L extends Growing>(list: L): L {
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  return list;
}
