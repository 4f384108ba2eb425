// What the screens show and the sample year lacks: made once, through the API, by the people whose part it is.

const links = [
  [0, 2],
  [1, 2],
  [2, 5],
  [3, 5],
  [5, 9],
  [2, 7],
  [7, 9],
  [9, 14],
  [10, 14],
];
const notice = `2027 https://www.gov.cn/zhengce/
元旦 01-01..01-03 + 2026-12-27
春节 02-06..02-12 + 02-14 02-20
清明节 04-03..04-05
劳动节 05-01..05-05 + 05-08
端午节 06-09
中秋节 09-15
国庆节 10-01..10-07 + 09-26 10-09
`;

/** prepare makes what is lacking, and gives the values of the $names of the screens. */
export async function prepare({ enter, ask }) {
  const as = async who => {
    const { page } = await enter(who, "prepare");
    return {
      get: path => ask(page, path),
      first: async path => (await ask(page, path)).items[0]?.id,
      send: (path, body = {}, version) => send(page, path, body, version),
    };
  };
  const [office, leader, clerk, head, inspector] = await Promise.all(["office", "leader", "clerk", "head", "inspector"].map(as));
  const own = (await clerk.get("/duties?mine=true&status=active&limit=1")).items[0];
  const values = { own: own.id, ...(await plans(office)), ...(await figures(office, own)) };
  Object.assign(values, await inspections({ inspector, leader, head, unit: own.unit_id }));
  Object.assign(values, await acts({ office, leader, clerk, own }));
  values.split = await shares(await as("city"));
  values.moved = await extension(clerk, own.id);
  await proposals(office);
  values.duty = await office.first("/duties?status=review&limit=1");
  values.notice = await inspector.first("/notices?status=closed");
  return values;
}

