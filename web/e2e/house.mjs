// The demonstration as the proofs use it: the real binary with the sample year on a port of its own, or one that runs (BASE, PASSWORD).
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Who takes which part in the sample year. */
export const people = {
  leader: "luzhengchuan",
  office: "suwenqing",
  inspector: "duguoliang",
  head: "sulei",
  clerk: "jiangshouren",
  city: "shitiancheng", // head of a city's bureau, with counties below it
  county: "hujiayi", // head of the bureau of one of them
  system: "tanjiaqi",
  security: "weizhonghua",
  audit: "lushumin",
};

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The program. */
export const binary = process.env.DUBAN ?? join(root, "bin/duban");

/** freePort finds a port of this machine that nobody listens on. */
export function freePort() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** openHouse starts the program and gives its address, the password of its people and how to end it. */
export async function openHouse() {
  if (process.env.BASE) return { base: process.env.BASE, password: process.env.PASSWORD, close: async () => undefined };
  const dir = mkdtempSync(join(tmpdir(), "duban-proofs-"));
  const port = await freePort();
  const args = [
    "demo",
    `--listen=127.0.0.1:${port}`,
    `--dir=${dir}`,
    ...(process.env.DEMO_FLAGS ?? "").split(" ").filter(Boolean),
  ];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const password = await new Promise((resolve, reject) => {
    const hear = piece => {
      said += piece;
      const found = /password\s+(\S+)/.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("exit", code => reject(new Error(`the program ended with ${code}: ${said.slice(-2000)}`)));
  });
  const close = () =>
    new Promise(resolve => {
      child.removeAllListeners("exit");
      child.on("exit", () => {
        rmSync(dir, { recursive: true, force: true });
        resolve();
      });
      child.kill("SIGTERM");
    });
  return { base: `http://127.0.0.1:${port}`, password, close };
}
