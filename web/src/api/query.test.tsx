import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeAll, expect, test } from "vitest";
import { start } from "../i18n";
import { type Expected, inPages, onTop, useAct } from "./query";

beforeAll(() => start("en"));

interface Message {
  id: string;
  read: boolean;
}

const pages = (read: boolean) => ({ pages: [{ items: [{ id: "a", read }] }, { items: [{ id: "b", read: false }] }] });

/** marking is the act of reading a message, with what the list shows before it. */
function marking(send: () => Promise<unknown>) {
  const client = new QueryClient();
  client.setQueryData(["messages", "all"], pages(false));
  client.setQueryData(["messages", "count"], { count: 2 });
  const around = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const change = inPages<Message>(one => (one.id === "a" ? { ...one, read: true } : one));
  const { result } = renderHook(() => useAct({ send, quiet: true, expect: () => [{ key: ["messages"], change }] }), {
    wrapper: around,
  });
  return { act: result, seen: () => client.getQueryData(["messages", "all"]), client };
}

test("what is expected is shown before the server has answered", async () => {
  let answer = () => {};
  const { act, seen, client } = marking(() => new Promise<void>(resolve => (answer = resolve)));
  act.current.mutate();
  await waitFor(() => expect(seen()).toEqual(pages(true)));
  expect(client.getQueryData(["messages", "count"])).toEqual({ count: 2 });
  answer();
});

test("what is refused is taken back", async () => {
  const { act, seen } = marking(() => Promise.reject(new Error("no")));
  act.current.mutate();
  await waitFor(() => expect(act.current.isError).toBe(true));
  expect(seen()).toEqual(pages(false));
});

/** refusing is an act that the server refuses, over what stands under two keys. */
async function refusing(expected: Expected) {
  const client = new QueryClient();
  client.setQueryData(["duty", "d"], { unit: "a" });
  client.setQueryData(["duty", "d", "split"], { unit: "a" });
  client.setQueryData(["urges", "d"], { pages: [{ items: ["old"] }, { items: ["older"] }] });
  const around = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  let refuse = () => {};
  const send = () => new Promise((_, reject) => (refuse = () => reject(new Error("no"))));
  const { result } = renderHook(() => useAct({ send, quiet: true, expect: () => [expected] }), { wrapper: around });
  result.current.mutate();
  await waitFor(() => expect(result.current.isPending).toBe(true));
  const all = () => client.getQueriesData({}).map(([, seen]) => seen);
  const shown = all();
  refuse();
  await waitFor(() => expect(result.current.isError).toBe(true));
  return { shown, after: all() };
}

const before = [{ unit: "a" }, { unit: "a" }, { pages: [{ items: ["old"] }, { items: ["older"] }] }];

test("an exact key leaves what hangs below it alone", async () => {
  const { shown, after } = await refusing({ key: ["duty", "d"], exact: true, change: () => ({ unit: "b" }) });
  expect(shown).toEqual([{ unit: "b" }, before[1], before[2]]);
  expect(after).toEqual(before);
});

test("what is new stands before the first of a list, once, and is gone when it is refused", async () => {
  const { shown, after } = await refusing({ key: ["urges", "d"], change: onTop("new") });
  expect(shown).toEqual([before[0], before[1], { pages: [{ items: ["new", "old"] }, { items: ["older"] }] }]);
  expect(after).toEqual(before);
});
