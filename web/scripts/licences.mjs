// Prints the licences of what is shipped to the browser and fails on a copyleft or unknown one.
import { readFileSync } from "node:fs";

const fine = /^(MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|Python-2\.0)$/;
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const counts = {};
const bad = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path || entry.dev || entry.optional) continue;
  const licence = entry.license ?? "unknown";
  counts[licence] = (counts[licence] ?? 0) + 1;
  if (
    !licence
      .replace(/[()]/g, "")
      .split(" OR ")
      .some(l => fine.test(l))
  )
    bad.push(`${path}: ${licence}`);
}
console.table(counts);
for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved || /^file:/.test(entry.version ?? "")) bad.push(`${path}: the lock file names a host or a path`);
}
if (bad.length) {
  console.error(bad.join("\n"));
  process.exit(1);
}
