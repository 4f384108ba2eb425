import type { TFunction } from "i18next";
import { expect, test } from "vitest";
import texts from "../../i18n/zh-CN/cockpit.json";
import { parted, partRows, type Sums } from "./parts";
import { held, reason } from "./risk";

/** t speaks Chinese, as the page does. */
const t = ((key: string, values: Record<string, unknown> = {}) => {
  const all = texts as Record<string, string>;
  return (all[key] ?? all[`${key}_other`] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}) as unknown as TFunction;

test.each([
  [{ days_late: 6, progress: 4000, reported_at: "2017-09-01T02:00:00Z" }, "已逾期 6 天，上次确认进展 2017-09-01，完成 40%。"],
  [{ days_late: 0, progress: 0 }, "今日到期，已亮红灯，尚无已确认的进展。"],
  [{ days_late: -30, progress: 0 }, "距到期 30 天，已亮红灯，尚无已确认的进展。"],
])("a task of %o stands there because %s", (risk, said) => expect(reason(t, risk)).toBe(said));

test("a task that one unit is late with names it, one of many names the worst and how many there are", () => {
  expect(held(t, { unit_name: "高教处", units: 1 })).toBe("高教处");
  expect(held(t, { unit_name: "高教处", units: 13 })).toBe("高教处等 13 个单位");
});

const sums: Sums = {
  count: 100,
  closed: 20,
  cancelled: 3,
  overdue: 12,
  light: [
    { value: "red", n: 15 },
    { value: "yellow", n: 9 },
    { value: "green", n: 40 },
    { value: "grey", n: 16 },
    { value: "done", n: 20 },
  ],
  late_light: [
    { value: "red", n: 10 },
    { value: "yellow", n: 2 },
  ],
};

test("the parts of all duties and what was cancelled add up to all of them", () => {
  const parts = parted(sums);
  expect(parts).toEqual({ late_tile: 12, red_early: 5, yellow: 7, green: 40, grey: 13, done: 20 });
  expect(Object.values(parts).reduce((sum, n) => sum + n, sums.cancelled)).toBe(sums.count);
});

test("a part leads to its own rows and to no others", () => {
  const words = { notOverdue: "-is:overdue", notCancelled: "-status:cancelled" };
  expect(partRows("late_tile", sums, words)).toEqual({ overdue: "true" });
  expect(partRows("yellow", sums, words)).toEqual({ light: "yellow", q: "-is:overdue" });
  expect(partRows("green", sums, words)).toEqual({ light: "green", q: undefined });
  expect(partRows("grey", sums, words)).toEqual({ light: "grey", q: "-status:cancelled" });
});
