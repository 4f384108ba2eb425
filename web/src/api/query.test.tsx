import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeAll, expect, test } from "vitest";
import { start } from "../i18n";
import { inPages, useAct } from "./query";

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
