import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Live, listen } from "./live";

/** Lists that show objects of a kind; single objects are found by their id in the key. */
const lists: Record<string, string[]> = {
  duty: ["duties", "ledger", "ledger-facets", "waiting", "counters", "due-reports", "outlooks"],
  task: ["tasks", "dependencies"],
  plan: ["plans", "tasks", "dependencies"],
  notice: ["notices", "waiting", "findings"],
  conclusion: ["conclusions"],
  objection: ["objections"],
  finding: ["findings", "inspections"],
  inspection: ["inspections"],
  message: ["messages", "waiting"],
  matter: ["matters"],
  instruction: ["instructions"],
  proceeding: ["proceedings"],
  urge: ["urges", "waiting", "outlooks"],
};

/** Times in milliseconds: single objects follow at once, lists not more often than so; without a stream everything is asked again so often. */
const pace = { one: 500, lists: 8000, poll: 30_000, spread: 3000 };
/** A list that has grown by so many pages is not read again under the reader's eyes, only when the page is shown again. */
const grown = 5;

/** touched reports whether a change concerns what a query has read: the object itself, or a list that may show it. */
export function touched(key: readonly unknown[], change: Live): "one" | "list" | undefined {
  if (change.id && key.includes(change.id)) return "one";
  return lists[change.kind]?.includes(String(key[0])) ? "list" : undefined;
}

/** useNews keeps what is on screen fresh: by the server's stream, and without one by asking every half minute. */
export function useNews() {
  const client = useQueryClient();
  useEffect(() => {
    const desk = newDesk(client);
    const listening = listen("/api/v1/events/stream", desk.take);
    const timer = setInterval(() => {
      if (!listening.alive() && document.visibilityState === "visible") void client.invalidateQueries({ predicate: small });
    }, pace.poll);
    return () => {
      listening.stop();
      clearInterval(timer);
      desk.close();
    };
  }, [client]);
}

/** newDesk gathers news and has what they concern read again, each sort at its own pace. */
export function newDesk(client: QueryClient) {
  let ones: Live[] = [];
  let listed: Live[] = [];
  let last = 0;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const once = (name: string, ms: number, act: () => void) => {
    if (timers.has(name)) return;
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name);
        act();
      }, ms),
    );
  };
  const refresh = (changes: Live[], sort: "one" | "list") =>
    void client.invalidateQueries({
      predicate: query => small(query) && changes.some(one => touched(query.queryKey, one) === sort),
    });
  return {
    take(change: Live) {
      if (change.kind === "reset")
        return once("reset", Math.random() * pace.spread, () => void client.invalidateQueries({ predicate: small }));
      ones.push(change);
      listed.push(change);
      once("one", pace.one, () => {
        refresh(ones, "one");
        ones = [];
      });
      once("list", Math.max(pace.one, last + pace.lists - Date.now()), () => {
        last = Date.now();
        refresh(listed, "list");
        listed = [];
      });
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** small is what may be read again at once. */
function small(query: Query): boolean {
  const data = query.state.data as { pages?: unknown[] } | undefined;
  return (data?.pages?.length ?? 0) <= grown;
}
