import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { onTop, queries } from "../api/query";
import { start } from "../i18n";
import { Provider } from "../ui/provider";
import { Toasts } from "../ui/toast";
import { type ActSpec, Acts, type Allowed } from "./acts";

beforeAll(() => start("en"));
afterEach(cleanup);

async function show(allowed: Allowed[], specs: Record<string, ActSpec>) {
  const root = createRootRoute({ component: () => <Acts subject="duty" allowed={allowed} specs={specs} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={queries}>
      <Provider>
        <RouterProvider router={router as never} />
      </Provider>
    </QueryClientProvider>,
  );
  await waitFor(() => expect(screen.getAllByRole("button").length).toBeGreaterThan(0));
}

it("keeps a refused act in sight with its reason and does not run it", async () => {
  const run = vi.fn();
  await show([{ action: "close", enabled: false, reason: "Not your unit" }], { close: { run } });
  const button = screen.getByRole("button", { name: /close/i });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe("Not your unit");
  fireEvent.click(button);
  expect(run).not.toHaveBeenCalled();
});

it("asks for what an act needs and keeps what was typed when the server refuses", async () => {
  const problem = new Problem({
    status: 422,
    code: "input.invalid",
    detail: "Invalid",
    fields: [{ location: "body.reason", code: "min_length", message: "Too short" }],
  });
  const run = vi.fn().mockRejectedValueOnce(problem).mockResolvedValueOnce({});
  await show([{ action: "return", enabled: true }], {
    return: { fields: [{ name: "reason", label: "Reason", kind: "text", required: true }], run },
  });
  fireEvent.click(screen.getByRole("button", { name: /return/i }));
  const text = await screen.findByLabelText(/Reason/, {}, { timeout: 5000 });
  const send = () => fireEvent.submit(text.closest("form") as HTMLFormElement);
  send();
  expect(run).not.toHaveBeenCalled();
  fireEvent.change(text, { target: { value: "no" } });
  send();
  await screen.findAllByText("Too short");
  expect((text as HTMLTextAreaElement).value).toBe("no");
  send();
  await waitFor(() => expect(run).toHaveBeenCalledTimes(2));
  await waitFor(() => expect(screen.queryByLabelText(/Reason/)).toBeNull());
});

it("shows what is expected and lets the dialog go before the server has answered, and brings it back with what was typed", async () => {
  const problem = new Problem({ status: 409, code: "urge.cool_down", detail: "Urged an hour ago" });
  let answer: { yes: () => void; no: () => void } | undefined;
  const run = () => new Promise<void>((yes, no) => (answer = { yes: () => yes(), no: () => no(problem) }));
  const key = ["urges", "expected"];
  queries.setQueryData(key, { pages: [{ items: [] }] });
  await show([{ action: "urge", enabled: true }], {
    urge: {
      fields: [{ name: "content", label: "Content", kind: "text", required: true }],
      expect: v => [{ key, change: onTop(v.content) }],
      run,
    },
  });
  const shown = () => queries.getQueryData(key);
  const typed = async () => (await screen.findByLabelText(/Content/, {}, { timeout: 5000 })) as HTMLTextAreaElement;
  fireEvent.click(screen.getByRole("button", { name: /urge/i }));
  fireEvent.change(await typed(), { target: { value: "hurry" } });
  fireEvent.submit((await typed()).closest("form") as HTMLFormElement);
  await waitFor(() => expect(shown()).toEqual({ pages: [{ items: ["hurry"] }] }));
  await waitFor(() => expect(screen.queryByLabelText(/Content/)).toBeNull());
  answer?.no();
  await screen.findByText("Urged an hour ago");
  expect((await typed()).value).toBe("hurry");
  expect(shown()).toEqual({ pages: [{ items: [] }] });
  fireEvent.submit((await typed()).closest("form") as HTMLFormElement);
  await waitFor(() => expect(screen.queryByLabelText(/Content/)).toBeNull());
  answer?.yes();
  await waitFor(() => expect(document.querySelector("form")).toBeNull());
});

it("says a refusal when the reader has gone elsewhere meanwhile", async () => {
  let refuse = () => {};
  const run = () =>
    new Promise<void>((_, no) => (refuse = () => no(new Problem({ status: 409, code: "x", detail: "Too late for that" }))));
  const specs = { urge: { fields: [{ name: "content", label: "Content", kind: "line" as const }], expect: () => [], run } };
  await show([{ action: "urge", enabled: true }], specs);
  fireEvent.click(screen.getAllByRole("button", { name: /urge/i }).at(-1) as HTMLElement);
  const text = await screen.findByLabelText(/Content/, {}, { timeout: 5000 });
  fireEvent.submit(text.closest("form") as HTMLFormElement);
  await waitFor(() => expect(screen.queryByLabelText(/Content/)).toBeNull());
  cleanup();
  render(<Toasts />);
  refuse();
  await screen.findByText("Too late for that");
});
