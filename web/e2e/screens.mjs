// Every screen of the page: its name, who looks at it, its address, and what is pressed there first. $name is filled in from the sample
// year by prepare (sample.mjs). A step is the key of a text (the button, tab or menu line that says it), `key:` and a key of the keyboard,
// `type:` and what is typed, `row`: the first check-box of a row, or `wide`: the rest is not for a phone. src/app/screens.test.ts holds that no address of the router is missing.
import { texts } from "./words.mjs";

export const screens = [
  ["sign-in", undefined, "/sign-in"],
  ["password", undefined, "/password#used"],
  ["set-up-done", undefined, "/set-up"],
  ["home", "office", "/"],
  ["not-found", "clerk", "/nowhere"],
  ["not-found-duty", "clerk", "/duties/0000000000000"],
  ["no-right", "clerk", "/admin"],
  ["search", "office", "/inbox", "key:Control+k", "type:公开"],
  ["inbox", "clerk", "/inbox"],
  ["inbox-office", "office", "/inbox"],
  ["inbox-leader", "leader", "/inbox"],
  ["inbox-county", "city", "/inbox"],
  ["inbox-done", "office", "/inbox?tab=done"],
  ["inbox-followed", "clerk", "/inbox?tab=followed"],
  ["inbox-sent", "office", "/inbox?tab=sent"],
  ["inbox-shares", "county", "/inbox"],
  ["cockpit", "leader", "/cockpit"],
  ["cockpit-past", "leader", "/cockpit?as_of=2017-08-01"],
  ["desk", "inspector", "/desk"],
  ["desk-soon", "inspector", "/desk?lane=soon&by=none"],
  ["desk-unreported", "inspector", "/desk?lane=unreported&by=unit"],
  ["desk-unsigned", "inspector", "/desk?lane=unsigned"],
  ["desk-review", "inspector", "/desk?lane=review"],
  ["desk-urge", "inspector", "/desk?lane=unreported", "row", "action.duty.urge*"],
  ["ledger-tree", "office", "/ledger"],
  ["ledger-list", "office", "/ledger?layout=list"],
  ["ledger-board", "office", "/ledger?layout=board"],
  ["ledger-gantt", "office", "/ledger?layout=gantt"],
  ["ledger-graph", "office", "/ledger?layout=graph"],
  ["ledger-calendar", "office", "/ledger?layout=calendar"],
  ["ledger-past", "office", "/ledger?layout=list&as_of=2017-08-01&since=2017-06-01"],
  ["ledger-wrong", "office", "/ledger?layout=list&q=%E9%A2%9C%E8%89%B2:%E7%BA%A2"],
  ["ledger-nothing", "office", "/ledger?layout=list&q=%E5%93%88%E5%93%88"],
  ["ledger-columns", "office", "/ledger?layout=list", "wide", "ledger.columns"],
  ["ledger-view", "office", "/ledger?layout=list", "ledger.views", "ledger.view.save"],
  ["ledger-picked", "office", "/ledger?layout=list", "wide", "row"],
  ["ledger-urge", "office", "/ledger?layout=list&status=active", "wide", "row", "action.duty.urge*"],
  ["ledger-unit", "clerk", "/ledger?layout=list"],
  ["duty", "office", "/duties/$duty"],
  ["duty-reports", "office", "/duties/$duty?tab=reports"],
  ["duty-shares", "city", "/duties/$split?tab=shares"],
  ["duty-no-shares", "office", "/duties/$duty?tab=shares"],
  ["duty-extensions", "leader", "/duties/$moved?tab=extensions"],
  ["duty-urges", "office", "/duties/$duty?tab=urges"],
  ["duty-close-out", "inspector", "/duties/$duty?tab=close_out"],
  ["duty-deadlines", "office", "/duties/$duty?tab=deadlines"],
  ["duty-history", "office", "/duties/$duty?tab=history"],
  ["duty-act", "office", "/duties/$own", "action.duty.urge"],
  ["duty-instruct", "leader", "/duties/$duty", "instruction.give"],
  ["duty-asked", "clerk", "/duties/$own?tab=reports"],
  ["report", "clerk", "/duties/$own/report"],
  ["report-check", "clerk", "/duties/$own/report", "report.check"],
  ["reporting", "clerk", "/reporting"],
  ["reporting-office", "office", "/reporting"],
  ["reporting-missing", "office", "/reporting?lane=missing"],
  ["reporting-late", "office", "/reporting?lane=late"],
  ["reporting-standings", "office", "/reporting?lane=standings"],
  ["indicators", "office", "/indicators"],
  ["indicator-new", "office", "/indicators", "indicator.create"],
  ["indicator", "office", "/indicators/$indicator"],
  ["indicator-history", "office", "/indicators/$indicator?tab=history"],
  ["burden", "office", "/indicators?tab=burden"],
  ["extension", "clerk", "/duties/$own/extension"],
  ["plans", "office", "/plans"],
  ["plan-import", "office", "/plans", "plan.import"],
  ["plan", "office", "/plans/$plan"],
  ["plan-reporting", "office", "/plans/$plan?tab=reporting"],
  ["plan-graph", "office", "/plans/$plan?tab=relations&task=$task&slip=5"],
  ["plan-outline", "office", "/plans/$plan?tab=relations&view=outline"],
  ["plan-forecast", "office", "/plans/$plan?tab=relations&view=forecast"],
  ["plan-revisions", "office", "/plans/$plan?tab=revisions"],
  ["plan-history", "office", "/plans/$plan?tab=history"],
  ["plan-compare", "office", "/plans/$draft?tab=compare&with=$plan"],
  ["plan-checks", "office", "/plans/$draft?tab=checks"],
  ["workshop", "office", "/plans/$draft?task=$drafted"],
  ["questions", "office", "/plans/$draft?tab=questions"],
  ["rehearsal", "office", "/plans/$draft?tab=issue"],
  ["inspections", "inspector", "/inspections"],
  ["inspection-new", "inspector", "/inspections", "inspection.create"],
  ["look-back-new", "inspector", "/inspections", "look.create"],
  ["inspection", "inspector", "/inspections/$inspection"],
  ["inspection-scheme", "inspector", "/inspections/$inspection?tab=scheme"],
  ["inspection-checks", "inspector", "/inspections/$running?tab=checks"],
  ["inspection-findings", "inspector", "/inspections/$running?tab=findings"],
  ["inspection-events", "inspector", "/inspections/$running?tab=events"],
  ["finding-new", "inspector", "/inspections/$running?tab=findings", "action.inspection.record_finding"],
  ["look-back", "inspector", "/inspections/$look?tab=look"],
  ["conclusions", "inspector", "/conclusions"],
  ["conclusion", "inspector", "/conclusions/$conclusion"],
  ["hand-overs", "office", "/hand-overs"],
  ["hand-over-new", "head", "/hand-overs", "hand_over.draw"],
  ["hand-over", "leader", "/hand-overs/$handed"],
  ["objections", "leader", "/objections?tab=all"],
  ["objection", "leader", "/objections/$objection"],
  ["objection-unit", "head", "/objections/$objection"],
  ["notices", "inspector", "/notices"],
  ["notice", "inspector", "/notices/$notice"],
  ["notice-replies", "inspector", "/notices/$notice?tab=replies"],
  ["notice-urges", "inspector", "/notices/$notice?tab=urges"],
  ["notice-deadlines", "inspector", "/notices/$notice?tab=deadlines"],
  ["notice-events", "inspector", "/notices/$notice?tab=events"],
  ["notice-unit", "head", "/notices/$objected"],
  ["matters", "office", "/matters?tab=all"],
  ["matter-new", "office", "/matters", "matter.register"],
  ["matter", "leader", "/matters/$matter"],
  ["matter-history", "office", "/matters/$matter?tab=history"],
  ["instructions", "clerk", "/instructions"],
  ["instruction", "clerk", "/instructions/$instruction"],
  ["proceedings", "office", "/proceedings"],
  ["proceeding-new", "office", "/proceedings", "proceeding.propose"],
  ["proceeding", "leader", "/proceedings/$proceeding"],
  ["proceeding-history", "leader", "/proceedings/$proceeding?tab=history"],
  ["messages", "clerk", "/messages?tab=all"],
  ["calendar", "leader", "/calendar"],
  ["calendar-beyond", "leader", "/calendar?year=2027"],
  ["calendar-propose", "office", "/calendar", "calendar.propose"],
  ["rules", "leader", "/rules"],
  ["rules-versions", "leader", "/rules?tab=versions"],
  ["rules-try", "office", "/rules", "rules.use", "rules.test"],
  ["settings", "clerk", "/settings"],
  ["delegation-new", "head", "/settings", "delegation.give"],
  ["help", "clerk", "/help"],
  ["reference", "clerk", "/reference"],
  ["admin-units", "system", "/admin?tab=units"],
  ["admin-unit-new", "system", "/admin?tab=units", "unit.create"],
  ["admin-unit-import", "system", "/admin?tab=units", "unit.import"],
  ["admin-users", "system", "/admin?tab=users"],
  ["admin-user-new", "system", "/admin?tab=users", "user.create"],
  ["admin-rosters", "office", "/admin?tab=rosters"],
  ["admin-roster-new", "office", "/admin?tab=rosters", "roster.create"],
  ["admin-system", "system", "/admin?tab=system"],
  ["admin-webhook-new", "system", "/admin?tab=system", "webhook.create"],
  ["admin-posts", "security", "/admin?tab=posts"],
  ["admin-access", "security", "/admin?tab=access"],
  ["admin-audit", "audit", "/admin?tab=audit"],
  ["admin-audit-detail", "audit", "/admin?tab=audit", "audit.detail"],
];

