import { expect, test } from "vitest";
import { periodsOf } from "./periods";

test("a year comes first, then its periods", () => {
  expect(periodsOf("quarter", 2017)).toEqual(["2017", "2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"]);
  expect(periodsOf("semester", 2017)).toEqual(["2017", "2016-S2", "2017-S1"]);
  expect(periodsOf("year", 2017)).toEqual(["2017"]);
});

test("years have 52 or 53 weeks", () => {
  expect(periodsOf("week", 2017).at(-1)).toBe("2017-W52");
  expect(periodsOf("week", 2015).at(-1)).toBe("2015-W53"); // begins on a Thursday
  expect(periodsOf("week", 2020).at(-1)).toBe("2020-W53"); // a leap year that begins on a Wednesday
  expect(periodsOf("week", 2014).at(-1)).toBe("2014-W52"); // begins on a Wednesday, no leap year
});
