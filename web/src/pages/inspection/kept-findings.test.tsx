import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { start } from "../../i18n";

vi.mock("../../api/session", () => ({ useMe: () => ({ user: { id: "inspector" } }) }));

const answers: (() => Promise<Response>)[] = [];
const asked: Request[] = [];
vi.stubGlobal("fetch", (request: Request) => {
  asked.push(request);
  return (answers.shift() ?? (() => Promise.reject(new TypeError("no network"))))();
});
const { useKeptFindings } = await import("./kept-findings");

const body = { unit_id: "u", description: "三份办事指南未按期公布", basis: "第九条", severity: "minor" as const };
const online = vi.spyOn(navigator, "onLine", "get");
const taken = () => Promise.resolve(Response.json({ id: "f" }, { status: 201 }));
const refused = () =>
  Promise.resolve(
    new Response(JSON.stringify({ code: "validation_failed", detail: "The basis is too short" }), {
      status: 422,
      headers: { "Content-Type": "application/problem+json" },
    }),
  );

beforeAll(() => start("en"));
beforeEach(() => {
  localStorage.clear();
  asked.length = 0;
  answers.length = 0;
  online.mockReturnValue(true);
});
afterEach(() => vi.useRealTimers());

function open() {
  const around = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
  );
  return renderHook(() => useKeptFindings("i", "no network"), { wrapper: around });
}

test("a finding that the server takes is not kept", async () => {
  answers.push(taken);
  const { result } = open();
  expect(await act(() => result.current.record(body))).toBe("sent");
  expect(result.current.list).toEqual([]);
});

test("without a network it is kept over a reload, and sent once the network is back", async () => {
  online.mockReturnValue(false);
  const first = open();
  expect(await act(() => first.result.current.record(body))).toBe("kept");
  expect(asked).toHaveLength(0);
  first.unmount();

  const second = open();
  expect(second.result.current.list.map(one => one.body)).toEqual([body]);
  answers.push(taken);
  online.mockReturnValue(true);
  dispatchEvent(new Event("online"));
  await waitFor(() => expect(second.result.current.list).toEqual([]));
  expect(asked).toHaveLength(1);
});

test("when the connection breaks on the way, the next try has the same key: it is recorded once", async () => {
  const { result } = open();
  expect(await act(() => result.current.record(body))).toBe("kept");
  answers.push(taken);
  await act(() => result.current.send());
  expect(result.current.list).toEqual([]);
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked.map(request => request.headers.get("Idempotency-Key"))).size).toBe(1);
});

test("what is refused goes back to the form that is still open", async () => {
  answers.push(refused);
  const { result } = open();
  await act(() => expect(result.current.record(body)).rejects.toThrow("The basis is too short"));
  expect(result.current.list).toEqual([]);
});

test("what is refused later stays with the reason until its writer lets go of it", async () => {
  online.mockReturnValue(false);
  const { result } = open();
  await act(() => result.current.record(body));
  online.mockReturnValue(true);
  answers.push(refused);
  await act(() => result.current.send());
  expect(result.current.list[0]?.fault).toBe("The basis is too short");
  await act(() => result.current.send());
  expect(asked).toHaveLength(1);
  act(() => result.current.drop(result.current.list[0]!.key));
  expect(result.current.list).toEqual([]);
});
