import { describe, expect, test } from "vitest";
import { dropped, inside, sentences, stepped } from "./moves";

// a( b c( d ) ) e
const tasks = [{ id: "a" }, { id: "b", parent_id: "a" }, { id: "c", parent_id: "a" }, { id: "d", parent_id: "c" }, { id: "e" }];

describe("stepped", () => {
  test("in: to the end of the sibling above", () => {
    expect(stepped(tasks, "c", "in")).toEqual({ parent_id: "b", after_id: undefined });
    expect(stepped(tasks, "e", "in")).toEqual({ parent_id: "a", after_id: "c" });
    expect(stepped(tasks, "a", "in")).toBeUndefined();
  });
  test("out: behind the node above", () => {
    expect(stepped(tasks, "d", "out")).toEqual({ parent_id: "a", after_id: "c" });
    expect(stepped(tasks, "b", "out")).toEqual({ parent_id: undefined, after_id: "a" });
    expect(stepped(tasks, "e", "out")).toBeUndefined();
  });
  test("up and down among its siblings", () => {
    expect(stepped(tasks, "c", "up")).toEqual({ parent_id: "a", after_id: undefined });
    expect(stepped(tasks, "b", "down")).toEqual({ parent_id: "a", after_id: "c" });
    expect(stepped(tasks, "b", "up")).toBeUndefined();
    expect(stepped(tasks, "e", "down")).toBeUndefined();
  });
});

describe("dropped", () => {
  test("into a node it becomes the last, before a node it takes that place", () => {
    expect(dropped(tasks, "e", "c", "into")).toEqual({ parent_id: "c", after_id: "d" });
    expect(dropped(tasks, "e", "b", "before")).toEqual({ parent_id: "a", after_id: undefined });
    expect(dropped(tasks, "b", "e", "before")).toEqual({ parent_id: undefined, after_id: "a" });
  });
  test("never into itself or what is below it", () => {
    expect(dropped(tasks, "a", "d", "into")).toBeUndefined();
    expect(dropped(tasks, "a", "a", "before")).toBeUndefined();
    expect(inside(tasks, "d", "a")).toBe(true);
    expect(inside(tasks, "e", "a")).toBe(false);
  });
});

test("sentences begin where the one before ended, counted in characters", () => {
  const found = sentences("\u{20bb7}\u7532\u3002\u4e59\uff1b\n\u4e19");
  expect(found.map(one => one.at)).toEqual([0, 3, 6]);
  expect(found.map(one => one.text)).toEqual(["\u{20bb7}\u7532\u3002", "\u4e59\uff1b", "\u4e19"]);
});
