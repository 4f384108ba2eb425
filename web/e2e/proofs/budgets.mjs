// Ten thousand rows: main-thread CPU of folding, jumping, sorting and scrolling (not wall time, which the machine's load would blur), and
// how many nodes the document holds meanwhile.
import { check, say } from "../acts.mjs";

export const title = "ten thousand rows within their budgets";

/**
 * Milliseconds of CPU: 100 for one act; a step of the wheel may take a frame of 34. SLOW widens both where others work on the machine.
 */
const steps = 40;
const slow = Number(process.env.SLOW ?? 1);
const limits = { act: 100 * slow, scroll: steps * 34 * slow, nodes: 1500 };
const [sections, tasks] = [40, 250];
const numerals = [..."一二三四五六七八九十"];

/** numeral is a number up to 99 as a document counts its sections. */
function numeral(n) {
  if (n <= 10) return numerals[n - 1];
  const tens = n < 20 ? "" : numerals[Math.floor(n / 10) - 1];
  return `${tens}十${n % 10 ? numerals[(n % 10) - 1] : ""}`;
}

function document() {
  const lines = ["2019年大规模工作要点", ""];
  for (let s = 1; s <= sections; s++) {
    lines.push(`${numeral(s)}、第${numeral(s)}方面工作`);
    for (let k = 1; k <= tasks; k++) lines.push(`${k}. 办第${k}项。（办公室牵头）`);
  }
  return lines.join("\n");
}

const cpu = async session => {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(one => one.name === "TaskDuration").value;
};

export async function proof({ enter }) {
  const { page, context } = await enter("office");
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" }); // time on the processor, not on the clock
  const measure = async (name, act, limit = limits.act) => {
    await page.waitForTimeout(400);
    const before = await cpu(session);
    await act();
    await page.waitForTimeout(300);
    const took = Math.round((await cpu(session)) - before);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    say("cpu", `${name}: ${took} ms of ${limit}, ${nodes} nodes of ${limits.nodes}`);
    check(took <= limit, `${name} took ${took} ms of CPU, ${limit} are allowed`);
    check(nodes <= limits.nodes, `${nodes} nodes in the document, ${limits.nodes} are allowed`);
  };
  const plan = await page.evaluate(async text => {
    const head = { "Content-Type": "application/json", "Idempotency-Key": `budget ${Date.now()}` };
    const answer = await fetch("/api/v1/plans", { method: "POST", headers: head, body: JSON.stringify({ text, year: 2019 }) });
    return (await answer.json()).plan.id;
  }, document());
  await page.goto(`/plans/${plan}`);
  const grid = page.getByRole("treegrid");
  await grid.waitFor({ timeout: 60_000 });
  const rows = Number(await grid.getAttribute("aria-rowcount")) - 1;
  say("office", `a plan of ${rows} rows`);
  check(rows >= 10_000, `only ${rows} rows`);
  await grid.focus();
  await page.keyboard.press("Home");
  await measure("shut a section", () => page.keyboard.press("ArrowLeft"));
  await measure("open a section", () => page.keyboard.press("ArrowRight"));
  await measure("go to the end", () => page.keyboard.press("End"));
  await measure("go to the top", () => page.keyboard.press("Home"));
  await grid.hover();
  const wheel = async () => {
    for (let i = 0; i < steps; i++) {
      await page.mouse.wheel(0, 600);
      await page.waitForTimeout(25);
    }
  };
  await measure(`${steps} steps of the wheel`, wheel, limits.scroll);
}
