// The short form of axe, widths, words and text: every screen once, in Chinese on a phone, and then in the largest text.
import { prepared, sideways, told, walk } from "../walk.mjs";
import { violations } from "./axe.mjs";
import { cut } from "./text.mjs";
import { listening } from "./words.mjs";

export const title = "every screen once on a phone: axe, width, words, policy, no request to another host, nothing cut at 特大";

export async function proof(kit) {
  const all = await prepared(kit);
  const { enter, examine } = listening("zh-CN");
  const look = { language: "zh-CN", width: 390, height: 844, phone: true, enter };
  const bad = await walk(all, look, async person => [
    ...(await violations(person)),
    ...(await sideways(person.page)),
    ...(await examine(person)),
    ...(await atTheLargest(person.page)),
  ]);
  told(bad, 1);
}

/** atTheLargest shows the same screen in the largest text: nothing is cut, nothing makes it scroll sideways. */
async function atTheLargest(page) {
  const set = text => page.evaluate(value => Object.assign(document.documentElement.dataset, { text: value }), text);
  await set("huge");
  const found = [...(await page.evaluate(cut)).map(line => `cut at the largest: ${line}`), ...(await sideways(page))];
  await set("standard");
  return found;
}
