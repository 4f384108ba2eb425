// Every screen of the page: its name, who looks at it, its address. $name is filled in from the sample year.
export const screens = [
  ["sign-in", undefined, "/sign-in"],
  ["inbox", "clerk", "/inbox"],
  ["cockpit", "leader", "/cockpit"],
  ["desk", "inspector", "/desk"],
  ["ledger-tree", "office", "/ledger"],
  ["ledger-list", "office", "/ledger?layout=list"],
  ["ledger-board", "office", "/ledger?layout=board"],
  ["ledger-gantt", "office", "/ledger?layout=gantt"],
  ["duty", "office", "/duties/$duty"],
  ["duty-reports", "office", "/duties/$duty?tab=reports"],
  ["duty-urges", "office", "/duties/$duty?tab=urges"],
  ["duty-deadlines", "office", "/duties/$duty?tab=deadlines"],
  ["duty-history", "office", "/duties/$duty?tab=history"],
  ["duty-asked", "clerk", "/duties/$own?tab=reports"],
  ["report", "clerk", "/duties/$own/report"],
  ["reporting", "clerk", "/reporting"],
  ["reporting-missing", "office", "/reporting?lane=missing"],
  ["reporting-standings", "office", "/reporting?lane=standings"],
  ["indicators", "office", "/indicators"],
  ["indicator", "office", "/indicators/$indicator"],
  ["indicator-history", "office", "/indicators/$indicator?tab=history"],
  ["burden", "office", "/indicators?tab=burden"],
  ["plan-reporting", "office", "/plans/$plan?tab=reporting"],
  ["extension", "clerk", "/duties/$own/extension"],
  ["plans", "office", "/plans"],
  ["plan", "office", "/plans/$plan"],
  ["plan-graph", "office", "/plans/$plan?tab=relations&task=$task&slip=5"],
  ["plan-outline", "office", "/plans/$plan?tab=relations&view=outline"],
  ["plan-forecast", "office", "/plans/$plan?tab=relations&view=forecast"],
  ["plan-revisions", "office", "/plans/$plan?tab=revisions"],
  ["plan-compare", "office", "/plans/$draft?tab=compare&with=$plan"],
  ["plan-checks", "office", "/plans/$draft?tab=checks"],
  ["workshop", "office", "/plans/$draft?task=$drafted"],
  ["questions", "office", "/plans/$draft?tab=questions"],
  ["rehearsal", "office", "/plans/$draft?tab=issue"],
  ["inspections", "inspector", "/inspections"],
  ["inspection", "inspector", "/inspections/$inspection"],
  ["notices", "inspector", "/notices"],
  ["notice", "inspector", "/notices/$notice"],
  ["notice-replies", "inspector", "/notices/$notice?tab=replies"],
  ["notice-urges", "inspector", "/notices/$notice?tab=urges"],
  ["matters", "office", "/matters?tab=all"],
  ["matter", "leader", "/matters/$matter"],
  ["matter-history", "office", "/matters/$matter?tab=history"],
  ["instructions", "clerk", "/instructions"],
  ["instruction", "clerk", "/instructions/$instruction"],
  ["proceedings", "office", "/proceedings"],
  ["proceeding", "leader", "/proceedings/$proceeding"],
  ["messages", "clerk", "/messages"],
  ["settings", "clerk", "/settings"],
  ["help", "clerk", "/help"],
  ["reference", "clerk", "/reference"],
  ["admin-units", "system", "/admin?tab=units"],
  ["admin-users", "system", "/admin?tab=users"],
  ["admin-rosters", "system", "/admin?tab=rosters"],
  ["admin-system", "system", "/admin?tab=system"],
  ["admin-posts", "security", "/admin?tab=posts"],
  ["admin-access", "security", "/admin?tab=access"],
  ["admin-audit", "audit", "/admin?tab=audit"],
];

