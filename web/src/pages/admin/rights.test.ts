import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import rights from "../../i18n/zh-CN/rights.json";
import { acts, idIn } from "./rights";

const policy = readFileSync("../policies/policy.csv", "utf8");
const states = JSON.parse(readFileSync("../internal/words/lang/zh-CN/states.json", "utf8"));
const supervise = JSON.parse(readFileSync("../internal/words/lang/zh-CN/supervise.json", "utf8"));
const granted = [...new Set([...policy.matchAll(/^p, \w+, ([a-z_]+\.[a-z_]+), /gm)].map(found => found[1] as string))].sort();

test("every_right_that_the_policy_grants_can_be_chosen", () => {
  const offered = Object.entries(acts).flatMap(([object, all]) => all.split(" ").map(act => `${object}.${act}`));
  expect(offered.sort()).toEqual(granted);
});

test("every_right_has_words", () => {
  const texts: Record<string, string> = { ...states, ...supervise, ...rights };
  const without = granted.filter(right => !texts[`right.${right}`] && !texts[`action.${right}`]);
  expect(without).toEqual([]);
  expect(Object.keys(acts).filter(object => !texts[`right.object.${object}`])).toEqual([]);
});

test("an_id_is_taken_out_of_the_address_of_a_page", () => {
  expect(idIn("https://duban.example.gov.cn/duties/0d3k2m9q7x4vb?tab=reports")).toBe("0d3k2m9q7x4vb");
  expect(idIn(" 0d3k2m9q7x4vb ")).toBe("0d3k2m9q7x4vb");
  expect(idIn("no id")).toBe("no id");
});
