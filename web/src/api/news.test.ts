import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { leased, times } from "./live";
import { newDesk, touched } from "./news";

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe("touched", () => {
  test("an object is found by its id, wherever it stands in the key", () => {
    expect(touched(["duty", "d1"], { kind: "duty", id: "d1" })).toBe("one");
    expect(touched(["reports", "d1"], { kind: "duty", id: "d1" })).toBe("one");
    expect(touched(["duty", "d2"], { kind: "duty", id: "d1" })).toBeUndefined();
  });
  test("a list by its kind", () => {
    expect(touched(["duties", { mine: true }], { kind: "duty", id: "d1" })).toBe("list");
    expect(touched(["messages", "count"], { kind: "message", id: "m" })).toBe("list");
    expect(touched(["units"], { kind: "duty", id: "d1" })).toBeUndefined();
  });
});

describe("newDesk", () => {
  test("many changes of an object are one reading, shortly after", async () => {
    const client = new QueryClient();
    client.setQueryData(["duty", "d1"], {});
    client.setQueryData(["duty", "d2"], {});
    const told = vi.spyOn(client, "invalidateQueries");
    const desk = newDesk(client);
    for (let i = 0; i < 20; i++) desk.take({ kind: "duty", id: "d1" });
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(600);
    expect(told.mock.calls.length).toBe(2); // the object, and the lists
    expect(client.getQueryState(["duty", "d1"])?.isInvalidated).toBe(true);
    expect(client.getQueryState(["duty", "d2"])?.isInvalidated).toBe(false);
  });

  test("lists wait longer the second time", async () => {
    const client = new QueryClient();
    const told = vi.spyOn(client, "invalidateQueries");
    const desk = newDesk(client);
    desk.take({ kind: "duty", id: "a" });
    await vi.advanceTimersByTimeAsync(600);
    told.mockClear();
    desk.take({ kind: "duty", id: "b" });
    await vi.advanceTimersByTimeAsync(600);
    expect(told.mock.calls.length).toBe(1); // the object only
    await vi.advanceTimersByTimeAsync(8000);
    expect(told.mock.calls.length).toBe(2);
    desk.close();
  });

  test("a closed desk does nothing more", async () => {
    const client = new QueryClient();
    const told = vi.spyOn(client, "invalidateQueries");
    const desk = newDesk(client);
    desk.take({ kind: "reset" });
    desk.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).not.toHaveBeenCalled();
  });
});

describe("leased", () => {
  const window = () => {
    const stop = new AbortController();
    const work = vi.fn((signal: AbortSignal) => new Promise<void>(end => signal.addEventListener("abort", () => end())));
    void leased(stop.signal, work);
    return { stop, work };
  };

  test("of several windows one leads, and another follows it", async () => {
    const all = [window(), window(), window()];
    await vi.advanceTimersByTimeAsync(1000);
    const leaders = all.filter(one => one.work.mock.calls.length === 1);
    expect(leaders.length).toBe(1);
    leaders[0]?.stop.abort();
    await vi.advanceTimersByTimeAsync(times.beat + 1000);
    expect(all.filter(one => one.work.mock.calls.length === 1).length).toBe(2);
    for (const one of all) one.stop.abort();
  });

  test("a leader that is gone without a word is followed when its lease has run out", async () => {
    localStorage.setItem("duban.live.leader", JSON.stringify({ by: "gone", until: Date.now() + times.trust }));
    const one = window();
    await vi.advanceTimersByTimeAsync(times.beat);
    expect(one.work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(times.trust + times.beat);
    expect(one.work).toHaveBeenCalledTimes(1);
    one.stop.abort();
  });
});
