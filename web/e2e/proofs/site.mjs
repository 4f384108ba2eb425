// A check on the spot without a network: what is found is kept on the device, survives a reload, is sent when the network is back, and
// where a colleague wrote the same item meanwhile both versions are shown to choose from. A finding goes the same way, and is recorded once.
import { check, fill, say, seen } from "../acts.mjs";
import { prepared } from "../walk.mjs";

export const title = "checks on the spot are kept without a network, sent afterwards, and a conflict is the reader's choice";

const note = `断网时现场记录：招生简章未公示（${Date.now()}）。`;

const fault = `招生简章未在网上公开（${Date.now()}）`;

export async function proof(kit) {
  const { enter, ask, values } = await prepared(kit);
  const { page, context, faults } = await enter("inspector", "offline");
  const path = `/inspections/${values.running}`;
  const found = async (unit, item) =>
    (await ask(page, `${path}/checks`)).items.find(one => one.unit_id === unit && one.item === item);
  const inspection = await ask(page, path);
  const unit = inspection.units[0].id;
  await page.goto(`${path}?tab=checks`);
  const item = page.getByRole("group", { name: inspection.items[0].text }).first();
  await item.waitFor();
  const before = await found(unit, 0);

  await context.setOffline(true);
  const outcome = before?.outcome === "violates" ? "部分符合" : "不符合";
  await item.getByRole("button", { name: outcome, exact: true }).click();
  await page.getByText("未同步").first().waitFor();
  await page.getByLabel("现场记录").first().fill(note);
  await page.getByRole("button", { name: "保存记录" }).first().click();
  await page.getByText("1 项记录只存在本机").waitFor();
  say("inspector", "recorded a check without a network; it is marked as not sent");

  // A colleague writes the same item before the device is back.
  const colleague = (await enter("inspector", "colleague")).page;
  await colleague.goto("/settings");
  const status = await colleague.evaluate(
    async ([at, body]) =>
      (
        await fetch(`/api/v1${at}/checks`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
          body: JSON.stringify(body),
        })
      ).status,
    [path, { items: [{ unit_id: unit, item: 0, outcome: "conforms", note: "已补公示。", version: before?.version ?? 0 }] }],
  );
  check(status === 200 || status === 201, `the colleague's check got ${status}`);
  await context.setOffline(false);
  await page.reload();
  await page.getByText("其他成员已先更新此项").waitFor();
  await page.getByText(note).first().waitFor();
  await page.getByText("已补公示。").first().waitFor();
  say("inspector", "came back, and sees the colleague's version beside the kept one");
  await page.getByRole("button", { name: "用本机的" }).click();
  await page.getByText("未同步").first().waitFor({ state: "detached" });
  await page.getByText("其他成员已先更新此项").waitFor({ state: "detached" });
  const now = await found(unit, 0);
  check(now.note === note, `the server has "${now.note}"`);
  say("inspector", "chose the own one; the server has it");

  await context.setOffline(true);
  await item.getByRole("button", { name: "符合", exact: true }).click();
  await page.getByText("未同步").first().waitFor();
  await context.setOffline(false);
  await page.getByText("未同步").first().waitFor({ state: "detached" });
  check((await found(unit, 0)).outcome === "conforms", "what was kept was not sent when the network came back");
  say("inspector", "another check went by itself when the network was back");

  await finding(
    page,
    item,
    async () =>
      (await ask(page, `/findings?inspection_id=${values.running}&limit=100`)).items.filter(one => one.description === fault)
        .length,
  );
  faults.splice(0, faults.length, ...faults.filter(fault => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(fault)));
}

/** finding records a finding from an item while its way to the server is cut; it survives a reload and is sent, once, when asked. */
async function finding(page, item, recorded) {
  const way = "**/inspections/*/findings";
  await page.route(way, route => route.abort());
  await item.getByRole("button", { name: "不符合", exact: true }).click();
  await page.getByRole("button", { name: "据此记录问题" }).first().click();
  await fill(page, "记录问题", { 问题: fault, 依据: "《政府信息公开条例》第九条" });
  await seen(page, "问题已保存到本机");
  await page.reload();
  await seen(page, fault);
  check((await recorded()) === 0, "the finding came to the server although its way was cut");
  say("inspector", "recorded a finding without a way to the server; it is there after a reload");
  await page.unroute(way);
  await page.getByRole("button", { name: "立即上传" }).first().click();
  await page.getByText(fault).first().waitFor({ state: "detached" });
  check((await recorded()) === 1, `the server has the finding ${await recorded()} times`);
  say("inspector", "sent it; the server has it once");
}
