// Writes a .gz beside every text file of the build, so that the server packs nothing at run time.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const small = 1024;
for (const name of readdirSync("dist", { recursive: true })) {
  const file = join("dist", name);
  if (!/\.(js|css|svg|json|txt)$/.test(file) || statSync(file).size < small) continue;
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
}
// Vite empties the folder, but the repository keeps it for `go:embed`.
writeFileSync("dist/.keep", "");
