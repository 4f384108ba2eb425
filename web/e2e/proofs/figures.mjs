// A figure is asked for by two tasks and given once: the second report finds it with its source. A correction changes it, and both
// versions are read side by side.
import { act, check, fill, say, seen } from "../acts.mjs";

export const title = "a figure is given once, found by the next report, corrected, compared";

const send = (page, method, path, body, version) =>
  page.evaluate(
    async ([how, at, text, match]) => {
      const head = { "Content-Type": "application/json", "Idempotency-Key": `${Math.random()}` };
      if (match) head["If-Match"] = `"${match}"`;
      return (await fetch(`/api/v1${at}`, { method: how, headers: head, body: text })).json();
    },
    [method, path, JSON.stringify(body), version],
  );

export async function proof({ enter, ask }) {
  const office = (await enter("office")).page;
  const clerk = (await enter("clerk")).page;
  const head = (await enter("head")).page;
  const duties = (await ask(clerk, "/duties?mine=true&status=active&limit=100")).items;
  const quarterly = [];
  for (const duty of duties) {
    const asked = (await ask(clerk, `/duties/${duty.id}/due-reports`)).items;
    if (asked.some(one => one.state === "due" && /Q\d$/.test(one.period) && !one.report_id)) quarterly.push(duty);
  }
  const [first, second] = quarterly;
  check(second, "the clerk has two duties with a quarterly report");
  const name = `主动公开信息数 ${Date.now() % 100_000}`;
  const made = await send(office, "POST", "/indicators", { name, measure: "条", every: "quarter", gather: "sum" });
  for (const duty of [first, second]) {
    const { version } = await ask(office, `/plans/${duty.plan_id}/reporting`);
    const body = { task_id: duty.task_id, cycle: "quarterly", indicator_ids: [made.id], reason: "统一口径" };
    await send(office, "POST", `/plans/${duty.plan_id}/reporting`, body, version);
  }
  say("office", "asks two tasks for one figure");

  await clerk.goto(`/duties/${first.id}?tab=reports`);
  await clerk.getByRole("row", { name: /待报/ }).getByRole("link", { name: "填报" }).click();
  await clerk.getByLabel("进展情况").fill("本季度公开事项均已按时发布，台账齐全。");
  await clerk.getByLabel(name).fill("1280");
  await clerk.getByRole("button", { name: "检查并报送" }).click();
  await fill(clerk, "报送", {
    "": async dialog => check(await dialog.getByText("1280").count(), "the look over it shows the figure"),
  });
  await seen(clerk, "待单位审核");
  await pass(head, office, first.id, "公开事项均已按时发布");
  say("clerk", "gave it; head and office passed it");

  await clerk.goto(`/duties/${second.id}/report`);
  await seen(clerk, /来源：/);
  check((await clerk.getByText("1280").count()) === 1, "the second report shows what is confirmed");
  check((await clerk.getByLabel(name).count()) === 0, "and does not ask for it again");
  say("clerk", "finds it given in the second report");

  await clerk.goto(`/duties/${first.id}?tab=reports`);
  await act(clerk, "更正", { 理由: "漏计新媒体信息" });
  await clerk.getByLabel(name).fill("1300");
  await clerk.getByRole("button", { name: "检查并报送" }).click();
  await fill(clerk, "报送", { "": async () => undefined });
  await seen(clerk, "待单位审核");
  await pass(head, office, first.id, "更正 · 第 2 版");
  await clerk.goto(`/duties/${first.id}?tab=reports`);
  await clerk.getByRole("button", { name: "与更正前对照" }).first().click();
  const row = clerk.getByRole("dialog").getByRole("region", { name: new RegExp(name) });
  await row.getByText("有改动").waitFor();
  check(/1280[\s\S]*1300/.test(await row.innerText()), "both figures stand side by side");
  const figures = (await ask(office, `/indicators/${made.id}/figures`)).items;
  check(figures.length === 2 && figures[1].value === 1300, "the correction is in force");
  say("clerk", "corrected it and compared both versions");
}

/** pass takes a report through the unit's review and the office's confirmation. */
async function pass(head, office, duty, words) {
  for (const [page, name, state] of [
    [head, "单位审核", "reviewed"],
    [office, "确认", "confirmed"],
  ]) {
    await page.goto(`/duties/${duty}?tab=reports`);
    await seen(page, words);
    await act(page.getByRole("main"), name);
    await page.waitForFunction(
      async ([id, wanted]) => {
        const { items } = await (await fetch(`/api/v1/duties/${id}/reports?limit=200`)).json();
        return items.at(-1).status === wanted;
      },
      [duty, state],
      { polling: 300 },
    );
  }
}
