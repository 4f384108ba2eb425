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
  ["report", "clerk", "/duties/$own/report"],
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
  ["inspection-scheme", "inspector", "/inspections/$inspection?tab=scheme"],
  ["inspection-checks", "inspector", "/inspections/$inspection?tab=checks"],
  ["conclusions", "inspector", "/conclusions"],
  ["conclusion", "inspector", "/conclusions/$conclusion"],
  ["objections", "leader", "/objections"],
  ["notices", "inspector", "/notices"],
  ["notice", "inspector", "/notices/$notice"],
  ["notice-replies", "inspector", "/notices/$notice?tab=replies"],
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
  const send = (path, body) =>
    office.evaluate(
      async ([at, text]) => {
        const head = { "Content-Type": "application/json", "Idempotency-Key": `prepare ${at} ${text}`.slice(0, 90) };
        return (await fetch(`/api/v1${at}`, { method: "POST", headers: head, body: text })).json();
      },
      [path, JSON.stringify(body)],
    );
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
  const first = async (page, path) => (await ask(page, path)).items[0].id;
  return {
    plan,
    draft,
    task: tasks[2].id,
    drafted: (await ask(office, `/plans/${draft}/tasks?limit=200`)).items.find(task => task.assignments.length > 0).id,
    duty: await first(office, "/duties?status=review&limit=1"),
    own: await first(clerk, "/duties?mine=true&status=active&limit=1"),
    inspection: await first(inspector, "/inspections"),
    conclusion: await first(inspector, "/conclusions"),
    notice: await first(inspector, "/notices?status=closed"),
  };
}

/** addressOf fills in the $names. */
export const addressOf = (path, values) => path.replace(/\$([a-z]+)/g, (_, name) => values[name]);