/** addressOf fills in the $names. */
export const addressOf = (path, values) =>
  path.replace(/\$([a-z]+)/g, (_, name) => {
    if (!values[name]) throw new Error(`nothing prepared for $${name} of ${path}`);
    return values[name];
  });

/** open goes to a screen, presses what has to be pressed, and waits until it stands. */
export async function open(page, [, , path, ...steps], values, language = "zh-CN") {
  await page.goto(addressOf(path, values));
  await settled(page);
  for (const step of steps) {
    if (step === "wide" && page.viewportSize().width < 500) return;
    if (step === "wide") continue;
    await take(page, step, language);
    if (!step.startsWith("type:") && step !== "row") await unfolded(page);
    await settled(page);
  }
}

/** unfolded waits a moment for what a step opens: dialogs and menus are loaded when they are first asked for. */
async function unfolded(page) {
  const shown = page.locator('[role="dialog"], [role="menu"]').filter({ visible: true }).first();
  await shown.waitFor({ timeout: 1500 }).catch(() => undefined);
}

/** take does one step; a text that ends in * may go on (a count, a name). */
async function take(page, step, language) {
  if (step === "row") return page.getByRole("row").getByRole("checkbox").nth(1).check();
  if (step.startsWith("key:")) return page.keyboard.press(step.slice(4));
  if (step.startsWith("type:")) return page.keyboard.type(step.slice(5));
  const key = step.replace(/\*$/, "");
  const words = texts(language)[key];
  if (!words) throw new Error(`no text ${key}`);
  const name = step.endsWith("*") ? new RegExp(`^${words}`) : words;
  const exact = { name, exact: true };
  const shown = { visible: true };
  const target = ["button", "menuitem", "tab"]
    .map(role => page.getByRole(role, exact))
    .reduce((all, one) => all.or(one))
    .filter(shown)
    .first();
  const more = page
    .getByRole("button", { name: texts(language)["form.more_acts"], exact: true })
    .filter(shown)
    .first();
  await target.waitFor({ timeout: 3000 }).catch(() => more.click());
  return target.click({ timeout: 10_000 });
}

/** settled waits until nothing is being loaded any more; the stream of news never ends, so the network is never idle. */
export async function settled(page) {
  await page.waitForLoadState("load");
  await page
    .waitForFunction(() => document.querySelector("h1") && !document.querySelector('main [role="status"][aria-label]'), null, {
      timeout: 10_000,
    })
    .catch(() => undefined);
  await page.waitForTimeout(150);
}
