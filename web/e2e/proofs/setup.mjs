// An empty installation, from the link that the program prints to the first inbox: set up, the three administrators, a unit, a person
// with a post; every screen that is still empty is looked at. SHOTS=folder keeps the pictures.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { act, check, say, seen } from "../acts.mjs";
import { binary, freePort } from "../house.mjs";
import { settled } from "../screens.mjs";
import { sideways } from "../walk.mjs";
import { violations } from "./axe.mjs";

export const title = "an empty installation is set up in the page alone; every empty screen says what to do next";

const secret = "云岭督办二零一七年启用时的一句话";
const admins = {
  system: ["系统管理员", "谭家琪"],
  security: ["安全保密管理员", "韦中华"],
  audit: ["安全审计员", "陆淑敏"],
};

/** What the office finds on its first day, and the words by which each screen says that nothing is there yet. */
const empty = [
  ["/desk", "暂无逾期事项"],
  ["/desk?lane=unreported"],
  ["/inbox"],
  ["/plans"],
  ["/ledger"],
  ["/ledger?layout=list"],
  ["/ledger?layout=gantt"],
  ["/cockpit", "本年度方案尚未下发"],
  ["/reporting"],
  ["/indicators"],
  ["/inspections"],
  ["/notices"],
  ["/conclusions"],
  ["/objections"],
  ["/matters"],
  ["/instructions"],
  ["/proceedings"],
  ["/hand-overs"],
  ["/calendar"],
  ["/rules"],
  ["/messages"],
  ["/settings"],
];

/** serve starts the program on an empty folder and gives its address and the link that it prints. */
async function serve() {
  const dir = mkdtempSync(join(tmpdir(), "duban-setup-"));
  const port = await freePort();
  const env = { ...process.env, DUBAN_DATABASE_URL: `sqlite:${join(dir, "duban.db")}`, DUBAN_DATA_DIR: join(dir, "files") };
  const child = spawn(binary, ["serve", `--listen=127.0.0.1:${port}`], { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const link = await new Promise((resolve, reject) => {
    const hear = piece => {
      said += piece;
      const found = /(http:\/\/\S+\/set-up#\S+)/.exec(said);
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
      child.on("exit", () => resolve(rmSync(dir, { recursive: true, force: true })));
      child.kill("SIGTERM");
    });
  return { base: `http://127.0.0.1:${port}`, link, close };
}

export async function proof({ browser, visit, signIn }) {
  const house = await serve();
  const bad = [];
  const people = [];
  const enter = async (login, look = {}) => {
    const person = await visit(browser, house.base, look);
    if (login) await signIn(person.page, login, secret);
    people.push(person);
    return person;
  };
  const look = async (person, name) => {
    await settled(person.page);
    const width = person.page.viewportSize().width;
    if (process.env.SHOTS) await person.page.screenshot({ path: join(process.env.SHOTS, `setup-${name}-${width}.png`) });
    const found = [...(await violations(person)), ...(await sideways(person.page))];
    bad.push(...found.map(one => `${name} ${width}: ${one}`));
  };
  try {
    const links = await found(await enter(), house, look);
    for (const [login, link] of Object.entries(links)) await password(await enter(), link, login, look);
    say("admins", "have set their passwords by their links");

    const system = await enter("system");
    await look(system, "system-home");
    await seen(system.page, "开始使用");
    await unit(system.page);
    const link = await account(system.page);
    say("system", "made a unit and an account");
    await password(await enter(), link, "office-user", look);

    const security = await enter("security");
    await look(security, "security-home");
    await security.page.goto("/admin?tab=posts");
    await grant(security.page);
    say("security", "gave the post");
    await look(await enter("audit"), "audit-home");

    const office = await enter("office-user");
    await office.page.goto("/inbox");
    await seen(office.page, "目前没有待您办理的事项");
    say("office", "signs in and finds an empty inbox");
    const phone = await enter("office-user", { width: 390, height: 844, phone: true });
    for (const person of [office, phone]) {
      for (const [path, words] of empty) {
        await person.page.goto(path);
        if (words) await person.page.getByText(words).first().waitFor();
        await look(person, path.slice(1).replace(/\W+/g, "-"));
      }
    }
    say("office", `has looked at ${empty.length} empty screens, at a desk and on a phone`);
    bad.push(...people.flatMap(person => person.faults));
    check(bad.length === 0, `${bad.length} faults\n${bad.join("\n")}`);
  } catch (error) {
    const last = people.at(-1)?.page;
    await last?.screenshot({ path: join(process.env.SHOTS ?? tmpdir(), "fail-setup.png") }).catch(() => undefined);
    throw error;
  } finally {
    for (const person of people) await person.context.close().catch(() => undefined);
    await house.close();
  }
}

/** found fills in the set-up and gives the link of each administrator. */
async function found(person, house, look) {
  const { page } = person;
  await page.goto(house.link);
  await look(person, "set-up");
  await page.getByLabel("机关全称").fill("云岭省教育厅");
  await page.getByLabel("简称").fill("省教育厅");
  await page.getByLabel("机关代字").fill("云教督");
  for (const [login, [role, name]] of Object.entries(admins)) {
    const part = page.locator("section").filter({ has: page.getByRole("heading", { name: role }) });
    await part.getByLabel("姓名").fill(name);
    await part.getByLabel("用户名").fill(login);
  }
  await page.getByRole("button", { name: "完成设置" }).click();
  await seen(page, "已设立。请把下列链接分别交给三名管理员。");
  await look(person, "set-up-done");
  const links = await page.locator("code").allTextContents();
  check(links.length === 3, `${links.length} links for three administrators`);
  say("first", "founded the authority with its three administrators");
  return Object.fromEntries(Object.keys(admins).map((login, i) => [login, links[i]]));
}

async function password(person, link, login, look) {
  const { page } = person;
  await page.goto(link);
  await look(person, "password");
  await page.getByLabel("新密码").fill(secret);
  await page.getByLabel("再输一次").fill(secret);
  await page.getByRole("button", { name: "设置密码" }).click();
  await page.waitForURL(/sign-in/);
  say(login, "set a password");
}

async function unit(page) {
  await page.goto("/admin?tab=units");
  await act(page, "新设单位", {
    单位名称: "办公室",
    上级单位: dialog => choose(page, dialog, "上级单位", "云岭省教育厅"),
  });
  await seen(page, "办公室");
}

async function account(page) {
  await page.goto("/admin?tab=users");
  await page.getByRole("button", { name: "新建账号" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("苏文清");
  await dialog.getByLabel("用户名").fill("office-user");
  await dialog.getByRole("button", { name: "新建账号" }).click();
  const link = await page.getByRole("dialog").locator("code").textContent();
  return link;
}

async function grant(page) {
  await act(page, "授予任职", {
    姓名: dialog => choose(page, dialog, "姓名", "苏文清"),
    角色: dialog => choose(page, dialog, "角色", "督查室"),
    单位: dialog => choose(page, dialog, "单位", "办公室"),
    理由: "任职通知",
  });
  await seen(page, "苏文清");
}

/** choose takes a line of a list in a dialog. */
async function choose(page, dialog, label, value) {
  const field = dialog.getByLabel(label, { exact: false }).first();
  await field.click();
  await field.fill(value).catch(() => undefined);
  await page
    .getByRole("option", { name: new RegExp(value) })
    .or(page.getByRole("treeitem", { name: new RegExp(value) }))
    .first()
    .click();
}
