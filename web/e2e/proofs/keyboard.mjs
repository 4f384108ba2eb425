// Keyboard alone: report, review, close-out. The mouse is never used; every step is Tab, Enter, arrows and typing.
import { check, say, seen, tabTo } from "../acts.mjs";

export const title = "report → review → close-out by keyboard alone";

const named =
  (...names) =>
  found =>
    found.tag === "BUTTON" && names.some(name => found.text === name);
const labelled = name => found => (found.tag === "TEXTAREA" || found.tag === "INPUT") && found.text.includes(name);

export async function proof({ enter, ask }) {
  const clerk = (await enter("clerk")).page;
  const duties = (await ask(clerk, "/duties?mine=true&status=active&limit=100")).items;
  const duty =
    duties.find(one => one.allowed_actions.some(act => act.action === "request_completion" && act.enabled)) ?? duties[0];
  const words = "全部事项已办结，材料齐备，请予核查。";
  await clerk.goto(`/duties/${duty.id}/report?kind=completion`);
  await seen(clerk, "检查并报送");
  await tabTo(clerk, labelled("进展情况"));
  await clerk.keyboard.type(words);
  await tabTo(clerk, named("检查并报送"));
  await clerk.keyboard.press("Enter");
  await clerk.getByRole("dialog").waitFor();
  await tabTo(clerk, named("报送"));
  await clerk.keyboard.press("Enter");
  await seen(clerk, "待单位审核");
  say("clerk", "reported");

  const head = (await enter("head")).page;
  await head.goto(`/duties/${duty.id}?tab=reports`);
  await seen(head, words);
  await tabTo(head, named("单位审核"));
  await head.keyboard.press("Enter");
  await seen(head, "待督查室确认");
  say("head", "reviewed");

  const inspector = (await enter("inspector")).page;
  await inspector.goto(`/duties/${duty.id}`);
  await seen(inspector, "办结待核");
  await tabTo(inspector, named("销号"));
  await inspector.keyboard.press("Enter");
  await inspector.getByRole("dialog").waitFor();
  await tabTo(inspector, labelled("说明"));
  await inspector.keyboard.type("资料核查属实");
  await tabTo(inspector, named("销号"));
  await inspector.keyboard.press("Enter");
  await seen(inspector, "已销号");
  say("inspector", "closed out");
  const state = (await ask(clerk, `/duties/${duty.id}`)).status;
  check(state === "closed", `the duty is ${state}`);
}
