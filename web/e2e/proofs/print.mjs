// What comes out of the printer is what was asked for: as many rows as the filter counts, although only those in sight are in the page.
import { check, say } from "../acts.mjs";

export const title = "the printed ledger has as many rows as the filter counts";

export async function proof({ enter, ask }) {
  const { page } = await enter("office", "print");
  const duties = (await ask(page, "/duties?limit=200")).items;
  const units = new Map();
  for (const one of duties) units.set(one.unit_id, (units.get(one.unit_id) ?? 0) + 1);
  const [unit] = [...units].sort((a, b) => b[1] - a[1])[0];
  const held = duties.find(one => one.unit_id === unit).unit_name;
  for (const [question, said] of [
    [`unit_id=${unit}`, `单位：${held}`],
    ["light=red", "灯色：红灯"],
    ["ended=true&light=red&clock=original", "灯色：红灯；含已办结"],
    ["q=第&status=active", "状态：承办中；检索：第"],
  ]) {
    await page.goto(`/ledger?layout=list&${question}`);
    const grid = page.getByRole("treegrid").or(page.getByRole("grid")).first();
    await grid.waitFor();
    await page
      .getByRole("status")
      .filter({ hasText: /^共 \d+ 项/ })
      .waitFor({ timeout: 60_000 });
    const asked = Number(/\d+/.exec(await page.getByRole("status").filter({ hasText: /^共/ }).textContent())[0]);
    const before = await page.evaluate(() => document.querySelectorAll('[role="row"]').length - 1);
    await page.evaluate(() => {
      window.printed = undefined;
      addEventListener(
        "beforeprint",
        () => {
          const rows = [...document.querySelectorAll('[role="row"]')].slice(1);
          window.printed = {
            rows: rows.length,
            different: new Set(rows.map(row => row.textContent + row.querySelector("a")?.href)).size,
          };
        },
        { once: true },
      );
    });
    const paper = await page.pdf({ format: "A4", landscape: true });
    const printed = await page.evaluate(() => window.printed);
    const pages = paper.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    check(printed, "the page is not told that it is printed");
    say("office", `${question}: ${asked} asked for, ${before} rows in the page, ${printed.rows} printed on ${pages} pages`);
    check(printed.rows === asked, `${printed.rows} rows are printed, the filter counts ${asked}`);
    check(printed.different === asked, `${printed.different} different rows are printed of ${asked}`);
    check(pages >= Math.ceil(asked / 60) && pages <= Math.ceil(asked / 8), `${asked} rows on ${pages} pages`);
    await onPaper(page, said, question.includes("clock=original") ? "原定时限" : "现行时限");
    const back = await page.evaluate(() => document.querySelectorAll('[role="row"]').length - 1);
    check(back <= Math.max(before, 60), `${back} rows stay in the page after printing`);
  }
}

/** onPaper looks at the sheet as it is drawn: it carries whose list it is, columns stand under their titles, nothing leaves it, no row is a column of single characters. */
async function onPaper(page, asked, clock) {
  await page.setViewportSize({ width: 1060, height: 750 });
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const seen = await page.evaluate(() => {
    const [head, ...rows] = document.querySelectorAll('[role="row"]');
    const lefts = row =>
      [...row.children]
        .map(cell => cell.getBoundingClientRect())
        .filter(box => box.width > 0)
        .map(box => Math.round(box.left));
    return {
      crooked: rows.filter(row => String(lefts(row)) !== String(lefts(head))).length,
      high: Math.max(...rows.map(row => row.getBoundingClientRect().height)),
      wide: Math.max(...rows.map(row => row.getBoundingClientRect().right)) - innerWidth,
      said: document.querySelector("main").innerText,
    };
  });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1366, height: 768 });
  check(seen.crooked === 0, `${seen.crooked} rows do not stand under the titles`);
  check(seen.high < 120, `a row is ${seen.high} px high`);
  check(seen.wide <= 1, `rows leave the sheet by ${seen.wide} px`);
  for (const part of ["岚江省教育厅", "截至 2017-09-20", "筛选：计划：", asked, `时限口径：${clock}`, "打印人：苏文清"])
    check(seen.said.includes(part), `the sheet does not say ${part}`);
  const codes = /\b(light|status|is|plan|unit|lead|leader|due|original):/.exec(seen.said);
  check(!codes, `the sheet says the filter in codes: ${codes?.[0]}`);
}
