import { expect, it } from "vitest";
import { initials, matches } from "./pinyin";

it("finds a unit by its characters or the initials of their readings", () => {
  expect(initials("\u9ad8\u6559\u5904")).toBe("gjc");
  expect(matches("\u9ad8\u6559\u5904", "gj")).toBe(true);
  expect(matches("\u9ad8\u6559\u5904", "\u6559")).toBe(true);
  expect(matches("\u9ad8\u6559\u5904", "xx")).toBe(false);
});
