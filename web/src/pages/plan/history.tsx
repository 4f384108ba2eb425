import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useUnitNodes } from "../../api/units";
import { actionOf, Events, whoOf } from "../../forms/events";
import { instant } from "../../lib/dates";
import { type Change, changesOf, fieldKey, runsOf } from "./changes";

type Event = Schemas["Event"];

/** So many lines of a change stand open; more are a click away. */
const shown = 3;

/** PlanHistory is what became of a plan: every act with what it changed; a run of the same act of one person is one line. */
export function PlanHistory({ id }: { id: string }) {
  return (
    <Events
      of={["plan", id]}
      read={(after, signal) => take(api.GET("/api/v1/plans/{id}/events", { signal, params: { path: { id }, query: { after } } }))}
      moments={(items, t) =>
        runsOf(items).map(run => ({
          id: run[0].id,
          title: run.length > 1 ? t("history.times", { act: actionOf(run[0]), n: run.length }) : actionOf(run[0]),
          who: whoOf(run[0], t),
          when: instant(run[0].at),
          tone: "blue",
          body: <Body run={run} />,
        }))
      }
    />
  );
}

/** Body says what a run of acts changed. */
function Body({ run }: { run: [Event, ...Event[]] }) {
  const { t } = useTranslation();
  const line = useLine();
  const changes = run.flatMap(event => (event.action === "edit" ? changesOf(event) : []));
  const tasks = new Set(changes.filter(one => one.what === "task").map(one => one.title)).size;
  const lines = [...changes.map(line), ...run.flatMap(others)];
  const [first] = run;
  const due = (first.after as { due_date?: unknown } | undefined)?.due_date;
  return (
    <>
      {first.reason && <p>{t("events.reason", { reason: first.reason })}</p>}
      {typeof due === "string" && <p>{t("events.due", { date: due })}</p>}
      {tasks > 1 && <p>{t("history.tasks", { n: tasks })}</p>}
      <Lines lines={lines.slice(0, shown)} />
      {lines.length > shown && (
        <details>
          <summary>{t("history.more", { n: lines.length - shown })}</summary>
          <Lines lines={lines.slice(shown)} />
        </details>
      )}
    </>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <>
      {lines.map((text, i) => (
        <p key={`${i}${text}`}>{text}</p>
      ))}
    </>
  );
}

/** others says what the acts besides editing were about: what hangs on what, the number of the document. */
function others(event: Event): string[] {
  const after = (event.after ?? event.before ?? {}) as Record<string, unknown>;
  if (typeof after.before_title === "string") return [`${after.before_title} → ${String(after.after_title ?? "")}`];
  if (event.action === "create" && typeof after.title === "string")
    return [[after.title, after.number].filter(Boolean).join(" ")];
  if (Array.isArray(after.changes))
    return after.changes.map((one: Record<string, string>) =>
      [one.title, one.old || one.new ? `${one.old ?? "—"} → ${one.new ?? "—"}` : ""].filter(Boolean).join(" "),
    );
  return [];
}

/** useLine puts one change into words. */
function useLine() {
  const { t } = useTranslation();
  const { nodes } = useUnitNodes();
  const unit = new Map(nodes.map(node => [node.id, node.label]));
  const value = (one: Change, said?: string) =>
    said === undefined ? t("history.nothing") : one.field === "unit_id" ? (unit.get(said) ?? t("history.unit")) : said;
  return (one: Change): string => {
    const title = one.title || t("history.untitled");
    if (one.came !== undefined) {
      const key =
        one.what === "task"
          ? one.came
            ? "history.task_added"
            : "history.task_gone"
          : one.came
            ? "history.body_added"
            : "history.body_gone";
      return t(key, { title });
    }
    const field = one.field ? t(fieldKey(one.field)) : "";
    if (one.from === undefined && one.to === undefined) return t("history.changed", { title, field });
    return t("history.from_to", { title, field, from: value(one, one.from), to: value(one, one.to) });
  };
}