/** send posts something; a change names the version that it is based on. A refusal stops the proof. */
async function send(page, path, body, version) {
  const answer = await page.evaluate(
    async ([at, text, match]) => {
      const head = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
      if (match) head["If-Match"] = `"${match}"`;
      return (await fetch(`/api/v1${at}`, { method: "POST", headers: head, body: text })).json();
    },
    [path, JSON.stringify(body), version],
  );
  if (answer.status >= 400) throw new Error(`POST ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** plans are the plan of the year with links between its tasks, and the draft of the next one. */
async function plans(office) {
  const all = (await office.get("/plans")).items;
  const plan = all.filter(one => one.status === "issued").sort((a, b) => b.duties - a.duties)[0].id; // the matters of a year have a plan of their own
  const draft = all.find(one => one.status === "draft")?.id ?? (await office.send(`/plans/${plan}/copy`, { year: 2018 })).id;
  const given = async id => (await office.get(`/plans/${id}/tasks?limit=200`)).items.filter(task => task.assignments.length > 0);
  const tasks = await given(plan);
  const linked = (await office.get(`/plans/${plan}/dependencies`)).items;
  if (linked.length === 0)
    for (const [before, after] of links)
      await office.send(`/plans/${plan}/dependencies`, {
        before_id: tasks[before].id,
        after_id: tasks[after].id,
        lag: after % 2,
      });
  return { plan, draft, task: linked[0]?.before_id ?? tasks[2].id, drafted: (await given(draft))[0].id };
}

/** figures has a duty asked for an indicator. */
async function figures(office, own) {
  const measured = { name: "主动公开信息数", measure: "条", every: "quarter", gather: "sum" };
  const indicator = (await office.first("/indicators")) ?? (await office.send("/indicators", measured)).id;
  const { version } = await office.get(`/plans/${own.plan_id}/reporting`);
  const asked = { task_id: own.task_id, cycle: "", indicator_ids: [indicator], reason: "统一口径" };
  await office.send(`/plans/${own.plan_id}/reporting`, asked, version);
  return { indicator };
}

/** inspections are one that runs with a check-list and a finding, whose notice the unit objects to, and a look-back. */
async function inspections({ inspector, leader, head, unit }) {
  const known = (await inspector.get("/inspections?status=open")).items;
  const looks = await inspector.get("/inspections?status=draft");
  const found = {
    running: known[0]?.id,
    look: looks.items.find(one => one.kind === "look_back")?.id,
    objection: await leader.first("/objections"),
  };
  const { user } = await inspector.get("/session");
  const plan = {
    leader_id: user.id,
    basis: "《政府督查工作条例》第十一条",
    scope: "主动公开目录编制和更新情况",
    starts_on: "2017-09-20",
    methods: ["visit", "material"],
  };
  if (!found.running) {
    const items = [{ text: "目录已在门户网站公布" }, { text: "目录按月更新" }];
    const body = { ...plan, title: "主动公开目录专项督查", kind: "special", items, ends_on: "2017-09-22", unit_ids: [unit] };
    const made = await inspector.send("/inspections", body);
    const put = await inspector.send(`/inspections/${made.id}/propose`, {}, made.version);
    const may = await leader.send(`/inspections/${made.id}/approve`, {}, put.version);
    await inspector.send(`/inspections/${made.id}/open`, {}, may.version);
    const outcomes = ["violates", "conforms"].map((outcome, item) => ({
      unit_id: unit,
      item,
      outcome,
      note: "逐项比对门户网站",
    }));
    await inspector.send(`/inspections/${made.id}/checks`, { items: outcomes });
    const fault = {
      unit_id: unit,
      severity: "major",
      basis: "《政府信息公开条例》第十条",
      requirement: "补充更新公开目录并公布。",
    };
    const finding = await inspector.send(`/inspections/${made.id}/findings`, {
      ...fault,
      description: "公开目录自六月起未更新。",
    });
    const draft = { finding_ids: [finding.id], title: "关于公开目录未更新问题的限期整改通知书", requirement: fault.requirement };
    const drafted = await inspector.send("/notices", draft);
    const served = await inspector.send(`/notices/${drafted.id}/serve`, { workdays: 15 }, drafted.version);
    await head.send(`/notices/${drafted.id}/sign`, {}, served.version);
    const grounds = { grounds: "目录已于八月更新，附页面存档。", demand: "撤销该项整改要求" };
    const filed = await head.send("/objections", { subject: "notice", subject_id: drafted.id, ...grounds });
    Object.assign(found, { running: made.id, objection: filed.id });
  }
  if (!found.look) {
    const draw = { year: 2017, seed: "2017-09-20", size: 4, title: "2017年度整改事项回头看", ends_on: "2017-09-29" };
    found.look = (await inspector.send("/look-backs", { ...plan, ...draw })).id;
  }
  return {
    ...found,
    objected: (await leader.get(`/objections/${found.objection}`)).subject_id,
    inspection: await inspector.first("/inspections?status=concluded"),
    conclusion: await inspector.first("/conclusions"),
  };
}

/** acts makes a matter that waits for approval and one that runs, an instruction, and a criticism that waits. */
async function acts({ office, leader, clerk, own }) {
  if ((await office.get("/matters?status=proposed")).items.length === 0) {
    const matter = title => ({
      title,
      content: "各责任单位于月底前完成排查，形成问题清单并报送整改情况。",
      source: "minutes",
      basis: "厅长办公会议纪要〔2017〕第9期",
      units: [{ unit_id: own.unit_id, part: "lead" }],
    });
    for (const title of ["落实厅长办公会关于规范办事指南的决定", "排查并更新全省学校招生信息公开目录"]) {
      const made = await office.send("/matters", matter(title));
      const put = await office.send(`/matters/${made.id}/propose`, {}, made.version);
      if (title.startsWith("落实")) await leader.send(`/matters/${made.id}/approve`, {}, put.version);
    }
    const text = "此事群众关注度高，请抓紧办理，月底前将进展报我。";
    await leader.send("/instructions", { subject: "duty", subject_id: own.id, text, urgency: "urgent" });
    for (const kind of ["criticism", "interview"])
      await office.send("/proceedings", {
        kind,
        unit_id: own.unit_id,
        title: kind === "criticism" ? "关于信息公开任务推进不力的通报" : "关于办事指南更新滞后的约谈",
        reason: "两项重点任务逾期，经两次催办未回复。",
        basis: [{ subject: "duty", subject_id: own.id }],
      });
  }
  return {
    matter: await office.first("/matters?status=proposed"),
    instruction: await clerk.first("/instructions"),
    proceeding: await office.first("/proceedings?status=proposed"),
    handed: await office.first("/hand-overs"),
  };
}

/** shares has a city give parts of a duty to its counties; the answer is the duty. */
async function shares(city) {
  const given = (await city.get("/shares")).items.find(one => ["assigned", "active"].includes(one.status));
  if (given) return given.duty_id;
  const may = one => one.allowed_actions.some(act => act.action === "split" && act.enabled);
  const duty = (await city.get("/duties?mine=true&status=active&limit=100")).items.find(may);
  const counties = (await city.get(`/units?under=${duty.unit_id}&depth=1`)).items.slice(0, 2);
  for (const county of counties)
    await city.send(`/duties/${duty.id}/shares`, { unit_id: county.id, title: `${county.name}部分`, due_date: "2017-09-29" });
  return duty.id;
}

/** extension asks for more time for another duty than the one that is reported on; the answer is the duty. */
async function extension(clerk, own) {
  const waits = (await clerk.get("/duties?mine=true&status=active&limit=100")).items.filter(
    one => one.id !== own && one.due_date,
  );
  for (const one of waits) if ((await clerk.get(`/duties/${one.id}/extensions`)).items.length > 0) return one.id;
  const may = one => one.due_date > "2017-09-20" && one.allowed_actions.some(act => act.action === "extend" && act.enabled);
  const duty = waits.find(may);
  const asked = { due_date: "2017-11-15", progress: 3000, reason: "涉及系统改造，招标程序尚未完成" };
  await clerk.send(`/duties/${duty.id}/extensions`, asked);
  return duty.id;
}

/** proposals are a rule version and a notice of days off that wait for somebody else's approval. */
async function proposals(office) {
  if ((await office.get("/rule-versions")).items.length === 0) {
    const { shipped } = await office.get("/rules");
    const rule = shipped
      .find(one => one.name === "ladder-duty.yaml")
      .content.replace(/^version: (\d+)/m, (_, n) => `version: ${Number(n) + 1}`);
    await office.send("/rule-versions", { content: rule, applies_from: "2017-10-09", note: "国庆后启用" });
  }
  if ((await office.get("/calendar-proposals")).items.length === 0)
    await office.send("/calendar-proposals", { title: "关于2027年部分节假日安排的通知", notice });
}
