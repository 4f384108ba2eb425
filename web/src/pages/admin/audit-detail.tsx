import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { actionOf, actorOf } from "../../forms/events";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Facts, told } from "../../ui/layout";
import { Modal } from "../../ui/modal";

type Event = Schemas["AuditEvent"];

/** The parts of administration in which objects of a kind are found. */
const parts: Record<string, string> = { user: "users", unit: "units", post: "posts" };

/** AuditDetail is one line of the log whole: its words, its codes and ids, and what changed where the auditor may read it. */
export function AuditDetail({ event, onClose }: { event: Event; onClose: () => void }) {
  const { t } = useTranslation();
  const part = parts[event.subject];
  const name =
    event.name && part ? (
      <Link to="/admin" search={{ tab: part }} style={{ textDecoration: "underline" }}>
        {event.name}
      </Link>
    ) : (
      event.name
    );
  const code = (text?: string) => text && <code lang="en">{text}</code>;
  return (
    <Modal open title={actionOf(event)} onClose={onClose}>
      <Facts
        items={told([
          [t("audit.at"), instant(event.at)],
          [t("audit.who"), actorOf(event, t("events.program"))],
          [
            t("audit.object"),
            <span key="object">
              {word("audit.of", event.subject)} {name} {event.unit_name !== event.name && event.unit_name}
            </span>,
          ],
          [t("form.reason"), event.reason],
          [t("audit.before"), event.before !== undefined && <Changed key="before" value={event.before} />],
          [t("audit.after"), event.after !== undefined && <Changed key="after" value={event.after} />],
          [t("audit.code"), code(`${event.subject}.${event.action}`)],
          [t("audit.id"), code(event.subject_id)],
          [t("audit.actor"), code(event.actor_id)],
          [t("audit.event"), code(event.id)],
          [t("audit.request"), code(event.request_id)],
        ])}
      />
    </Modal>
  );
}

/** Changed is the fields of a change as they were recorded. */
function Changed({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 1);
  return (
    <code lang="en" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {text}
    </code>
  );
}
