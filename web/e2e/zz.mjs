import { launch, signIn, visit } from "./browser.mjs";
import { writeFileSync } from "node:fs";
const [base, login, password] = process.argv.slice(2);
const b = await launch();
for (const [w, path, name] of [[1366, "/cockpit", "full"], [390, "/cockpit", "phone"], [1366, "/cockpit?as_of=2017-08-01", "past"]]) {
  const { page, context, faults } = await visit(b, base, { width: w, height: 900, language: "zh-CN", settings: {}, phone: w < 500 });
  await signIn(page, login, password);
  await page.goto(path); await page.waitForLoadState("load"); await page.waitForTimeout(1500);
  const h = await page.evaluate(() => Math.max(...[...document.querySelectorAll("body *")].map(e => e.scrollHeight)));
  await page.setViewportSize({ width: w, height: Math.min(h + 120, 4000) });
  await page.waitForTimeout(400);
  await page.screenshot({ path: `/tmp/cockpit/look/${name}.png` });
  if (name === "full") { await page.setViewportSize({ width: w, height: 900 }); writeFileSync("/tmp/cockpit/look/print.pdf", await page.pdf({ format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } })); }
  if (name === "full") { await page.emulateMedia({ media: "print" }); await page.setViewportSize({ width: 718, height: 1040 }); await page.waitForTimeout(300); await page.screenshot({ path: "/tmp/cockpit/look/print.png", fullPage: true }); }
  console.log(name, h, faults);
  await context.close();
}
await b.close();
