// The words of the page in one language: its own texts and the words of states and acts, by key.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folders = {
  "zh-CN": ["../src/i18n/zh-CN", "../../internal/words/lang/zh-CN"],
  "zh-Hant": ["../src/i18n/zh-Hant", "../../internal/words/lang/zh-TW"],
  en: ["../src/i18n/en", "../../internal/words/lang/en"],
};
const read = new Map();

/** texts are all texts of a language. */
export function texts(language) {
  if (!read.has(language)) {
    const all = {};
    for (const folder of folders[language]) {
      const dir = fileURLToPath(new URL(`${folder}/`, import.meta.url));
      for (const file of readdirSync(dir).filter(name => name.endsWith(".json")))
        Object.assign(all, JSON.parse(readFileSync(dir + file, "utf8")));
    }
    read.set(language, all);
  }
  return read.get(language);
}
