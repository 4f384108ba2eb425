// Fails when the built styles or scripts use what Chromium 86 has not (the floor of ui.md: 360, 奇安信 and UOS browsers of that age).
// Syntax is lowered by the build itself; this looks for features that no build can lower. What is named in `kept` works without.
import { readdirSync, readFileSync } from "node:fs";

const css = {
  ":has() (105)": /:has\(/,
  ":is(), :where() (88)": /:(is|where)\(/,
  ":not() with a list (88)": /:not\([^()]*,/,
  "container queries (105)": /@container/,
  "cascade layers (99)": /@layer/,
  "nesting (112)": /[{;]\s*&/,
  "media ranges (104)": /@media[^{]*[<>]=?/,
  "logical shorthands, inset (87)": /[{;](inset|(padding|margin|inset)-(inline|block)):/,
  "aspect-ratio (88)": /[{;]aspect-ratio:/,
  "overflow: clip (90)": /overflow(-[xy])?:clip/,
  "separate transforms (104)": /[{;](translate|rotate|scale):/,
  "color-mix, oklch, light-dark (111)": /(color-mix|oklch|oklab|light-dark)\(/,
  "dynamic viewport units (108)": /\d[dsl]v[hw]\b/,
  "lh unit (109)": /\d(lh|rlh)\b/,
  "accent-color (93)": /accent-color:/,
  "scrollbar-gutter (94)": /scrollbar-gutter:/,
  "text-wrap (114)": /text-wrap:/,
  "field-sizing (123)": /field-sizing:/,
};
const js = {
  "structuredClone (98)": /\bstructuredClone\(/,
  "findLast (97)": /\.findLast(Index)?\(/,
  "copying array methods (110)": /\.(toSorted|toReversed|toSpliced)\(/,
  "groupBy (117)": /(Object|Map)\.groupBy\(/,
  "withResolvers (119)": /Promise\.withResolvers/,
  "randomUUID (92)": /\.randomUUID\(/,
  "AbortSignal.timeout, any (103)": /AbortSignal\.(timeout|any)\(/,
  "URL.canParse (120)": /URL\.canParse/,
  "Segmenter (87)": /Intl\.Segmenter/,
  "set algebra (122)": /\.(isSubsetOf|isSupersetOf|symmetricDifference)\(/,
  "checkVisibility (105)": /\.checkVisibility\(/,
  "fromAsync (121)": /Array\.fromAsync/,
  "startViewTransition (111)": /\.startViewTransition\(/,
  "regular expressions with v or d (90, 112)": /new RegExp\([^)]*,\s*["'][a-z]*[vd][a-z]*["']\)/,
};

/** Used where it is there, or for looks that are not missed; each with its reason. */
const kept = {
  ":has() (105)": "room beside a scroll bar or a clear button; the rules stand alone, so that no other one is dropped with them",
  "accent-color (93)": "boxes keep the browser's own colour",
  "scrollbar-gutter (94)": "the page shifts by a scroll bar's width when a dialog opens",
  "text-wrap (114)": "titles break as usual",
  "startViewTransition (111)": "the router asks whether it is there",
};

/** lists reports whether a selector with :has() stands in a list: such a browser drops the whole list. */
const lists = (text, feature) =>
  feature.startsWith(":has") &&
  [...text.matchAll(/[{}]([^{}]*:has\([^{}]*)\{/g)].some(([, rule]) => rule.replace(/\([^()]*\)/g, "").includes(","));

let bad = 0;
const passed = new Set();
for (const name of readdirSync("dist/assets")) {
  const tests = name.endsWith(".css") ? css : name.endsWith(".js") ? js : undefined;
  if (!tests) continue;
  const text = readFileSync(`dist/assets/${name}`, "utf8");
  for (const [feature, pattern] of Object.entries(tests)) {
    const found = pattern.exec(text);
    if (!found) continue;
    if (kept[feature] && !lists(text, feature)) {
      passed.add(feature);
      continue;
    }
    console.error(`${name}: ${feature}: …${text.slice(Math.max(0, found.index - 60), found.index + 60)}…`);
    bad++;
  }
}
if (bad) process.exit(1);
console.log(`ok   nothing newer than Chromium 86${passed.size ? ` (works without: ${[...passed].join("; ")})` : ""}`);
