import { beforeAll, expect, test } from "vitest";
import { i18n, need, start } from "../i18n";
import { whenWords } from "./why-when";

beforeAll(async () => {
  await start("zh-CN");
  await need("rules");
});

test.each([
  ["dated: false", "没有时限"],
  ["started: false", "尚未启动"],
  ["from: T+1 day", "时限届满后第 1 日起"],
  ["from: T-7 day", "时限届满前 7 日起"],
  ["from: T-3 workday", "时限届满前 3 个工作日起"],
  ["from: T", "时限当日起"],
  ["share_left: 20 %", "剩余时间不足 20%"],
  ["yellows: 2, from: T-7 day", "已亮黄灯 2 次，且时限届满前 7 日起"],
  ["behind: more than 10 up to 20 points", "落后计划进度 10 至 20 个百分点"],
  ["behind: more than 50 % of what was planned", "落后计划进度的 50% 以上"],
  ["moon: full", "moon: full"],
])("%s is said as %s", (rule, said) => expect(whenWords(i18n.t, rule)).toBe(said));
