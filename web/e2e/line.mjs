// One duty through the page alone: the clerk reports, the head of the unit reviews, the office confirms; three browsers at once.
// node e2e/line.mjs BASE PASSWORD CLERK HEAD OFFICE
import { launch, signIn, visit } from "./browser.mjs";

const [base, password, clerk, head, office] = process.argv.slice(2);
const browser = await launch();
const people = {};
for (const login of [clerk, head, office]) {
  people[login] = await visit(browser, base);
  await signIn(people[login].page, login, password);
}
const step = (who, what) => console.log(`${who}: ${what}`);
const text = `browser line ${Date.now()}: the draft is out for comment`;

// the clerk finds a duty in work and reports
const writer = people[clerk].page;
await writer.goto("/inbox");
await writer.getByRole("button", { name: "填报进展" }).first().click();
await writer.waitForURL(/\/report/);
await writer.getByLabel("进展情况").fill(text);
await writer.getByRole("spinbutton", { name: "完成进度" }).fill("37");
await writer.waitForTimeout(900);
await writer.reload(); // the draft survives
if ((await writer.getByLabel("进展情况").inputValue()) !== text) throw new Error("the draft was lost by a reload");
step(clerk, "the draft survived a reload");
const duty = writer.url().match(/duties\/([^/]+)/)[1];
await writer.getByRole("button", { name: "保存草稿" }).last().click();
await writer.getByText("把文件拖到这里").waitFor();
await writer
  .locator("input[type=file]")
  .first()
  .setInputFiles({ name: "minutes.txt", mimeType: "text/plain", buffer: Buffer.from("minutes of the meeting\n") });
await writer.getByRole("link", { name: "minutes.txt" }).waitFor();
step(clerk, "evidence uploaded");
await writer.getByRole("button", { name: "检查并报送" }).click();
await writer.getByRole("dialog").getByRole("button", { name: "报送" }).click();
await writer.getByText("待单位审核").first().waitFor();
step(clerk, "submitted");

// the head reviews, the office confirms: each through the inbox
for (const [login, kind, button, state] of [
  [head, "单位审核", "单位审核", "待督查室确认"],
  [office, "确认进展", "确认", "已确认"],
]) {
  const { page } = people[login];
  await page.goto("/inbox");
  await page
    .getByRole("button", { name: new RegExp(`^${kind}`) })
    .first()
    .click()
    .catch(() => undefined);
  await page.goto(`/duties/${duty}?tab=reports`);
  const panel = page.locator("section").filter({ hasText: text }).last();
  await panel.getByRole("button", { name: button, exact: true }).click();
  await panel.getByText(state).first().waitFor();
  step(login, `${button}: ${state}`);
}
// what the office did shows for the clerk
await writer.goto(`/duties/${duty}?tab=history`);
await writer.getByText("确认").first().waitFor();
const faults = Object.values(people).flatMap(person => person.faults);
await browser.close();
if (faults.length) {
  console.error(faults);
  process.exit(1);
}
console.log("ok");
