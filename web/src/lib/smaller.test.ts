import { expect, test } from "vitest";
import { fitted, smaller } from "./smaller";

test("a_photograph_is_fitted_by_its_longer_side", () => {
  expect(fitted(4000, 3000)).toEqual({ width: 2560, height: 1920 });
  expect(fitted(3000, 4000)).toEqual({ width: 1920, height: 2560 });
  expect(fitted(1280, 720)).toEqual({ width: 1280, height: 720 });
});

test("what_is_no_picture_or_cannot_be_read_goes_as_it_is", async () => {
  const text = new File(["a"], "a.txt", { type: "text/plain" });
  const broken = new File(["a"], "a.jpg", { type: "image/jpeg" });
  expect(await smaller(text)).toBe(text);
  expect(await smaller(broken)).toBe(broken);
});
