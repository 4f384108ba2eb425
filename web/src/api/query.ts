import { QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "../ui/toast";
import { Problem } from "./problem";

/** queries keeps what the server has said; a refusal is not asked again, a broken connection twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => !(error instanceof Problem) && count < 2,
    },
    mutations: { retry: false },
  },
});

/** Expected is what a change will have made of something that is on screen: shown at once, taken back if the change is refused. */
export interface Expected {
  key: QueryKey;
  /** Only what has this very key, not what hangs below it. */
  exact?: boolean;
  change: (seen: never) => unknown;
}

/** inPages changes the items of a list that is read page by page. */
export const inPages =
  <T>(change: (item: T) => T) =>
  (seen: { pages?: { items: T[] }[] }) =>
    seen.pages ? { ...seen, pages: seen.pages.map(page => ({ ...page, items: page.items.map(change) })) } : seen;

/** onTop puts an item before the first one of a list that is read page by page. */
export const onTop =
  <T>(item: T) =>
  (seen: { pages?: { items: T[] }[] }) =>
    seen.pages
      ? { ...seen, pages: seen.pages.map((page, i) => (i > 0 ? page : { ...page, items: [item, ...page.items] })) }
      : seen;

/** Act is a change: what it sends, what is said afterwards, how it is undone. */
export interface Act<I, O> {
  send: (input: I) => Promise<O>;
  done?: string | ((output: O) => string);
  undo?: (output: O, input: I) => Promise<unknown>;
  after?: (output: O, input: I) => void;
  /** What can be shown before the server has answered: only what harms nobody when it has to be taken back. */
  expect?: (input: I) => Expected[];
  /** quiet leaves errors to the form that shows them. */
  quiet?: boolean;
}

/** useAct runs a change, refreshes what is on screen, says what has happened and offers the way back. */
export function useAct<I = void, O = unknown>(act: Act<I, O>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<O, unknown, I, [QueryKey, unknown][]>({
    mutationFn: act.send,
    onMutate: async input => {
      const before: [QueryKey, unknown][] = [];
      for (const { key, exact, change } of act.expect?.(input) ?? []) {
        const those = { queryKey: key, exact };
        await client.cancelQueries(those);
        before.push(...client.getQueriesData(those));
        client.setQueriesData(those, seen => (seen === undefined ? seen : change(seen as never)));
      }
      return before;
    },
    onSuccess: (output, input) => {
      act.after?.(output, input);
      const undo = act.undo;
      const text = typeof act.done === "function" ? act.done(output) : act.done;
      if (text) {
        toast(text, {
          undo:
            undo &&
            (() =>
              void undo(output, input)
                .then(() => client.invalidateQueries())
                .catch(error => toast(said(error, t("ui.offline")), { kind: "error" }))),
        });
      }
      void client.invalidateQueries(); // what is on screen follows; nobody waits for it
    },
    onError: (error, _, before = []) => {
      for (const [key, seen] of before) client.setQueryData(key, seen);
      if (!act.quiet) toast(said(error, t("ui.offline")), { kind: "error" });
    },
  });
}

/** said is what an error says to people. */
export function said(error: unknown, offline: string): string {
  if (!(error instanceof Problem)) return offline;
  return error.fields.length > 0 ? error.fields.map(field => field.message).join("; ") : error.message;
}
