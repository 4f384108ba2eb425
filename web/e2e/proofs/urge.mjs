// One bulk urge, whole: the office sees whom it reaches, what was urged just now is left out, the unit reads it and replies, the office sees both.
import { act, check, say, seen } from "../acts.mjs";

export const title = "many urged at once with a preview; read, answered and seen to be";

export async function proof({ enter, ask }) {
  const office = (await enter("office")).page;
  const clerk = (await enter("clerk")).page;
  const [first, second] = (await ask(clerk, "/duties?mine=true&status=active&limit=2")).items;
  await office.goto(`/duties/${first.id}?tab=urges`);
  await office.waitForLoadState("load");
  let answer;
  const held = new Promise(done => {
    answer = done;
  });
  await office.route("**/api/v1/duties/*/urges", async route => {
    await held;
    await route.continue();
  });
  await act(office, "催办", { 催办内容: "请先报送阶段进展。" });
  await seen(office, "请先报送阶段进展。");
  await seen(office, "正在发送");
  answer();
  await office.getByText("正在发送").waitFor({ state: "detached" });
  await seen(office, "请先报送阶段进展。");
  await office.unroute("**/api/v1/duties/*/urges");
  say("office", "urged one duty: it was shown before the server had answered");

  await office.goto(`/ledger?layout=list&unit_id=${first.unit_id}`);
  for (const duty of [first, second]) {
    const row = office.getByRole("row").filter({ has: office.locator(`a[href="/duties/${duty.id}"]`) });
    await row.getByRole("checkbox").check();
  }
  await office.getByRole("button", { name: /^催办/ }).first().click();
  const dialog = office.getByRole("dialog");
  await dialog.getByText(/可催办 2 项，送达 \d+ 人/).waitFor();
  await dialog.getByText("1 项在 24 小时内催办过").waitFor();
  await dialog.getByText("跳过：冷却期内").waitFor();
  await dialog.getByText("请先报送阶段进展。").waitFor({ state: "detached" });
  await dialog.getByLabel("催办内容").fill("请于本周五前报送办理进展。");
  await dialog.getByRole("button", { name: "催办 1 项" }).click();
  await dialog.getByText("已催办 1 项，未催办 0 项。").waitFor();
  await dialog.getByText("已跳过").waitFor();
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  say("office", "urged the other one, the first was left out by the cool-down");

  await clerk.goto(`/duties/${second.id}?tab=urges`);
  await seen(clerk, "请于本周五前报送办理进展。");
  await clerk.evaluate(() =>
    fetch("/api/v1/messages/read", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
      body: "{}",
    }),
  );
  await act(clerk, "回复催办", { 回复: "本周五前报送。" });
  await seen(clerk, "已回复");
  say("clerk", "read it and replied");

  await office.goto(`/duties/${second.id}?tab=urges`);
  await seen(office, "本周五前报送。");
  const read = await office
    .getByText(/\d+ 人中 \d+ 人已读/)
    .first()
    .textContent();
  check(/人中 [1-9]/.test(read), `nobody has read it: ${read}`);
  say("office", `sees the reply, and ${read}`);
}
