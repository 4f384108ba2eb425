// The supervision desk: each lane has as many rows as it counts, a group is picked by one check-box, and an urge shows at its rows at once.
import { check, say } from "../acts.mjs";

export const title = "lanes with true counts; a group is picked and urged at once, and the desk shows it";

const lanes = { over: "逾期", soon: "临期", unreported: "应报未报", unsigned: "未签收", review: "办结待核" };

export async function proof({ enter }) {
  const { page } = await enter("inspector");
  for (const [lane, name] of Object.entries(lanes)) {
    await page.goto(`/desk?lane=${lane}&by=none`);
    const tab = page.getByRole("tab", { name: new RegExp(`^${name} ?\\d+$`) });
    const said = /(\d+)$/.exec((await tab.textContent()) ?? "")?.[1];
    check(said !== undefined, `the lane ${name} has no count`);
    await page.getByText(`共 ${said} 条`).waitFor({ timeout: 20_000 });
    const rows = await page.locator("main tbody tr").count();
    check(rows === Number(said), `${name} counts ${said} and shows ${rows} rows`);
  }
  say("inspector", "sees as many rows in each lane as its tab counts");

  await page.goto("/desk?lane=soon");
  const head = page
    .locator("main tbody tr")
    .filter({ has: page.locator("th") })
    .first();
  const many = Number(/(\d+) 项/.exec((await head.textContent()) ?? "")?.[1]);
  await head.getByRole("checkbox").check();
  await page.getByRole("button", { name: /^催办 \d+ 项$/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(new RegExp(`可催办 ${many} 项`)).waitFor();
  const again = dialog.getByLabel("再次催办的理由");
  if (await again.isVisible().catch(() => false)) await again.fill("厅领导今日过问。");
  check((await dialog.getByLabel("催办内容").inputValue()).length > 10, "the urge begins without a text");
  await dialog.getByRole("button", { name: /^催办 \d+ 项$/ }).click();
  await dialog.getByText(`已催办 ${many} 项，未催办 0 项。`).waitFor();
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  say("inspector", `urged the ${many} of a group`);

  const open = head.getByRole("button", { expanded: false });
  if (await open.isVisible().catch(() => false)) await open.click();
  await page
    .getByText("未读", { exact: true })
    .nth(many - 1)
    .waitFor();
  say("inspector", "sees at each row that it was urged today and that nobody has read it yet");
}
