// The ledger over more than ten thousand duties: what its operations cost in main-thread CPU, how many nodes and how much memory the
// page takes, and that it says plainly where it stops. The duties are made as an office makes them: a plan for every county, issued.
import { check, say } from "../acts.mjs";

export const title = "the ledger of ten thousand duties within its budgets";

/** Milliseconds of CPU, nodes, and megabytes; SLOW widens the first where others work on the machine (see budgets.mjs). */
const steps = 40;
const slow = Number(process.env.SLOW ?? 1);
const limits = { act: 100 * slow, first: 300 * slow, scroll: steps * 34 * slow, nodes: 1500, heap: 60 };
const tasks = 84; // each for the office and 125 counties
const shown = 10_000;

function document() {
  const line = k => `${k}. 办第${k}项县级工作。（办公室牵头，各县市区教育局配合，2017年12月${1 + (k % 28)}日前完成）`;
  return ["2016年县级工作要点", "", "一、县级工作", ...Array.from({ length: tasks }, (_, k) => line(k + 1))].join("\n");
}

/** issue draws up the plan and issues it, with what lint warns of acknowledged. */
const issue = (page, text) =>
  page.evaluate(async body => {
    const send = async (method, path, content, version) => {
      const head = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
      if (version) head["If-Match"] = `"${version}"`;
      const answer = await fetch(`/api/v1${path}`, { method, headers: head, body: content && JSON.stringify(content) });
      const said = await answer.json();
      if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`);
      return said;
    };
    const { plan } = await send("POST", "/plans", { text: body, year: 2016 });
    const { findings } = await send("GET", `/plans/${plan.id}/lint`);
    const done = await send("POST", `/plans/${plan.id}/issue`, { acknowledge: findings.map(one => one.key) }, plan.version);
    return { id: plan.id, duties: done.duties };
  }, text);

/** weigh reads the whole ledger as the page does: its packed bytes and the time the server takes. */
const weigh = (page, plan, most) =>
  page.evaluate(
    async ([id, rows]) => {
      const sum = { bytes: 0, ms: 0, rows: 0 };
      for (let after = ""; sum.rows < rows; ) {
        const at = `/api/v1/ledger?q=plan:${id}&brief=true&limit=1000&after=${encodeURIComponent(after)}`;
        const answer = await fetch(at, { cache: "no-store" });
        const said = await answer.json();
        const [entry] = performance.getEntriesByName(new URL(at, location.href).href);
        sum.bytes += entry.encodedBodySize;
        sum.ms += entry.responseStart - entry.requestStart;
        sum.rows += said.items.length;
        after = said.next;
        if (!after) break;
      }
      return sum;
    },
    [plan, most],
  );

export async function proof({ enter }) {
  const { page, context } = await enter("office");
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" }); // time on the processor, not on the clock
  const metric = async name => (await session.send("Performance.getMetrics")).metrics.find(one => one.name === name).value;
  const cpu = async () => 1000 * (await metric("TaskDuration"));
  const heap = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await metric("JSHeapUsedSize")) / 1e6;
  };
  const measure = async (name, act, limit = limits.act) => {
    await page.waitForTimeout(400);
    await heap(); // what acts before have left is not for this one to clear away
    const before = await cpu();
    await act();
    await page.waitForTimeout(300);
    const took = Math.round((await cpu()) - before);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    say("cpu", `${name}: ${took} ms of ${limit}, ${nodes} nodes of ${limits.nodes}`);
    check(took <= limit, `${name} took ${took} ms of CPU, ${limit} are allowed`);
    check(nodes <= limits.nodes, `${nodes} nodes in the document, ${limits.nodes} are allowed`);
  };

  const { id, duties } = await issue(page, document());
  say("office", `a plan of ${duties} duties is issued`);
  check(duties > shown, `only ${duties} duties`);
  const weight = await weigh(page, id, shown);
  say(
    "api",
    `${weight.rows} rows: ${Math.round(weight.bytes / 1000)} KB packed of 250, ${Math.round(weight.ms)} ms to the first byte`,
  );
  check(weight.bytes <= 250_000, `${weight.bytes} bytes for ${weight.rows} rows`);

  await page.goto("/ledger?layout=list&q=no-such-row");
  await page.getByText("没有符合条件的事项").waitFor();
  const empty = await heap();
  await page.goto("/favicon.svg");
  const before = await cpu();
  await page.goto(`/ledger?plan_id=${id}`);
  const grid = page.getByRole("treegrid");
  await page.locator("[role=row]").nth(2).waitFor(); // plain CSS: reading roles would cost the page some of what is measured
  const after = await cpu();
  const first = Math.round(after < before ? after : after - before); // a page in a new process counts from nothing
  say("cpu", `first rows: ${first} ms of ${limits.first}`);
  check(first <= limits.first, `the first rows took ${first} ms of CPU, ${limits.first} are allowed`);
  await page.getByText(`已显示时限最早的 ${shown} 项`).first().waitFor({ timeout: 60_000 });
  const grown = Math.round((await heap()) - empty);
  say("heap", `${grown} MB of ${limits.heap}`);
  check(grown <= limits.heap, `the page grew by ${grown} MB, ${limits.heap} are allowed`);

  const rows = async () => Number(await grid.getAttribute("aria-rowcount")) - 1;
  const button = name => page.getByRole("button", { name, exact: true });
  await measure("shut all", () => button("全部收起").click());
  check((await rows()) < 10, `${await rows()} rows when all are shut`);
  await measure("open all", () => button("全部展开").click());
  check((await rows()) >= shown, `${await rows()} rows when all are open`);
  await grid.focus();
  await measure("shut all by key", () => page.keyboard.press("Shift+ArrowLeft"));
  await measure("open all by key", () => page.keyboard.press("Shift+ArrowRight"));
  await measure("sort by due date", () => button("按完成时限排序").click());
  await measure("sort by light", () => button("按亮灯排序").click());
  await measure("go to the end", () => grid.press("End"));
  await grid.hover();
  const wheel = async () => {
    for (let i = 0; i < steps; i++) {
      await page.mouse.wheel(0, -600);
      await page.waitForTimeout(25);
    }
  };
  await measure(`${steps} steps of the wheel`, wheel, limits.scroll);
  const field = page.getByRole("combobox", { name: "在台账中查找" });
  await field.focus();
  await measure("one key in the filter", () => page.keyboard.type("第"));
}
