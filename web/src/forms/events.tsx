import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { usePages } from "../api/pages";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import type { Tone } from "../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../ui/states";
import { Timeline } from "../ui/steps";
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

/** Events is the history of an object, as the server recorded it. */
export function Events({
  of,
  read,
}: {
  of: readonly unknown[];
  read: (after: string | undefined, signal: AbortSignal) => Promise<{ items: Event[]; next: string }>;
}) {
  const { t } = useTranslation();
  const list = usePages([...of, "events"], read);
  if (list.isPending) return <SkeletonRows />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0) return <Empty title={t("events.none")} icon="history" />;
  return (
    <>
      <Timeline
        moments={list.items.map(event => ({
          id: event.id,
          title: actionOf(event),
          who: event.actor_name || t("events.program"),
          when: instant(event.at),
          tone: tones[event.action] ?? "blue",
          body: <Body event={event} />,
        }))}
      />
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

/** actionOf names an event: the act's own word, else that of a duty's act. */
export function actionOf(event: Pick<Event, "subject" | "action">): string {
  const own = word(`event.${event.subject}`, event.action);
  if (own !== event.action) return own;
  const act = word(`action.${event.subject}`, event.action);
  return act === event.action ? word("event", event.action) : act;
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
      {typeof after.due_date === "string" && <p>{t("events.due", { date: after.due_date })}</p>}
      {typeof after.number === "string" && <p>{after.number}</p>}
    </>
  );
}
