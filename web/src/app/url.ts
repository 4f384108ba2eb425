import { useNavigate, useRouterState } from "@tanstack/react-router";

/** Search is what an address says after "?": plain words, never guessed into numbers. */
export type Search = Record<string, string | undefined>;

export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return text ? `?${text}` : "";
}

/** useUrl reads and changes the state that the address holds: filters, sort, tab, open row. A change replaces the entry in the history. */
export function useUrl<K extends string>(): [Partial<Record<K, string>>, (part: Partial<Record<K, string | undefined>>) => void] {
  // Only the search is waited for: the router's state changes several times on each way.
  const search = useRouterState({
    select: (state: { location: { search: Search } }) => state.location.search,
    structuralSharing: true,
  } as never) as Partial<Record<K, string>>;
  const navigate = useNavigate();
  return [search, part => void navigate({ to: ".", search: ((old: Search) => ({ ...old, ...part })) as never, replace: true })];
}
