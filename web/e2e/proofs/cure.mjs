// One finding to its verified cure, by page only: the inspection is planned, approved, made on the spot and concluded; its finding becomes
// a notice, which is served, signed for, answered with proof, verified and struck off.
import { act, check, fill, find, go, pick, say, seen } from "../acts.mjs";

const inspected = "办事指南专项督查";

export const title = "one finding from the planned inspection to its verified cure, and the conclusion to its receipt";

export async function proof({ enter }) {
  const inspector = (await enter("inspector")).page;
  await plan(inspector);
  const leader = (await enter("leader")).page;
  await go(leader, "我的待办");
  await find(leader, inspected, "督查方案");
  await act(leader, "批准");
  await seen(leader, "方案已批准并锁定，现行第 1 版。");
  say("leader", "approved it: it has a number and its plan is locked");

  await onTheSpot(inspector);
  const notice = await serve(inspector);
  const head = (await enter("head")).page;
  await cure(head, inspector);
  await conclude(inspector);

  await go(head, "我的待办");
  await find(head, inspected);
  await act(head, "签收");
  await seen(head, "已签收");
  await seen(head, "政策法规处三份办事指南未按期公布，已整改。");
  say("head", "signed for the conclusion");
  const state = await head.evaluate(async id => (await (await fetch(`/api/v1/notices/${id}`)).json()).status, notice);
  check(state === "closed", `the notice is ${state}`);
}

/** plan plans an inspection of one division and asks for its approval. */
async function plan(inspector) {
  await go(inspector, "督查检查");
  await inspector.getByRole("button", { name: "督查立项" }).first().click();
  const dialog = inspector.getByRole("dialog");
  await dialog.getByLabel("名称").fill(inspected);
  await dialog.getByLabel("结束日期").fill("2017-09-29");
  await dialog.getByLabel("依据").fill("《国务院办公厅关于加强政务公开督查的意见》");
  await dialog.getByLabel("范围").fill("办事指南公布情况");
  await dialog.getByLabel("督查事项").fill("办事指南是否按期公布");
  await dialog.getByLabel("核对清单").fill("办事指南已在门户网站公布\n办事指南载明办理时限");
  await pick(dialog, "督查方式", "调阅、复制资料");
  await pick(dialog, "督查对象", "政策法规处");
  await dialog.getByRole("button", { name: "督查立项" }).click();
  await inspector.waitForURL(/\/inspections\/[0-9a-z]{13}/);
  await act(inspector, "提请审批");
  await seen(inspector, "待审批");
  say("inspector", "planned an inspection and asked for approval");
}

/** onTheSpot opens the inspection, goes through its list and records what does not conform. */
async function onTheSpot(inspector) {
  await inspector.reload();
  await act(inspector, "启动");
  await seen(inspector, "进行中");
  await inspector.getByRole("tab", { name: "现场核对" }).click();
  for (const [item, outcome] of [
    ["办事指南已在门户网站公布", "不符合"],
    ["办事指南载明办理时限", "符合"],
  ])
    await inspector.getByRole("group", { name: item }).getByRole("button", { name: outcome, exact: true }).click();
  await seen(inspector, "已核对 2 / 2");
  say("inspector", "went through the list on the spot");
  await inspector.getByRole("tab", { name: "发现问题" }).click();
  await inspector.getByRole("button", { name: "记录问题" }).first().click();
  await fill(inspector, "记录问题", {
    问题: "三份办事指南未按期公布",
    依据: "《政府信息公开条例》第九条",
    整改要求: "限期补齐并公布",
  });
  await seen(inspector, "三份办事指南未按期公布");
  say("inspector", "recorded a finding");
}

/** serve turns the finding into a notice and serves it. */
async function serve(inspector) {
  await inspector.getByRole("button", { name: "拟发整改通知书" }).first().click();
  await fill(inspector, "拟发整改通知书", { 标题: "限期整改通知书" });
  await inspector.waitForURL(/\/notices\/[0-9a-z]{13}/);
  await act(inspector, "送达", { "整改期限（工作日）": "15" });
  await seen(inspector, "已送达");
  say("inspector", "served the notice");
  return inspector.url().match(/notices\/([0-9a-z]{13})/)[1];
}

/** cure signs for the notice, answers it with proof, and has the answer verified. */
async function cure(head, inspector) {
  await go(head, "我的待办");
  await find(head, "限期整改通知书");
  await act(head, "签收");
  await seen(head, "已签收");
  const file = { name: "整改照片说明.txt", mimeType: "text/plain", buffer: Buffer.from("三份办事指南已公布\n") };
  await head.locator("input[type=file]").first().setInputFiles(file);
  await head.getByRole("link", { name: file.name }).waitFor();
  await act(head, "回复", { 整改措施: "已补齐并公布三份办事指南", 整改结果: "整改到位" });
  await seen(head, "已回复，待核查");
  say("head", "signed for it and replied");
  await go(inspector, "我的待办");
  await find(inspector, "限期整改通知书");
  await act(inspector, "核查销号", { 核查意见: "现场核查属实" });
  await seen(inspector, "已销号");
  say("inspector", "verified the cure");
}

/** conclude ends the work on the spot and writes the conclusion, as a whole and for the division. */
async function conclude(inspector) {
  await go(inspector, "督查检查");
  await find(inspector, inspected);
  await act(inspector, "结束现场督查");
  await seen(inspector, "现场结束，待作结论");
  await act(inspector, "作出督查结论", {
    总体结论: "检查1个单位，发现问题1个，已整改到位。",
    对政策法规处的结论: "政策法规处三份办事指南未按期公布，已整改。",
  });
  await seen(inspector, "已作结论");
  say("inspector", "concluded the inspection");
}
