// Writes every screen × width × language as a small PNG: node e2e/screenshots.mjs [name …]. OUT says where; WIDTHS and LANGUAGES narrow it.
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch, signIn, visit } from "./browser.mjs";
import { openHouse, people } from "./house.mjs";
import { prepare } from "./sample.mjs";
import { open, screens } from "./screens.mjs";

const out = process.env.OUT ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const list = (name, standard) => (process.env[name] ? process.env[name].split(",") : standard);
const widths = list("WIDTHS", ["390", "1366", "1920"]).map(Number);
const languages = list("LANGUAGES", ["zh-CN", "zh-Hant", "en"]);
const heights = { 390: 844, 1366: 768, 1920: 1080 };
const only = process.argv.slice(2);

mkdirSync(out, { recursive: true });
const house = await openHouse();
const browser = await launch();
const entered = new Map();
const enter = async (who, window = "", more = {}) => {
  const key = `${who} ${window}`;
  if (!entered.has(key)) {
    const person = await visit(browser, house.base, more);
    if (who) await signIn(person.page, people[who], house.password);
    entered.set(key, person);
  }
  return entered.get(key);
};
const ask = (page, path) => page.evaluate(async at => (await fetch(`/api/v1${at}`)).json(), path);
const values = await prepare({ enter, ask });
let count = 0;
let bytes = 0;
for (const language of languages) {
  for (const width of widths) {
    for (const screen of screens) {
      const [name, who] = screen;
      if (only.length && !only.includes(name)) continue;
      const { page } = await enter(who, `${language} ${width}`, {
        width,
        height: heights[width] ?? 768,
        language,
        phone: width < 500,
      });
      await open(page, screen, values, language);
      const file = `${out}/${name}-${width}-${language}.png`;
      await page.screenshot({ path: file });
      count++;
      bytes += statSync(file).size;
    }
  }
}
await browser.close();
await house.close();
console.log(`${count} pictures, ${Math.round(bytes / 1024)} KB, in ${out}`);
