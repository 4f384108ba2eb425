import { expect, test } from "vitest";
import type { Task } from "../../api/duties";
import type { LedgerDuty } from "../../api/ledger";
import { rowsOf, spanOf } from "./rows";

const today = "2017-09-20";
const duty = (id: string, task_id: string, more: Partial<LedgerDuty> = {}) =>
  ({
    id,
    task_id,
    unit_name: id,
    created_at: "2017-04-19T16:30:00Z",
    due_date: "2017-10-20",
    light: "green",
    light_rule: "duty.default@1:normal",
    progress: 0,
    ...more,
  }) as LedgerDuty;
const task = (id: string, parent_id?: string, deadline = {}) =>
  ({ id, parent_id, number: "", title: id, deadline: { kind: "none", ...deadline }, progress: 0 }) as Task;
const red = (due_date: string) => ({ light: "red" as const, light_rule: "duty.default@2:far_behind", due_date });

test("a node is called overdue only where something below it is past its due date", () => {
  const tasks = [
    task("section"),
    task("early", "section", { due: "2017-10-20" }),
    task("late", "section", { due: "2017-08-31" }),
  ];
  const words = (duties: LedgerDuty[]) => Object.fromEntries(rowsOf(duties, tasks, today).map(row => [row.id, row.word]));
  expect(words([duty("a", "early", red("2017-10-20"))]).section).toBe("light.red_early");
  const both = words([duty("a", "early", red("2017-10-20")), duty("b", "late", red("2017-08-31"))]);
  expect([both.section, both.early, both.late]).toEqual(["light.red", "light.red_early", "light.red"]);
  expect(words([duty("c", "early", { light: "yellow", light_rule: "duty.default@2:behind" })]).section).toBe(
    "light.yellow_early",
  );
});

test("a node without a first day runs from the day of issue, one without a due date spans what hangs below", () => {
  const tasks = [
    task("section"),
    task("point", "section", { due: "2017-10-31" }),
    task("other", "section", { due: "2017-12-31", start: "2017-02-01" }),
  ];
  const rows = rowsOf([duty("a", "point"), duty("b", "other", { due_date: "2017-12-31" })], tasks, today);
  const bar = (id: string) => rows.filter(row => row.id === id).map(row => [row.from, row.to, row.sums])[0];
  expect(bar("point")).toEqual(["2017-04-20", "2017-10-31", false]); // half past midnight in China
  expect(bar("section")).toEqual(["2017-02-01", "2017-12-31", true]);
  expect(bar("b")).toEqual(["2017-02-01", "2017-12-31", undefined]);
  expect(spanOf(rows, today)).toEqual({ from: "2017-02-01", to: "2017-12-31" });
});

test("what never falls due has a bar without an end, not a bracket", () => {
  const rows = rowsOf([duty("a", "point", { due_date: undefined })], [task("point")], today);
  expect(rows[0]).toMatchObject({ from: "2017-04-20", to: undefined, sums: false });
});
