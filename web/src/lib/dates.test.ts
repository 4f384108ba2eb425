import { describe, expect, it } from "vitest";
import { addMonths, daysBetween, instant, longDate, parseDate, shortDate, today, weekday } from "./dates";
import { countWorkdays, plainWeek } from "./workdays";

describe("parseDate", () => {
  it.each([
    ["2026-11-30", "2026-11-30"],
    ["2026.11.30", "2026-11-30"],
    ["20261130", "2026-11-30"],
    ["2026\u5e7411\u670830\u65e5", "2026-11-30"],
    ["11-30", "2026-11-30"],
    ["11\u67083\u65e5", "2026-11-03"],
  ])("reads %s", (text, date) => expect(parseDate(text, 2026)).toBe(date));
  it.each(["2026-02-30", "13-01", "tomorrow", ""])("refuses %s", text => expect(parseDate(text, 2026)).toBeUndefined());
});

describe("dates", () => {
  it("end in the authority's zone", () => expect(today(new Date("2026-11-22T16:00:00Z"))).toBe("2026-11-23"));
  it("show instants to the minute there", () => expect(instant("2026-11-22T16:05:09Z")).toBe("2026-11-23 00:05"));
  it("keep to the last day of a shorter month", () => expect(addMonths("2026-01-31", 1)).toBe("2026-02-28"));
  it("count days across a year", () => expect(daysBetween("2026-12-31", "2027-01-01")).toBe(1));
  it("begin the week on Monday", () => expect(weekday("2026-11-23")).toBe(1));
  it("are long in text and short in tables", () => {
    expect(longDate("2026-11-23", "zh-CN")).toBe("2026\u5e7411\u670823\u65e5");
    expect([shortDate("2026-11-23", 2026), shortDate("2027-01-02", 2026)]).toEqual(["11-23", "2027-01-02"]);
  });
});

describe("working days", () => {
  it("follow the notices with their make-up days", () => {
    // 2017: 27 January to 2 February off, 22 January and 4 February worked.
    const off = ["2017-01-27", "2017-01-30", "2017-01-31", "2017-02-01", "2017-02-02"];
    expect(countWorkdays("2017-01-20", "2017-01-26", { off: new Set(off), work: new Set(["2017-01-22", "2017-02-04"]) })).toBe(5);
  });
  it("are Monday to Friday where no notice is out", () => expect(countWorkdays("2026-11-20", "2026-11-27", plainWeek)).toBe(5));
});
