// axe (WCAG 2.2 AA) over every screen × language × look; no screen scrolls sideways.
import { readFileSync } from "node:fs";
import { settled } from "../screens.mjs";
import { prepared, sideways, told, walk } from "../walk.mjs";

export const title = "axe finds nothing on any screen";

const source = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const settings = [{}, { text: "huge" }, { scheme: "dark" }];
const languages = ["zh-CN", "en"];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** violations runs axe past the page's own policy, which forbids foreign scripts. */
export async function violations({ page, context }) {
  const session = await context.newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: source });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.length, v.nodes.slice(0, 3).map(n => n.html.slice(0, 140) + " :: " + (n.any[0]?.message ?? n.all[0]?.message ?? ""))])))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(result.value).map(found => JSON.stringify(found));
}

export async function proof(kit) {
  const all = await prepared(kit);
  await findsSomething(await kit.visit(kit.browser, kit.base));
  const looks = languages.flatMap(language => settings.map(one => ({ language, settings: one })));
  const bad = [];
  for (const look of looks)
    bad.push(...(await walk(all, look, async person => [...(await violations(person)), ...(await sideways(person.page))])));
  told(bad, looks.length);
}

/** findsSomething makes sure that the tool is at work: a picture without a text has to be found. */
export async function findsSomething(person) {
  const { page, context } = person;
  await page.goto("/sign-in");
  await settled(page);
  await page.evaluate(() => document.body.append(new Image(10, 10)));
  const found = await violations(person);
  await context.close();
  if (!found.some(one => one.includes("image-alt"))) throw new Error("axe did not find a picture without a text");
}
