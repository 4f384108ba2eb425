import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { queries } from "../api/query";
import { start } from "../i18n";
import { Provider } from "../ui/provider";
import { type ActSpec, Acts, type Allowed } from "./acts";

beforeAll(() => start("en"));

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
