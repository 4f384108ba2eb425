// Takes pictures of pages: node e2e/look.mjs BASE LOGIN PASSWORD OUT path[@width][#settings] …
// `#` takes words: en, hant, dark, huge, large, contrast.
import { mkdirSync } from "node:fs";
import { launch, signIn, visit } from "./browser.mjs";

const [base, login, password, out, ...wishes] = process.argv.slice(2);
const languages = { en: "en", hant: "zh-Hant" };
mkdirSync(out, { recursive: true });
const browser = await launch();
for (const wish of wishes) {
  const [, path, size, words] = /^(.*?)(?:@(\d+))?(?:#([\w,]*))?$/.exec(wish);
  const width = Number(size ?? 1366);
  const asked = (words ?? "").split(",");
  const settings = {};
  for (const word of asked) {
    if (word === "dark") settings.scheme = "dark";
    if (word === "huge" || word === "large") settings.text = word;
    if (word === "contrast") settings.contrast = "high";
  }
  const language = languages[asked.find(word => languages[word])] ?? "zh-CN";
  const { page, context, faults } = await visit(browser, base, {
    width,
    height: width < 500 ? 844 : width > 1900 ? 1080 : 768,
    language,
    settings,
    phone: width < 500,
  });
  if (login !== "-") await signIn(page, login, password);
  await page.goto(path);
  await page.waitForLoadState("load");
  await page.waitForTimeout(700);
  await page.waitForTimeout(400);
  const name = `${path.replace(/[^\w]+/g, "_").replace(/^_|_$/g, "") || "home"}-${width}${words ? `-${words.replaceAll(",", "-")}` : ""}.png`;
  await page.screenshot({ path: `${out}/${name}` });
  console.log(name, faults.length ? faults : "");
  await context.close();
}
await browser.close();
