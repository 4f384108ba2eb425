import type { Schemas } from "../../api/client";

type Event = Schemas["Event"];
type Row = Record<string, unknown> & { id: string };
interface Rows {
  act?: string;
  tasks?: Row[];
  assignments?: Row[];
}

/** What an edit changed: a field of a task from one value to another; a whole task or body that came or went has no field. */
export interface Change {
  what: "task" | "body";
  title: string;
  field?: Field;
  came?: boolean;
  from?: string;
  to?: string;
}

/** The fields that people know; what the program keeps beside them (places, counts, versions) is not told. */
const fields = {
  title: "compare.field.title",
  number: "compare.field.number",
  content: "compare.field.content",
  kind: "history.field.kind",
  start_date: "history.field.start_date",
  due_date: "compare.field.due_date",
  deadline_phrase: "history.field.deadline_phrase",
  recurrence: "compare.field.recurrence",
  leader_id: "compare.field.leader",
  targets: "compare.field.targets",
  milestones: "history.field.milestones",
  contract: "history.field.contract",
  weight: "history.field.weight",
  roll_up: "history.field.roll_up",
  parent_id: "compare.field.place",
  unit_id: "history.field.unit",
  roster_id: "history.field.roster",
  part: "history.field.part",
  name: "history.field.name",
} as const;
export type Field = keyof typeof fields;
export const fieldKey = (field: Field) => fields[field];

/** Values of these fields read as they stand; of the others only that they changed is told. */
const plain = new Set<Field>(["title", "number", "start_date", "due_date", "deadline_phrase", "weight", "unit_id", "name"]);

const text = (value: unknown) => (value === undefined || value === null || value === "" ? undefined : String(value));

/** changesOf lists what an edit of a plan changed, task by task and body by body. */
export function changesOf(event: Pick<Event, "before" | "after">): Change[] {
  const before = (event.before ?? {}) as Rows;
  const after = (event.after ?? {}) as Rows;
  const titles = new Map([...(before.tasks ?? []), ...(after.tasks ?? [])].map(row => [row.id, String(row.title ?? "")]));
  return [
    ...rows("task", before.tasks ?? [], after.tasks ?? [], row => titles.get(row.id) ?? ""),
    ...rows("body", before.assignments ?? [], after.assignments ?? [], row => String(row.name ?? "")),
  ];
}

function rows(what: Change["what"], before: Row[], after: Row[], title: (row: Row) => string): Change[] {
  const now = new Map(after.map(row => [row.id, row]));
  const old = new Set(before.map(row => row.id));
  const changed = before.flatMap(row => {
    const next = now.get(row.id);
    return next ? differing(what, row, next, title(row)) : [{ what, title: title(row), came: false }];
  });
  return [...changed, ...after.filter(row => !old.has(row.id)).map(row => ({ what, title: title(row), came: true }))];
}

function differing(what: Change["what"], was: Row, is: Row, title: string): Change[] {
  return (Object.keys(fields) as Field[])
    .filter(field => JSON.stringify(was[field] ?? "") !== JSON.stringify(is[field] ?? ""))
    .map(field =>
      plain.has(field) ? { what, title, field, from: text(was[field]), to: text(is[field]) } : { what, title, field },
    );
}

/** So long after its first act a run goes on: who works through a draft makes one change after the other. */
const pause = 60 * 60_000;

/** runsOf puts together what one person did of one kind, one after the other. */
export function runsOf(events: Event[]): [Event, ...Event[]][] {
  const runs: [Event, ...Event[]][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const first = run?.[0];
    const same =
      first && first.action === event.action && first.actor_id === event.actor_id && first.actor_name === event.actor_name;
    if (run && first && same && !event.reason && Date.parse(event.at) - Date.parse(first.at) < pause) run.push(event);
    else runs.push([event]);
  }
  return runs;
}
