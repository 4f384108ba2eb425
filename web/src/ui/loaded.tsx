import type { ReactNode } from "react";
import { ErrorNote, FaultPage, SkeletonRows } from "./states";

/** Loaded shows what was read, or that it is being read, or why it could not be; whole says that the page consists of it. */
export function Loaded<T>({
  query,
  rows,
  whole,
  children,
}: {
  query: { data: T | undefined; isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  rows?: number;
  whole?: boolean;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  const retry = () => void query.refetch();
  if (query.isError && whole) return <FaultPage error={query.error} onRetry={retry} />;
  if (query.isError) return <ErrorNote error={query.error} onRetry={retry} />;
  return <SkeletonRows rows={rows} />;
}
