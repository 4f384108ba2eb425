import { expect, test } from "vitest";
import type { LightName } from "../ui/light";
import { lightWord } from "./due";

test.each<[LightName, string, number, string]>([
  ["red", "duty.default@1:overdue", -3, "light.red"],
  ["red", "duty.default@2:far_behind", 30, "light.red_early"],
  ["red", "duty.default@2:again", 0, "light.red_early"],
  ["yellow", "duty.default@1:near", 5, "light.yellow"],
  ["yellow", "duty.default@2:behind", 90, "light.yellow_early"],
])("a %s light by %s with %i days left is called %s", (light, rule, days, key) => expect(lightWord(light, rule, days)).toBe(key));
