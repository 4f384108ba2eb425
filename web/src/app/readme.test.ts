import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** textsIn is everything that the page says in a language, with the server's words of acts and states. */
function textsIn(page: string, server: string): Set<string> {
  const all = new Set<string>();
  for (const dir of [`src/i18n/${page}`, `../internal/words/lang/${server}`]) {
    for (const name of readdirSync(dir).filter(one => one.endsWith(".json"))) {
      const texts = JSON.parse(readFileSync(`${dir}/${name}`, "utf8")) as Record<string, string>;
      for (const text of Object.values(texts)) all.add(text);
    }
  }
  return all;
}

/** pressed are the words in bold of both walks, but for the people (who stand before their login). */
function pressed(file: string, from: string): string[] {
  const text = readFileSync(`../${file}`, "utf8");
  const walks = text.slice(text.indexOf(from));
  const end = walks.indexOf("![");
  return [...walks.slice(0, end).matchAll(/\*\*([^*]+)\*\*( `)?/g)].flatMap(([, word, login]) => (word && !login ? [word] : []));
}

describe("what the README says to press stands on the page", () => {
  test.each([
    ["README.zh-CN.md", "### 走一遍", "zh-CN", "zh-CN"],
    ["README.md", "### Walk once", "en", "en"],
  ])("%s", (file, from, page, server) => {
    const words = pressed(file, from);
    const texts = textsIn(page, server);
    expect(words.length).toBeGreaterThan(30);
    expect(words.filter(word => !texts.has(word) && !(page === "zh-CN" && word.startsWith("是")))).toEqual([]);
  });
});
