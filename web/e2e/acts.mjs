// What people do on a page, in words of the page.

/** say prints a step, so that a proof that stops shows how far it came. */
export const say = (who, what) => console.log(`  ${who.padEnd(9)} ${what}`);

/** check ends a proof with a sentence when something does not hold. */
export function check(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

/** act takes one of the acts of a page: its button, or its line in the menu; then fills in what it asks for and confirms. */
export async function act(place, name, fields = {}) {
  const page = place.page?.() ?? place;
  const button = place.getByRole("button", { name, exact: true }).first();
  const more = place.getByRole("button", { name: "更多操作" }).first();
  await button.or(more).first().waitFor();
  const inSight = await button
    .waitFor({ timeout: 3000 })
    .then(() => true)
    .catch(() => false);
  if (inSight) await button.click();
  else {
    await more.click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  }
  await fill(page, name, fields);
}

/** fill fills in the dialog that an act has opened, if it has opened one, and confirms it. */
export async function fill(page, name, fields = {}) {
  const dialog = page.getByRole("dialog");
  const asked = await dialog
    .waitFor({ timeout: Object.keys(fields).length ? 10_000 : 4000 })
    .then(() => true)
    .catch(() => false);
  if (!asked) return;
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByLabel(label, { exact: false }).first();
    if (typeof value === "function") await value(dialog);
    else await field.fill(value);
  }
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** pick picks one of a list that opens under a field; a list of several stays open until it is left. */
export async function pick(place, label, option) {
  const page = place.page?.() ?? place;
  const field = place.getByLabel(label).first();
  await field.click();
  await field.fill(option);
  await page.getByRole("option", { name: option, exact: true }).first().click();
  await field.press("Tab");
}

/** seen waits until a text stands on the page. */
export const seen = (page, text, timeout = 15_000) => page.getByText(text).first().waitFor({ timeout });

/** tabTo goes on with the Tab key until the focus is on what is looked for. */
export async function tabTo(page, matches, most = 120) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      const labels = at?.labels ? [...at.labels].map(label => label.textContent).join(" ") : "";
      return {
        text: `${at?.getAttribute("aria-label") ?? ""} ${at?.textContent ?? ""} ${labels}`.trim(),
        tag: at?.tagName ?? "",
      };
    });
    if (matches(found)) return;
  }
  throw new Error(`no way there with the Tab key: ${matches}`);
}

/** go takes one of the places of the rail. */
export async function go(page, place) {
  await page.locator("nav").getByRole("link", { name: place, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: place }).waitFor();
}

/**
 * find opens what the row of a list leads to, one of a kind if many lists name it, asking the list for more as long as it has more. It
 * waits until the list has gone: rows have buttons of their own, and the next step must not press one of those.
 */
export async function find(page, title, kind = "", most = 10) {
  const head = page.getByRole("heading", { level: 1 }).first();
  const list = await head.textContent();
  const link = page.getByRole("main").getByRole("row").filter({ hasText: kind }).getByRole("link", { name: title }).first();
  for (let i = 0; i < most; i++) {
    const there = await link
      .waitFor({ timeout: i === 0 ? 5000 : 1500 })
      .then(() => true)
      .catch(() => false);
    if (there) {
      await link.click();
      return head.filter({ hasNotText: list }).waitFor();
    }
    await page.getByRole("button", { name: "再显示一些" }).first().click({ timeout: 2000 });
  }
  throw new Error(`no list leads to ${title}`);
}
