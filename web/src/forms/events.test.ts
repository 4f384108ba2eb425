import { beforeAll, expect, test } from "vitest";
import { start } from "../i18n";
import { actionOf } from "./events";

beforeAll(() => start("zh-CN"));

test.each([
  ["duty", "step.letter", "发督办函"],
  ["duty", "step.criticise", "提请通报批评"],
  ["notice", "evidence.add", "佐证材料 上传"],
  ["indicator", "figure.confirm", "指标数据 确认"],
  ["plan", "link", "新增依赖"],
  ["plan", "set_reporting", "设定报送要求"],
  ["task", "report.lapse", "进展报告 欠报"],
  ["user", "set_digest", "设定每日摘要"],
])("an_event_of_%s_%s_is_named", (subject, action, name) => {
  expect(actionOf({ subject, action } as Parameters<typeof actionOf>[0])).toBe(name);
});
