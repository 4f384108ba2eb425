// Every screen on a phone, on an office desktop and on a wide one: nothing makes the page scroll sideways, the policy is kept and no request leaves the machine.
import { prepared, sideways, told, walk } from "../walk.mjs";

export const title = "no screen scrolls sideways at 390, 1366 and 1920 px; the policy holds, no request leaves the machine";

const sizes = [
  { width: 390, height: 844, phone: true },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];
const languages = ["zh-CN", "en"];

export async function proof(kit) {
  const all = await prepared(kit);
  await findsFaults(kit);
  const looks = languages.flatMap(language => sizes.map(size => ({ ...size, language })));
  const bad = [];
  for (const look of looks) bad.push(...(await walk(all, look, ({ page }) => sideways(page))));
  told(bad, looks.length);
}

/** findsFaults makes sure that a wide box, a forbidden style and a foreign request would be found. */
async function findsFaults({ visit, browser, base }) {
  const { page, context, faults } = await visit(browser, base);
  await page.goto("/sign-in");
  await page.locator("h1").first().waitFor();
  await page.evaluate(() => {
    const box = document.createElement("div");
    box.innerHTML = '<p style="color:red">x</p>';
    box.style.width = "3000px";
    document.body.append(box);
    return fetch("https://example.invalid/").catch(() => undefined);
  });
  const wide = await sideways(page);
  await page.waitForTimeout(100);
  await context.close();
  if (wide.length === 0) throw new Error("a box of 3000 px was not found");
  for (const kind of ["policy: style-src", "policy: connect-src"])
    if (!faults.some(fault => fault.startsWith(kind))) throw new Error(`not found: ${kind}; found ${faults}`);
}
