import { expect, test } from "vitest";
import { axisOf, mondaysOf, monthsOf, offsOf, shade } from "./axis";

const days = { off: new Set(["2017-10-02", "2017-10-03"]), work: new Set(["2017-09-30"]) };

test("an axis covers whole months and clamps dates outside of them", () => {
  const axis = axisOf("2017-09-14", "2017-12-31", "week");
  expect([axis.from, axis.to, axis.width]).toEqual(["2017-09-01", "2017-12-31", 61]);
  expect([axis.x("2017-09-03"), axis.x("2016-01-01"), axis.x("2030-01-01")]).toEqual([1, 0, 61]);
  expect(monthsOf(axis)).toEqual(["2017-09-01", "2017-10-01", "2017-11-01", "2017-12-01"]);
});

test("Mondays and days off are shown where a day is wide enough", () => {
  const wide = axisOf("2017-09-25", "2017-10-08", "day");
  expect(mondaysOf(wide).slice(0, 2)).toEqual(["2017-09-04", "2017-09-11"]);
  expect(mondaysOf(axisOf("2017-09-25", "2017-10-08", "month"))).toEqual([]);
  expect(offsOf(axisOf("2017-09-25", "2017-10-08", "month"), days)).toEqual([]);
});

test("days off in a row are one band, a make-up day at a weekend is none", () => {
  const axis = axisOf("2017-09-25", "2017-10-08", "day");
  const bands = offsOf(axis, days).map(([left, right]) => [left / 1.5, right / 1.5]);
  // 30 September is worked; Sunday 1 October runs into the two days off after it
  expect(bands).toContainEqual([30, 33]);
  expect(shade(axis, days)).toContain("45rem");
});
