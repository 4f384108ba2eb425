import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useUrl } from "../../app/url";
import { DateField } from "../../forms/date-field";
import { actionOf, actorOf } from "../../forms/events";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { IconButton } from "../../ui/button";
import { Muted, Panel, Row, Stack } from "../../ui/layout";
import { Select } from "../../ui/select";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { AuditDetail } from "./audit-detail";

type Event = Schemas["AuditEvent"];

/** The kinds of object that the log speaks of, as the program names them. */
const kinds =
  "user unit post roster token webhook authority rule calendar plan task duty notice finding inspection conclusion objection matter designation instruction proceeding hand_over indicator feed ledger".split(
    " ",
  );

/** Audit is the log of everything that was done, for the audit administrator: who, what, on what, when; ids are in the details. */
export function Audit() {
  const { t } = useTranslation();
  const [{ from, to }, setUrl] = useUrl<"from" | "to">();
  const [kind, setKind] = useState("");
  const [action, setAction] = useState("");
  const [open, setOpen] = useState<Event>();
  const list = usePages(["audit", from, to, kind, action], (after, signal) =>
    take(
      api.GET("/api/v1/events", {
        signal,
        params: {
          query: {
            after,
            limit: 100,
            from: from ? `${from}T00:00:00+08:00` : undefined,
            to: to ? `${to}T23:59:59+08:00` : undefined,
            subject: kind || undefined,
            action: action || undefined,
          },
        },
      }),
    ),
  );
  const acts = useActs(list.items, kind);
  return (
    <Stack>
      <Row wrap>
        <DateField label={t("audit.from")} value={from ?? ""} onChange={value => setUrl({ from: value })} />
        <DateField label={t("audit.to")} value={to ?? ""} onChange={value => setUrl({ to: value })} />
        <Select
          label={t("audit.kind")}
          clearable
          value={kind}
          onChange={value => {
            setKind(value);
            setAction("");
          }}
          options={kinds.map(value => ({ value, label: word("audit.of", value) }))}
        />
        <Select label={t("audit.action")} clearable value={action} onChange={setAction} options={acts} />
      </Row>
      <Panel flush>
        {list.isPending && <SkeletonRows />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && <Empty title={t("events.none")} icon="history" />}
        {list.items.length > 0 && <Log items={list.items} onOpen={setOpen} />}
        <More
          shown={list.items.length}
          next={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      </Panel>
      <Muted>{t("audit.sealed")}</Muted>
      {open && <AuditDetail event={open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}

/** useActs offers, in words, the acts that were met so far on objects of a kind; they stay on offer while one of them narrows. */
function useActs(items: Event[], kind: string) {
  const [seen, setSeen] = useState<Map<string, string>>(new Map());
  const key = (one: Event) => `${one.subject}/${one.action}`;
  const fresh = items.filter(one => !seen.has(key(one)));
  if (fresh.length > 0) setSeen(new Map([...seen, ...fresh.map(one => [key(one), actionOf(one)] as const)]));
  const offered = new Map<string, string>();
  for (const [at, label] of seen) {
    const [subject = "", action = ""] = at.split("/");
    if ((!kind || subject === kind) && !offered.has(action)) offered.set(action, label);
  }
  return [...offered].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}

function Log({ items, onOpen }: { items: Event[]; onOpen: (event: Event) => void }) {
  const { t } = useTranslation();
  return (
    <Table
      label={t("admin.tab.audit")}
      rows={items}
      id={row => row.id}
      onOpen={onOpen}
      columns={[
        { key: "at", title: t("audit.at"), kind: "tight", cell: row => instant(row.at) },
        { key: "who", title: t("audit.who"), kind: "tight", cell: row => actorOf(row, t("events.program")) },
        { key: "what", title: t("audit.what"), phone: "main", cell: row => actionOf(row) },
        { key: "object", title: t("audit.object"), cell: row => <AuditObject event={row} /> },
        { key: "reason", title: t("form.reason"), phone: "hide", cell: row => row.reason },
        {
          key: "acts",
          title: t("audit.detail"),
          kind: "tight",
          cell: row => <IconButton name="info" label={t("audit.detail")} onClick={() => onOpen(row)} />,
        },
      ]}
    />
  );
}

/** AuditObject names what was acted on: its kind, its name where the auditor may read it, its unit. */
function AuditObject({ event }: { event: Event }) {
  const kind = word("audit.of", event.subject);
  const name = event.name && event.name !== event.unit_name ? event.name : undefined;
  return (
    <span title={event.subject_id}>
      {kind} {name}
      {event.unit_name && (
        <>
          {" "}
          <Muted>{event.unit_name}</Muted>
        </>
      )}
    </span>
  );
}
