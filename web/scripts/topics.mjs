// Holds every page to its texts: what a page and its parts say must be in the first load or in a topic that is loaded with them
// (told, in the router or where a part is loaded later). Run by locales.mjs; gives the faults.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const router = "src/app/router.tsx";
const folder = "src/i18n/zh-CN";

/** topicFaults says which page speaks of a topic that nobody loads for it. */
export function topicFaults() {
  const topicOf = lazyKeys();
  const read = reader(topicOf);
  const faults = [];
  const told = /told\(([^;]*);/g;
  const pages = readFileSync(router, "utf8").matchAll(/import\("\.\.\/(pages\/[^"]+)"\)((?:,\s*\[?(?:"\w+",?\s*)+)?)/g);
  const starts = [["src/app/shell.tsx", []], ...[...pages].map(m => [`src/${m[1]}.tsx`, named(m[2])])];
  for (const [start, brought] of starts) {
    const had = new Set(brought);
    const used = new Map();
    for (const file of closure(start, read)) {
      for (const [topic, key] of read(file).used) used.set(topic, `${key} in ${file}`);
      for (const m of readFileSync(file, "utf8").matchAll(told)) for (const topic of named(m[1])) had.add(topic);
    }
    for (const [topic, where] of used) if (!had.has(topic)) faults.push(`${start}: topic ${topic} is not loaded (${where})`);
  }
  return faults;
}

const named = text => [...(text ?? "").matchAll(/"(\w+)"/g)].map(m => m[1]);

/** lazyKeys maps each text outside the first load to its topic. */
function lazyKeys() {
  const first = readFileSync(`${folder}/index.ts`, "utf8");
  const keys = new Map();
  for (const file of readdirSync(folder).filter(f => f.endsWith(".json") && !first.includes(`"./${f}"`)))
    for (const key of Object.keys(JSON.parse(readFileSync(join(folder, file), "utf8"))))
      for (const said of [key, key.replace(/_other$/, "")]) keys.set(said, file.slice(0, -5)); // a count names its text without the ending
  return keys;
}

/** reader gives of a file which lazy texts it names and which files it brings in. */
function reader(topicOf) {
  const seen = new Map();
  return file => {
    if (!seen.has(file)) {
      const code = readFileSync(file, "utf8");
      const whole = [...code.matchAll(/["']([\w.]+)["']/g)].map(m => m[1]).filter(key => topicOf.has(key));
      const begun = [...code.matchAll(/\bt\(`([\w.]+\.)\$\{/g)].flatMap(m =>
        [...topicOf.keys()].filter(key => key.startsWith(m[1])),
      );
      const used = [...whole, ...begun].map(key => [topicOf.get(key), key]);
      const parts = [...code.matchAll(/(?:from|import\()\s*["'](\.[^"']+)["']/g)].flatMap(m => {
        const base = normalize(join(dirname(file), m[1]));
        return [`${base}.ts`, `${base}.tsx`].filter(f => existsSync(f) && f !== router && !f.includes("i18n/"));
      });
      seen.set(file, { used, parts });
    }
    return seen.get(file);
  };
}

function closure(file, read, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const part of read(file).parts) closure(part, read, seen);
  return seen;
}
