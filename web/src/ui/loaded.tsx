import type { ReactNode } from "react";
import { ErrorNote, SkeletonRows } from "./states";

/** Loaded shows what was read, or that it is being read, or why it could not be. */
export function Loaded<T>({
  query,
  rows,
  children,
}: {
  query: { data: T | undefined; isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  return <SkeletonRows rows={rows} />;
}
