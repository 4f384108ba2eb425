// Holds the budgets of transfer: gzip bytes of what each route loads at first, from Vite's manifest. Prints the table and fails
// when a limit is passed.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limits = { shell: 175, css: 20, requests: 14, route: 80, charts: 195, locale: 25 };
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const kb = file => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length / 1024;

// closure lists the files that an entry loads at once: itself, its static imports, their styles.
function closure(key, files = new Set()) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const next of chunk.imports ?? []) closure(next, files);
  return files;
}

const sum = (files, kind) => [...files].filter(f => f.endsWith(kind)).reduce((n, f) => n + kb(f), 0);
const faults = [];
function hold(what, value, limit) {
  const over = value > limit;
  console.log(`${over ? "OVER" : "ok  "} ${what.padEnd(34)} ${value.toFixed(1).padStart(7)} of ${limit}`);
  if (over) faults.push(what);
}

const entry = Object.keys(manifest).find(k => manifest[k].isEntry);
const locales = Object.keys(manifest).filter(k => /src\/i18n\/[^/]+\/index\.ts$/.test(k));
const first = closure(
  "src/pages/inbox/index.tsx",
  closure(
    locales.find(k => k.includes("zh-CN")),
    closure(entry),
  ),
);
hold("shell and first page, JS kB", sum(first, ".js"), limits.shell);
hold("shell and first page, CSS kB", sum(first, ".css"), limits.css);
hold("shell and first page, requests", first.size + 1, limits.requests);
for (const key of locales) hold(key, sum(closure(key), ".js"), limits.locale);
for (const key of Object.keys(manifest).filter(k => /src\/pages\/.*index\.tsx$/.test(k))) {
  const extra = [...closure(key)].filter(f => !first.has(f));
  hold(key, sum(extra, ".js"), /analytics|screen/.test(key) ? limits.charts : limits.route);
}
if (faults.length) {
  console.error(`over budget: ${faults.join(", ")}`);
  process.exit(1);
}
