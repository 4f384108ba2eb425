// Runs the proofs against the real binary: node e2e/run.mjs [name …]. Each has its own browsers; a script error, a violation of the
// policy or a request to another host fails it. QUICK=1 is the short form. BASE and PASSWORD take a program that runs already.
import { launch, signIn, visit } from "./browser.mjs";
import { openHouse, people } from "./house.mjs";

const short = ["line", "cure", "race", "keyboard", "draft", "print", "budgets", "ledger", "glance"];
const long = [...short.slice(0, -1), "figures", "live", "urge", "desk", "setup", "site", "widths", "words", "text", "axe"];
const all = process.env.QUICK === "1" ? short : long;
// The short form runs wherever somebody tests; what is measured there may take half as long again.
if (process.env.QUICK === "1") process.env.SLOW ??= "1.5";
const asked = process.argv.slice(2);
const house = await openHouse();
const browser = await launch();
const failed = [];
const kept = {}; // what one proof prepares and others need too

for (const name of asked.length ? asked : all) {
  const { title, proof } = await import(`./proofs/${name}.mjs`);
  const began = Date.now();
  console.log(`${name}: ${title}`);
  const entered = new Map();
  const enter = async (who, window = "", more = {}) => {
    const key = `${who} ${window}`;
    if (!entered.has(key)) {
      const person = await visit(browser, house.base, more);
      await signIn(person.page, people[who], house.password);
      entered.set(key, person);
    }
    return entered.get(key);
  };
  const leave = async window => {
    for (const [key, person] of entered) if (key.endsWith(` ${window}`)) await person.context.close();
  };
  const ask = (page, path) => page.evaluate(async at => (await fetch(`/api/v1${at}`)).json(), path);
  try {
    await proof({ ...house, browser, enter, ask, people, visit, signIn, leave, kept });
    const faults = [...entered.values()].flatMap(person => person.faults);
    if (faults.length) throw new Error(faults.join("\n"));
    console.log(`ok   ${name} ${Math.round((Date.now() - began) / 100) / 10} s`);
  } catch (error) {
    failed.push(name);
    console.log(`FAIL ${name}: ${error.message}`);
    for (const [key, person] of entered) {
      if (person.page.isClosed()) continue;
      const file = `${process.env.SHOTS ?? "/tmp"}/fail-${name}-${key.trim().replaceAll(" ", "-")}.png`;
      await person.page.screenshot({ path: file }).catch(() => undefined);
      console.log(`     ${key}: ${person.page.url()} ${file}`);
    }
  }
  for (const person of entered.values()) await person.context.close().catch(() => undefined);
}
await browser.close();
await house.close();
if (failed.length) {
  console.error(`failed: ${failed.join(", ")}`);
  process.exit(1);
}