/** prepare makes what the screens need and the sample year lacks (links between tasks, a draft), and gives the values of the $names. */
export async function prepare({ enter, ask }) {
  const office = (await enter("office", "prepare")).page;
  const send = (path, body, version) => sendAs(office, path, body, version);
  const plans = (await ask(office, "/plans")).items;
  const plan = plans.find(one => one.status === "issued").id;
  const draft = plans.find(one => one.status === "draft")?.id ?? (await send(`/plans/${plan}/copy`, { year: 2018 })).id;
  const tasks = (await ask(office, `/plans/${plan}/tasks?limit=200`)).items.filter(task => task.assignments.length > 0);
  if ((await ask(office, `/plans/${plan}/dependencies`)).items.length === 0) {
    for (const [before, after] of [
      [0, 2],
      [1, 2],
      [2, 5],
      [3, 5],
      [5, 9],
      [2, 7],
      [7, 9],
      [9, 14],
      [10, 14],
    ])
      await send(`/plans/${plan}/dependencies`, { before_id: tasks[before].id, after_id: tasks[after].id, lag: after % 2 });
  }
  const clerk = (await enter("clerk", "prepare")).page;
  const inspector = (await enter("inspector", "prepare")).page;
  const own = (await ask(clerk, "/duties?mine=true&status=active&limit=1")).items[0];
  const measured = { name: "主动公开信息数", measure: "条", every: "quarter", gather: "sum" };
  const indicator = (await ask(office, "/indicators")).items[0]?.id ?? (await send("/indicators", measured)).id;
  const { version } = await ask(office, `/plans/${own.plan_id}/reporting`);
  const asked = { task_id: own.task_id, cycle: "", indicator_ids: [indicator], reason: "统一口径" };
  await send(`/plans/${own.plan_id}/reporting`, asked, version);
  const first = async (page, path) => (await ask(page, path)).items[0].id;
  return {
    plan,
    draft,
    task: tasks[2].id,
    drafted: (await ask(office, `/plans/${draft}/tasks?limit=200`)).items.find(task => task.assignments.length > 0).id,
    duty: await first(office, "/duties?status=review&limit=1"),
    own: own.id,
    indicator,
    inspection: await first(inspector, "/inspections"),
    notice: await first(inspector, "/notices?status=closed"),
    ...(await acts({ office, leader: (await enter("leader", "prepare")).page, clerk, ask })),
  };
}

/** sendAs has one person post something; a change names the version that it is based on. */
function sendAs(page, path, body, version) {
  return page.evaluate(
    async ([at, text, match]) => {
      const head = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
      if (match) head["If-Match"] = `"${match}"`;
      return (await fetch(`/api/v1${at}`, { method: "POST", headers: head, body: text })).json();
    },
    [path, JSON.stringify(body), version],
  );
}

/** acts makes a matter that waits for approval and one that runs, an instruction, and a criticism that waits. */
async function acts({ office, leader, clerk, ask }) {
  const has = await ask(office, "/matters?status=proposed");
  if (has.items.length === 0) {
    const own = (await ask(clerk, "/duties?mine=true&status=active&limit=1")).items[0];
    const matter = title => ({
      title,
      content: "各责任单位于月底前完成排查，形成问题清单并报送整改情况。",
      source: "minutes",
      basis: "厅长办公会议纪要〔2017〕第9期",
      units: [{ unit_id: own.unit_id, part: "lead" }],
    });
    for (const title of ["落实厅长办公会关于规范办事指南的决定", "排查并更新全省学校招生信息公开目录"]) {
      const made = await sendAs(office, "/matters", matter(title));
      const put = await sendAs(office, `/matters/${made.id}/propose`, {}, made.version);
      if (title.startsWith("落实")) await sendAs(leader, `/matters/${made.id}/approve`, {}, put.version);
    }
    await sendAs(leader, "/instructions", {
      subject: "duty",
      subject_id: own.id,
      text: "此事群众关注度高，请抓紧办理，月底前将进展报我。",
      urgency: "urgent",
    });
    for (const kind of ["criticism", "interview"])
      await sendAs(office, "/proceedings", {
        kind,
        unit_id: own.unit_id,
        title: kind === "criticism" ? "关于信息公开任务推进不力的通报" : "关于办事指南更新滞后的约谈",
        reason: "两项重点任务逾期，经两次催办未回复。",
        basis: [{ subject: "duty", subject_id: own.id }],
      });
  }
  const first = async (page, path) => (await ask(page, path)).items[0].id;
  return {
    matter: await first(office, "/matters?status=proposed"),
    instruction: await first(clerk, "/instructions"),
    proceeding: await first(office, "/proceedings?status=proposed"),
  };
}

/** addressOf fills in the $names. */
export const addressOf = (path, values) => path.replace(/\$([a-z]+)/g, (_, name) => values[name]);
