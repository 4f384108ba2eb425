import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { usePages } from "../api/pages";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import type { Tone } from "../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../ui/states";
import { type Moment, Timeline } from "../ui/steps";
import { More } from "../ui/table";

type Event = Schemas["Event"];

/** tones marks the acts that end or turn a matter. */
const tones: Record<string, Tone> = {
  close: "green",
  confirm: "green",
  accept: "green",
  grant: "green",
  send_back: "amber",
  return: "amber",
  refuse: "amber",
  reopen: "amber",
  urge: "amber",
  remind: "amber",
  cancel: "red",
  void: "red",
  breach: "red",
  escalate: "red",
};

/** The acts on a proceeding have the words of its kind. */
const proceedings = ["action.interview", "action.circular"];

/** Events is the history of an object, as the server recorded it; a page may tell it in moments of its own. */
export function Events({
  of,
  read,
  moments = momentsOf,
}: {
  of: readonly unknown[];
  read: (after: string | undefined, signal: AbortSignal) => Promise<{ items: Event[]; next: string }>;
  moments?: (items: Event[], t: TFunction) => Moment[];
}) {
  const { t } = useTranslation();
  const list = usePages([...of, "events"], read);
  if (list.isPending) return <SkeletonRows />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0) return <Empty title={t("events.none")} icon="history" />;
  return (
    <>
      <Timeline moments={moments(list.items, t)} />
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

const momentsOf = (items: Event[], t: TFunction): Moment[] =>
  items.map(event => ({
    id: event.id,
    title: actionOf(event),
    who: whoOf(event, t),
    when: instant(event.at),
    tone: tones[event.action.split(".").at(-1) ?? ""] ?? "blue",
    body: <Body event={event} />,
  }));

/** whoOf names who did it, and whom he stood in for. */
export const whoOf = (event: Event, t: TFunction) =>
  [actorOf(event, t("events.program")), event.acting_for && t("events.acting", { name: event.acting_for })]
    .filter(Boolean)
    .join("　");

/** actionOf names an event: "report.save" by the act of a report, "step.remind" by the ladder's step, others by their own object's act. */
export function actionOf(event: Pick<Event, "subject" | "action">): string {
  const [first = "", second] = event.action.split(".");
  const candidates = second
    ? [
        [`action.${first}`, second],
        ["event", second],
      ]
    : [
        [`action.${event.subject}`, first],
        ["event", first],
        ...(event.subject === "proceeding" ? proceedings.map(kind => [kind, first]) : []),
        ["action.duty", first],
      ];
  for (const [prefix = "", name = ""] of candidates) {
    const found = word(prefix, name);
    if (found === name) continue;
    const of = word("event.of", first);
    return second && first !== "step" && of !== first ? `${of} ${found}` : found;
  }
  return event.action;
}

/** actorOf names who did it; the program's own parts have names of their own. */
export function actorOf(event: { actor_id?: string; actor_name: string }, program: string): string {
  if (event.actor_id || !event.actor_name) return event.actor_name || program;
  return word("system", event.actor_name);
}

function Body({ event }: { event: Event }) {
  const { t } = useTranslation();
  const after = (event.after ?? {}) as Record<string, unknown>;
  const said = ["narrative", "content", "text", "opinion", "decision", "measures", "verdict", "conclusion"]
    .map(name => after[name])
    .find(v => typeof v === "string" && v);
  return (
    <>
      {event.reason && <p>{t("events.reason", { reason: event.reason })}</p>}
      {typeof said === "string" && said !== event.reason && <p>{said}</p>}
      {typeof after.proposed_unit === "string" && <p>{t("events.proposed_unit", { unit: after.proposed_unit })}</p>}
      {typeof after.due_date === "string" && <p>{t("events.due", { date: after.due_date })}</p>}
      {typeof after.number === "string" && <p>{after.number}</p>}
    </>
  );
}
