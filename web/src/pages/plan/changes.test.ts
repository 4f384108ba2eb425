import { expect, test } from "vitest";
import { changesOf, runsOf } from "./changes";

const event = (action: string, at: string, actor = "a") => ({
  id: at,
  at,
  actor_id: actor,
  actor_name: actor,
  subject: "plan",
  subject_id: "p",
  action,
});

test("an edit tells the fields that people know, from and to", () => {
  const was = { id: "1", title: "编制目录", due_date: "2017-09-30", path: "001", version: 1, targets: [1] };
  const is = { ...was, due_date: "2017-10-31", path: "002", version: 2, targets: [2] };
  expect(changesOf({ before: { tasks: [was] }, after: { act: "update", tasks: [is] } })).toEqual([
    { what: "task", title: "编制目录", field: "due_date", from: "2017-09-30", to: "2017-10-31" },
    { what: "task", title: "编制目录", field: "targets" },
  ]);
});

test("what came and what went is told as such", () => {
  const before = { tasks: [{ id: "1", title: "旧" }] };
  const after = { tasks: [{ id: "2", title: "新" }], assignments: [{ id: "3", name: "办公室" }] };
  expect(changesOf({ before, after })).toEqual([
    { what: "task", title: "旧", came: false },
    { what: "task", title: "新", came: true },
    { what: "body", title: "办公室", came: true },
  ]);
});

test("a run is of one person and one kind of act, and ends after an hour", () => {
  const runs = runsOf([
    event("edit", "2017-03-15T01:00:00Z"),
    event("edit", "2017-03-15T01:30:00Z"),
    event("edit", "2017-03-15T02:00:01Z"),
    event("edit", "2017-03-15T02:01:00Z", "b"),
    event("link", "2017-03-15T02:02:00Z", "b"),
  ]);
  expect(runs.map(run => run.length)).toEqual([2, 1, 1, 1]);
});
