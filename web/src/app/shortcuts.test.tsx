import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { change } from "../ui/settings";
import { useShortcuts } from "./shortcuts";

const find = vi.fn();

function Page() {
  useShortcuts(find);
  return <input aria-label="text" />;
}

async function show() {
  const router = createRouter({ routeTree: createRootRoute({ component: Page }), history: createMemoryHistory() });
  render(<RouterProvider router={router as never} />);
  return screen.findByLabelText("text");
}

beforeEach(() => {
  find.mockClear();
  change({ shortcuts: true });
});

afterEach(cleanup);

it("answers to / and Ctrl+K outside of a text", async () => {
  await show();
  fireEvent.keyDown(document.body, { key: "/" });
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  expect(find).toHaveBeenCalledTimes(2);
});

it("sleeps while Chinese is being composed, wherever the focus is", async () => {
  const input = await show();
  for (const target of [document.body, input]) {
    fireEvent.keyDown(target, { key: "/", isComposing: true });
    fireEvent.keyDown(target, { key: "k", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(target, { key: "Process", keyCode: 229 });
  }
  expect(find).not.toHaveBeenCalled();
});

it("leaves single letters to a text field, and all of them when they are switched off", async () => {
  const input = await show();
  fireEvent.keyDown(input, { key: "/" });
  change({ shortcuts: false });
  fireEvent.keyDown(document.body, { key: "/" });
  expect(find).not.toHaveBeenCalled();
});
