// Fails when the build names another host: the page runs in closed networks. Names of XML namespaces and links inside licence
// comments or messages of libraries are no requests; they are listed here one by one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const harmless = [
  /^http:\/\/www\.w3\.org\//, // XML namespaces
  /^https:\/\/react\.dev\//, // texts of React's errors
  /^https:\/\/((www|react)\.)?i18next\.com/, // texts of i18next's warnings
  /^https:\/\/(help\.)?mantine\.dev/, // texts of Mantine's errors
  /^https?:\/\/localhost/, // base of relative addresses in the router
  /^http:\/\/\$|^https?:\/\/$/, // "http://" alone, in a comparison
];
const found = new Set();
for (const name of readdirSync("dist", { recursive: true })) {
  if (!/\.(js|css|html|svg)$/.test(name)) continue;
  const text = readFileSync(join("dist", name), "utf8");
  for (const [url] of text.matchAll(/https?:\/\/[^\s"'`)<>\\]*/g)) {
    if (!harmless.some(h => h.test(url))) found.add(`${name}: ${url}`);
  }
}
if (found.size) {
  console.error(`foreign hosts in the build:\n${[...found].join("\n")}`);
  process.exit(1);
}
console.log("ok   no foreign hosts");
