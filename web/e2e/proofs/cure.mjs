// One finding to its verified cure: inspection, finding, notice, receipt, reply, verification; by page only.
import { act, check, fill, say, seen } from "../acts.mjs";

export const title = "one finding from the inspection to its verified cure";

export async function proof({ enter }) {
  const inspector = (await enter("inspector")).page;
  await inspector.goto("/inspections");
  await inspector.getByRole("button", { name: "督查立项" }).first().click();
  const dialog = inspector.getByRole("dialog");
  await dialog.getByLabel("名称").fill("办事指南专项督查");
  await dialog.getByLabel("结束日期").fill("2017-09-29");
  await dialog.getByLabel("依据").fill("《国务院办公厅关于加强政务公开督查的意见》");
  await dialog.getByLabel("范围").fill("办事指南公布情况");
  await dialog.getByLabel("督查对象").fill("政策法规处");
  await inspector.getByRole("option", { name: "政策法规处" }).first().click();
  await inspector.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "督查立项" }).click();
  await inspector.waitForURL(/\/inspections\/[0-9a-z]{13}/);
  say("inspector", "opened an inspection");
  await act(inspector, "启动");
  await seen(inspector, "进行中");
  await inspector.getByRole("button", { name: "记录问题" }).first().click();
  await fill(inspector, "记录问题", {
    问题: "三份办事指南未按期公布",
    依据: "《政府信息公开条例》第九条",
    整改要求: "限期补齐并公布",
  });
  await seen(inspector, "三份办事指南未按期公布");
  say("inspector", "recorded a finding");
  await inspector.getByRole("button", { name: "拟发整改通知书" }).first().click();
  await fill(inspector, "拟发整改通知书", { 标题: "限期整改通知书" });
  await inspector.waitForURL(/\/notices\/[0-9a-z]{13}/);
  const notice = inspector.url().match(/notices\/([0-9a-z]{13})/)[1];
  await act(inspector, "送达", { "整改期限（工作日）": "15" });
  await seen(inspector, "已送达");
  say("inspector", "served the notice");

  const head = (await enter("head")).page;
  await head.goto(`/notices/${notice}`);
  await act(head, "签收");
  await seen(head, "已签收");
  const file = { name: "整改照片说明.txt", mimeType: "text/plain", buffer: Buffer.from("三份办事指南已公布\n") };
  await head.locator("input[type=file]").first().setInputFiles(file);
  await head.getByRole("link", { name: file.name }).waitFor();
  await act(head, "回复", { 整改措施: "已补齐并公布三份办事指南", 整改结果: "整改到位" });
  await seen(head, "已回复，待核查");
  say("head", "signed for it and replied");

  await inspector.goto(`/notices/${notice}`);
  await act(inspector, "核查销号", { 核查意见: "现场核查属实" });
  await seen(inspector, "已销号");
  say("inspector", "verified the cure");
  const state = await head.evaluate(async id => (await (await fetch(`/api/v1/notices/${id}`)).json()).status, notice);
  check(state === "closed", `the notice is ${state}`);
}
