import { expect, test } from "vitest";
import { complete, composed, type Filter, parted, suggestions } from "./query";

const words = [
  { name: "灯", signs: ":", hint: "亮灯", values: ["逾期", "临期"] },
  { name: "牵头", signs: ":", hint: "牵头单位", values: [] },
  { name: "余", signs: "<", hint: "距时限天数", values: [] },
];

test("what was typed stands first, so that a fault's place is a place in the field", () => {
  expect(composed({ q: " 灯:逾期 ", plan_id: "1", unit_id: "2", part: "lead", ended: "true", due_to: "2017-10-09" })).toBe(
    "灯:逾期 plan:1 lead:2 is:all due<=2017-10-09",
  );
  expect(composed({})).toBe("");
  expect(composed({ due_from: "2017-01-01", due_to: "2017-02-01", mine: "true" })).toBe("is:mine due:2017-01-01..2017-02-01");
  expect(composed({ due_to: "2017-02-01", clock: "original" })).toBe("original<=2017-02-01");
});

const [plan, unit, leader] = ["0123456789abc", "hjkmnpqrstvwx", "0zyxwvtsrqpnm"] as const;

test.each<Filter>([
  {},
  { q: "灯:逾期  临期<7" },
  {
    plan_id: plan,
    light: "red",
    status: "active",
    unit_id: unit,
    leader_id: leader,
    mine: "true",
    overdue: "true",
    ended: "true",
  },
  { q: "公开", unit_id: unit, part: "lead", due_from: "2017-01-01", due_to: "2017-02-01" },
  { due_to: "2017-02-01", clock: "original" },
  { due_from: "2017-02-01", clock: "original", q: "is:mine 公开" },
  { clock: "original" },
])("a question that is kept comes back to the field and the buttons: %o", filter => {
  const back = parted(composed(filter), filter.clock);
  expect(Object.fromEntries(Object.entries(back).filter(([, value]) => value !== undefined))).toEqual(filter);
});

test.each([
  ['"公开 light:red"', "current"],
  ["light:red 公开", "current"],
  ["unit:高教处", "current"],
  ["due<2017-02-01", "current"],
  ["original<=2017-02-01", "current"],
  ["due<=2017-02-01", "original"],
])("what composed did not write stays typed: %s", (question, clock) => {
  expect(parted(question, clock).q).toBe(question);
});

test("a condition that stands twice is taken back once", () => {
  expect(parted("light:red light:yellow")).toEqual({ q: "light:red", light: "yellow", clock: undefined });
});

test("an empty field offers the keys, a key its values", () => {
  expect(suggestions("", 0, words).map(one => one.text)).toEqual(["灯:", "牵头:", "余<"]);
  expect(suggestions("公开 牵", 4, words).map(one => one.text)).toEqual(["牵头:"]);
  expect(suggestions("-灯：", 3, words).map(one => one.text)).toEqual(["逾期", "临期"]);
  expect(suggestions("灯:逾期,", 5, words).map(one => one.from)).toEqual([5, 5]);
  expect(suggestions("灯:逾期", 4, words).map(one => one.text)).toEqual([]);
  expect(suggestions("没有:", 3, words)).toEqual([]);
});

test("a completion leaves the rest of the text alone", () => {
  const [one] = suggestions("灯:逾 余<7", 3, words);
  expect(complete("灯:逾 余<7", 3, one!)).toEqual({ text: "灯:逾期 余<7", caret: 5 });
});
