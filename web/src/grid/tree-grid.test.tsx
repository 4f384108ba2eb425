import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { start } from "../i18n";
import { type GridColumn, TreeGrid } from "./tree-grid";

interface Line {
  id: string;
  done: string;
}

const rows: Line[] = ["10", "20", "30"].map((done, i) => ({ id: "abc"[i]!, done }));
const save = vi.fn();
const fill = vi.fn();
const columns: GridColumn<Line>[] = [
  { key: "id", name: "Name", title: "Name", width: 10, cell: row => row.id, text: row => row.id },
  { key: "done", name: "Done", title: "Done", width: 10, cell: row => row.done, edit: { value: row => row.done, save } },
];

beforeAll(() => start("en"));

beforeEach(() => vi.clearAllMocks());

afterEach(cleanup);

function show(onFill?: typeof fill) {
  render(
    <TreeGrid label="Rows" columns={columns} rows={rows} selected={new Set(["a", "c"])} onSelect={() => {}} onFill={onFill} />,
  );
  act(() => void dispatchEvent(new Event("beforeprint"))); // all rows are drawn, as on paper: a test has no height
  return screen.getByRole("treegrid");
}

test("Ctrl+D fills the first selected row's cell down", () => {
  fireEvent.keyDown(show(fill), { key: "d", ctrlKey: true });
  expect(fill).toHaveBeenCalledExactlyOnceWith([{ row: rows[2], values: { done: "10" } }], 0);
});

test("Ctrl+D is left to the browser where nothing can be filled, and while Chinese is being composed", () => {
  expect(fireEvent.keyDown(show(), { key: "d", ctrlKey: true })).toBe(true);
  cleanup();
  fireEvent.keyDown(show(fill), { key: "d", ctrlKey: true, isComposing: true });
  expect(fill).not.toHaveBeenCalled();
});

test("Ctrl+D in a cell keeps what was typed there and fills it down; not while Chinese is being composed", () => {
  const grid = show(fill);
  fireEvent.keyDown(grid, { key: "e" });
  const input = screen.getByRole("textbox");
  fireEvent.change(input, { target: { value: "55" } });
  fireEvent.keyDown(input, { key: "d", ctrlKey: true, isComposing: true });
  expect(fill).not.toHaveBeenCalled();
  fireEvent.keyDown(input, { key: "d", ctrlKey: true });
  expect(save).toHaveBeenCalledExactlyOnceWith(rows[0], "55");
  expect(fill).toHaveBeenCalledExactlyOnceWith([{ row: rows[2], values: { done: "55" } }], 0);
});
