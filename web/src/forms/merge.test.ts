import { expect, test } from "vitest";
import { clashes } from "./merge";

const fields = ["title", "content", "due"].map(name => ({ name, label: name }));

test("only what both have changed, and differently, is a clash", () => {
  const base = { title: "a", content: "b", due: "" };
  const found = clashes(
    fields,
    base,
    { title: "mine", content: "b", due: "2017-01-01" },
    { title: "theirs", content: "c", due: "2017-01-01" },
  );
  expect(found).toEqual([{ name: "title", label: "title", mine: "mine", theirs: "theirs" }]);
});

test("a field that was emptied here and changed there is a clash", () => {
  expect(clashes(fields, { title: "a" }, { title: "" }, { title: "b" }).map(one => one.name)).toEqual(["title"]);
});
