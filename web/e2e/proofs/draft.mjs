// A report written while the network is away survives a reload, and nothing of it is lost.
import { check, say } from "../acts.mjs";

export const title = "a draft written offline survives a reload";

export async function proof({ enter, ask }) {
  const { page, context, faults } = await enter("clerk", "offline");
  const duty = (await ask(page, "/duties?mine=true&status=active&limit=1")).items[0].id;
  await page.goto(`/duties/${duty}/report`);
  const words = "断网时填写的进展：已完成现场核对，正在汇总材料。";
  await page.getByLabel("进展情况").waitFor();
  await context.setOffline(true);
  await page
    .getByText(/网络已断开|离线|断网/)
    .first()
    .waitFor();
  await page.getByLabel("进展情况").fill(words);
  await page.getByRole("spinbutton", { name: "完成进度" }).fill("41");
  await page.waitForTimeout(1000);
  await context.setOffline(false);
  await page.reload();
  check((await page.getByLabel("进展情况").inputValue()) === words, "the text was lost");
  check((await page.getByRole("spinbutton", { name: "完成进度" }).inputValue()) === "41", "the figure was lost");
  say("clerk", "found the draft again");
  faults.splice(0, faults.length, ...faults.filter(fault => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(fault)));
}
