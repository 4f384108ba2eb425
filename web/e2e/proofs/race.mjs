// Two browsers race on one duty: one wins, the other is told plainly and loses no word that was typed.
import { check, say } from "../acts.mjs";

export const title = "two browsers racing on one duty: one wins, the other sees a plain conflict and keeps its text";

export async function proof({ enter, ask }) {
  const both = [
    ["office", (await enter("office")).page],
    ["office too", (await enter("office", "again")).page],
  ];
  const duty = (await ask(both[0][1], "/duties?status=active&limit=50")).items.find(one =>
    one.allowed_actions.some(act => act.action === "cancel" && act.enabled),
  ).id;
  const mine = "因机构职能调整，本事项并入年度公开要点统筹办理。";
  const open = async (page, words) => {
    await page.goto(`/duties/${duty}`);
    await page.getByRole("button", { name: "更多操作" }).first().click();
    await page.getByRole("menuitem", { name: "撤销", exact: true }).click();
    await page.getByRole("dialog").getByLabel("理由").fill(words);
  };
  for (const [, page] of both) await open(page, mine);
  const press = page => page.getByRole("dialog").getByRole("button", { name: "撤销", exact: true }).click();
  await Promise.all(both.map(([, page]) => press(page)));
  const outcome = [];
  for (const [name, page] of both) {
    const dialog = page.getByRole("dialog");
    const won = await dialog
      .waitFor({ state: "hidden", timeout: 8000 })
      .then(() => true)
      .catch(() => false);
    outcome.push(won);
    say(name, won ? "won" : "was told of the conflict");
    if (won) continue;
    check((await dialog.getByLabel("理由").inputValue()) === mine, "the loser's text is gone");
    const told = await dialog
      .getByText(/已被他人|他人已|不能撤销|已撤销|刚刚/)
      .first()
      .textContent();
    check(told, "the loser is not told");
    say(name, `reads: ${told}`);
  }
  check(outcome.filter(Boolean).length === 1, `${outcome.filter(Boolean).length} of two won`);
}
