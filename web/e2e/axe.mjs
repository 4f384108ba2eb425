// Runs axe (WCAG 2.2 AA) over pages: node e2e/axe.mjs BASE LOGIN PASSWORD path …   Each in zh-CN and en, standard, huge and dark.
import { readFileSync } from "node:fs";
import { launch, signIn, visit } from "./browser.mjs";

const [base, login, password, ...paths] = process.argv.slice(2);
const source = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const looks = [{}, { text: "huge" }, { scheme: "dark" }];
const quick = process.env.QUICK === "1";
const browser = await launch();
let bad = 0;
for (const language of quick ? ["zh-CN"] : ["zh-CN", "en"]) {
  for (const settings of quick ? [{}, { scheme: "dark" }] : looks) {
    const { page, context, faults } = await visit(browser, base, { language, settings });
    if (login !== "-") await signIn(page, login, password);
    for (const path of paths) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      await page.waitForTimeout(200);
      const session = await context.newCDPSession(page); // past the page's own policy, which forbids foreign scripts
      await session.send("Runtime.evaluate", { expression: source });
      const { result } = await session.send("Runtime.evaluate", {
        expression: `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.length, v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + " :: " + (n.any[0]?.message ?? n.all[0]?.message ?? ""))])))`,
        awaitPromise: true,
        returnByValue: true,
      });
      const violations = JSON.parse(result.value);
      const cut = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      if (violations.length || faults.length || cut) {
        bad++;
        console.log(
          language,
          JSON.stringify(settings),
          path,
          JSON.stringify(violations, null, 1),
          faults.splice(0),
          cut ? "scrolls sideways" : "",
        );
      } else console.log("ok", language, JSON.stringify(settings), path);
    }
    await context.close();
  }
}
await browser.close();
process.exit(bad ? 1 : 0);
