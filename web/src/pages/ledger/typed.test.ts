import { describe, expect, it } from "vitest";
import { percentOf } from "./typed";

describe("percentOf", () => {
  it.each([
    ["60", 60],
    ["60%", 60],
    ["62.5 ％", 62.5],
    ["0", 0],
    ["100", 100],
    ["101", undefined],
    ["-5", undefined],
    ["六十", undefined],
    ["", undefined],
  ])("reads %s", (text, value) => expect(percentOf(text)).toBe(value));
});
