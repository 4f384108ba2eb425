// Walks over every screen in one look: signs in who looks at it, opens it, has it examined. A script error, a violation of the policy or
// a request to another host on the way counts as a fault of the screen. SCREENS=name,… narrows it.
import { prepare } from "./sample.mjs";
import { open, screens } from "./screens.mjs";

const only = process.env.SCREENS?.split(",");

/** prepared gives what walks need; what the sample year lacks is made once for all of them. */
export async function prepared(kit) {
  kit.kept.values ??= await prepare(kit);
  await kit.leave("prepare");
  return { ...kit, values: kit.kept.values };
}

/**
 * walk opens every screen in one look ({language, settings, width, height, phone}; enter is told of every person); examine gives what is wrong with it, as sentences.
 * The answer is all of them, each with the screen's name.
 */
export async function walk({ browser, base, password, people, visit, signIn, values }, look, examine) {
  const bad = [];
  const opened = new Map();
  for (const screen of screens) {
    const [name, who] = screen;
    if (only && !only.includes(name)) continue;
    if (!opened.has(who)) {
      const person = await visit(browser, base, look);
      look.enter?.(person);
      if (who) await signIn(person.page, people[who], password);
      opened.set(who, person);
    }
    const person = opened.get(who);
    const began = Date.now();
    let found;
    try {
      await open(person.page, screen, values, look.language);
      found = await examine(person, name, screen);
    } catch (error) {
      found = [error.message.split("\n")[0]];
    }
    if (process.env.SLOW_SCREENS && Date.now() - began > 1500) console.log(`  ${name} ${Date.now() - began} ms`);
    found.push(...person.faults.splice(0));
    bad.push(...found.map(fault => `${name} (${nameOf(look)}): ${fault}`));
  }
  for (const person of opened.values()) await person.context.close();
  return bad;
}

/** nameOf says a look in words. */
export const nameOf = ({ language = "zh-CN", settings = {}, width }) =>
  [language, ...Object.values(settings), width].filter(Boolean).join(" ");

/** count is how many screens a walk sees. */
export const count = () => screens.filter(([name]) => !only || only.includes(name)).length;

/** told ends a proof with everything that is wrong, or says over how many screens it went. */
export function told(bad, looks) {
  console.log(`  ${count() * looks} screens looked at`);
  if (bad.length) throw new Error(`${bad.length} faults\n${bad.join("\n")}`);
}

/** sideways tells whether the page scrolls sideways; a table may, within itself. */
export const sideways = page =>
  page.evaluate(() => {
    const wide = [document.documentElement, document.body, document.querySelector("main")].filter(
      part => part && part.scrollWidth > part.clientWidth + 1,
    );
    return wide.map(part => `${part.tagName.toLowerCase()} scrolls sideways: ${part.scrollWidth} of ${part.clientWidth}`);
  });
