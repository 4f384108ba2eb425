// The whole line by five people in five browsers, through the page only and as the README says it: a plan is imported, issued, signed for,
// reported on, reviewed, confirmed, asked to be closed and closed out. Nobody types an address: everything is found from the rail.
import { readFileSync } from "node:fs";
import { act, check, fill, find, go, say, seen } from "../acts.mjs";

const readme = readFileSync(new URL("../../../README.zh-CN.md", import.meta.url), "utf8");
const text = readme.match(/```text\n([\s\S]+?)```/)[1];
const task = "修订办事指南";

export const title = "one clause from the document to its close-out, by four people in four browsers";

export async function proof({ enter }) {
  const office = (await enter("office")).page;
  await go(office, "计划编制");
  await office.getByRole("button", { name: "导入方案" }).first().click();
  const dialog = office.getByRole("dialog");
  await dialog.getByRole("button", { name: "粘贴文字" }).click();
  await dialog.getByLabel("文件正文").fill(text);
  await dialog.getByLabel("年度").fill("2017");
  await dialog.getByRole("button", { name: "读取" }).click();
  await office.waitForURL(/\/plans\/[0-9a-z]{13}/);
  say("office", "imported a plan");

  await office.getByRole("tab", { name: /^疑问/ }).click();
  await office.getByRole("button", { name: "是岚江省教育管理信息中心" }).click();
  await seen(office, "已答");
  say("office", "answered which 信息中心 is meant");

  const leader = (await enter("leader")).page;
  await go(leader, "计划编制");
  await find(leader, "2017年第四季度政务公开重点任务");
  await leader.getByRole("tab", { name: "预演下发" }).click();
  const all = leader.getByRole("button", { name: "全部已阅" });
  await seen(leader, "下发预演");
  if (await all.isVisible().catch(() => false)) await all.click();
  await leader.locator("section").getByRole("button", { name: "下发", exact: true }).click();
  const confirm = leader.getByRole("dialog");
  await confirm.getByRole("button", { name: /^下发 \d+ 项$/ }).click();
  await leader.waitForURL(/\/ledger/, { timeout: 60_000 });
  say("leader", "issued it");

  const clerk = (await enter("clerk")).page;
  await go(clerk, "我的待办");
  await find(clerk, task, "签收");
  await clerk.waitForURL(/\/duties\/[0-9a-z]{13}/);
  const duty = clerk.url().match(/duties\/([0-9a-z]{13})/)[1];
  await act(clerk, "签收");
  await seen(clerk, "承办中");
  say("clerk", "signed for the duty");

  const head = (await enter("head")).page;
  for (const [kind, words] of [
    ["progress", "已完成三成办事指南的核对，其余按计划推进。"],
    ["completion", "办事指南已逐项核对完毕，并在门户网站公布。"],
  ]) {
    await act(clerk, kind === "progress" ? "填报进展" : "申请办结");
    await clerk.getByLabel("进展情况").fill(words);
    if (kind === "progress") await clerk.getByRole("spinbutton", { name: "完成进度" }).fill("30");
    await clerk.getByRole("button", { name: "保存草稿" }).last().click();
    await clerk.getByText("把文件拖到这里").waitFor();
    const file = { name: `${kind}.txt`, mimeType: "text/plain", buffer: Buffer.from(`${words}\n`) };
    await clerk.locator("input[type=file]").first().setInputFiles(file);
    await clerk.getByRole("link", { name: file.name }).waitFor();
    await clerk.getByRole("button", { name: "检查并报送" }).click();
    await fill(clerk, "报送");
    await seen(clerk, "待单位审核");
    say("clerk", `sent the ${kind} report with evidence`);
    await go(head, "我的待办");
    await find(head, task, "单位审核");
    await act(head.locator("section").filter({ hasText: words }).last(), "单位审核");
    await head.locator("section").filter({ hasText: words }).getByText("待督查室确认").first().waitFor();
    say("head", "reviewed it");
    if (kind !== "progress") break;
    await go(office, "我的待办");
    await find(office, task, "确认进展");
    await act(office.locator("section").filter({ hasText: words }).last(), "确认");
    await seen(office, "已确认");
    say("office", "confirmed it");
  }

  const inspector = (await enter("inspector")).page;
  await go(inspector, "我的待办");
  await find(inspector, task, "办结核查");
  await act(inspector, "销号", { 说明: "现场核查属实" });
  await seen(inspector, "已销号");
  say("inspector", "verified it and closed it out");
  await clerk.getByRole("tab", { name: "轨迹" }).click();
  await seen(clerk, "销号");
  const state = await clerk.evaluate(async id => (await (await fetch(`/api/v1/duties/${id}`)).json()).status, duty);
  check(state === "closed", `the duty is ${state}`);
}
