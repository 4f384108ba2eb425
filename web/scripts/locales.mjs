// Holds the languages together: the same keys and the same placeholders in all three, each key in one file only, every literal
// key of the program present, no Chinese text in components, the texts of each page loaded with it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { topicFaults } from "./topics.mjs";

const source = "zh-CN";
const others = ["zh-Hant", "en"];
const faults = [];

function load(locale) {
  const all = {};
  const dir = join("src/i18n", locale);
  for (const file of readdirSync(dir).filter(f => f.endsWith(".json"))) {
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(dir, file), "utf8")))) {
      if (key in all) faults.push(`${locale}/${file}: ${key} stands twice`);
      if (typeof text !== "string" || !text.trim()) faults.push(`${locale}/${file}: ${key} is empty`);
      all[key] = text;
    }
  }
  return all;
}

const holes = text =>
  [...text.matchAll(/\{(\w+)/g)]
    .map(m => m[1])
    .sort()
    .join(",");
const base = key => key.replace(/_(one|other)$/, ""); // English counts in two forms, Chinese in one

const texts = load(source);
for (const locale of others) {
  const other = load(locale);
  const named = new Set(Object.keys(other).map(base));
  for (const key of Object.keys(texts)) {
    if (!named.has(base(key))) faults.push(`${locale}: ${key} is missing`);
  }
  for (const key of Object.keys(other)) {
    const twin = texts[key] ?? texts[base(key)] ?? texts[`${base(key)}_other`];
    if (twin === undefined) faults.push(`${locale}: ${key} is not in ${source}`);
    else if (holes(twin) !== holes(other[key]) && !key.endsWith("_one")) faults.push(`${locale}: ${key} has other placeholders`);
  }
  if (locale === "en") {
    for (const [key, text] of Object.entries(other))
      if (/[\u3400-\u9fff]/.test(text) && !key.startsWith("language.")) faults.push(`en: ${key} holds Chinese text`);
  }
}

const files = readdirSync("src", { recursive: true }).filter(
  f => /\.tsx?$/.test(f) && !/\.test\.|i18n\/|schema\.d\.ts|lib\/pinyin/.test(f),
);
for (const file of files) {
  const code = readFileSync(join("src", file), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
  code.split("\n").forEach((line, i) => {
    if (/[\u3400-\u9fff\uff00-\uffef]/.test(line))
      faults.push(`${file}:${i + 1}: Chinese text in the program: ${line.trim().slice(0, 60)}`);
  });
}
faults.push(...topicFaults());
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`ok   ${Object.keys(texts).length} texts in ${1 + others.length} languages`);
