// axe (WCAG 2.2 AA) over every screen × language × look; no screen scrolls sideways. QUICK=1 takes Chinese in the light and the dark.
import { readFileSync } from "node:fs";
import { addressOf, prepare, screens } from "../screens.mjs";

const quick = process.env.QUICK === "1";
export const title = "axe finds nothing on any screen, and none scrolls sideways";

const source = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const looks = quick ? [{}, { scheme: "dark" }] : [{}, { text: "huge" }, { scheme: "dark" }];
const languages = quick ? ["zh-CN"] : ["zh-CN", "en"];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const only = process.env.SCREENS?.split(",");

/** violations runs axe past the page's own policy, which forbids foreign scripts. */
async function violations(page, context) {
  const session = await context.newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: source });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.length, v.nodes.slice(0, 3).map(n => n.html.slice(0, 140) + " :: " + (n.any[0]?.message ?? n.all[0]?.message ?? ""))])))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(result.value);
}

export async function proof({ enter, ask, browser, base, password, people, visit, signIn }) {
  const values = await prepare({ enter, ask });
  await findsSomething(await visit(browser, base));
  const bad = [];
  let count = 0;
  for (const language of languages) {
    for (const settings of looks) {
      const opened = new Map();
      for (const [name, who, path] of screens) {
        if (only && !only.includes(name)) continue;
        if (!opened.has(who)) {
          const person = await visit(browser, base, { language, settings });
          if (who) await signIn(person.page, people[who], password);
          opened.set(who, person);
        }
        const { page, context, faults } = opened.get(who);
        await page.goto(addressOf(path, values));
        await settled(page);
        const found = await violations(page, context);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        count++;
        if (found.length || sideways || faults.length)
          bad.push(
            `${name} ${language} ${JSON.stringify(settings)} ${JSON.stringify([...found, ...faults.splice(0)])}${sideways ? " scrolls sideways" : ""}`,
          );
      }
      for (const person of opened.values()) await person.context.close();
    }
  }
  console.log(`  ${count} screens looked at`);
  if (bad.length) throw new Error(`${bad.length} screens\n${bad.join("\n")}`);
}

/** findsSomething makes sure that the tool is at work: a picture without a text has to be found. */
async function findsSomething({ page, context }) {
  await page.goto("/sign-in");
  await settled(page);
  await page.evaluate(() => document.body.append(new Image(10, 10)));
  const found = await violations(page, context);
  await context.close();
  if (!found.some(([id]) => id === "image-alt")) throw new Error("axe did not find a picture without a text");
}

/** settled waits until nothing is being loaded any more; the stream of news never ends, so the network is never idle. */
export async function settled(page) {
  await page.waitForLoadState("load");
  await page
    .waitForFunction(() => document.querySelector("h1") && !document.querySelector('main [role="status"][aria-label]'), null, {
      timeout: 10_000,
    })
    .catch(() => undefined);
  await page.waitForTimeout(150);
}
