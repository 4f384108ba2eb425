// The short form of axe, widths and words: every screen once, in Chinese on a phone.
import { prepared, sideways, told, walk } from "../walk.mjs";
import { violations } from "./axe.mjs";
import { listening } from "./words.mjs";

export const title = "every screen once on a phone: axe, width, words, policy, no request to another host";

export async function proof(kit) {
  const all = await prepared(kit);
  const { enter, examine } = listening("zh-CN");
  const look = { language: "zh-CN", width: 390, height: 844, phone: true, enter };
  const bad = await walk(all, look, async person => [
    ...(await violations(person)),
    ...(await sideways(person.page)),
    ...(await examine(person)),
  ]);
  told(bad, 1);
}
