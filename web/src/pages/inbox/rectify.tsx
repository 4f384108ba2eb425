import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { DueDate } from "../../forms/due";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Light } from "../../ui/light";
import { Table } from "../../ui/table";
import { Frame } from "./lanes";

/** What each lane of notices looks for; with acts only those on which this person may do one of them. */
const notices = {
  to_sign: { status: "served" },
  to_reply: { status: "signed" },
  to_accept: { status: "signed", acts: ["accept_plan"] },
  to_verify: { status: "replied" },
} as const satisfies Record<string, { status: Schemas["Notice"]["status"]; acts?: readonly string[] }>;

/** A lane shows so many rows before one asks for more. */
const limit = 10;

/** NoticeLane lists rectification notices that wait. */
export function NoticeLane({ name }: { name: keyof typeof notices }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { status, acts = [] } = { acts: undefined, ...notices[name] };
  const list = usePages(["notices", "lane", status], (after, signal) =>
    take(api.GET("/api/v1/notices", { signal, params: { query: { after, limit, status } } })),
  );
  const able = (row: Schemas["Notice"]) =>
    acts.length === 0 || row.allowed_actions.some(one => one.enabled && acts.includes(one.action as never));
  const items = list.items.filter(able);
  return (
    <Frame title={t(`inbox.${name}`)} list={{ ...list, items }}>
      <Table
        label={t(`inbox.${name}`)}
        rows={items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.notice(row.id) })}
        columns={[
          {
            key: "title",
            title: t("notice.title"),
            phone: "main",
            cell: row => <Link to={paths.notice(row.id) as never}>{row.title}</Link>,
          },
          { key: "number", title: t("notice.number"), kind: "tight", cell: row => row.number },
          { key: "unit", title: t("notice.unit"), cell: row => row.unit_name },
          {
            key: "due",
            title: t("notice.due"),
            kind: "tight",
            cell: row => <DueDate due={row.due_date} original={row.original_due_date} />,
          },
          { key: "light", title: t("notice.light"), kind: "tight", cell: row => <Light light={row.light} /> },
        ]}
      />
    </Frame>
  );
}

/** ConclusionLane lists the conclusions that this person's units have to sign for. */
export function ConclusionLane() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = usePages(["conclusions", "lane"], (after, signal) =>
    take(api.GET("/api/v1/conclusions", { signal, params: { query: { after, limit, status: "delivered" } } })),
  );
  const items = list.items.filter(row => row.allowed_actions.some(one => one.enabled && one.action === "receive"));
  return (
    <Frame title={t("inbox.conclusions")} list={{ ...list, items }}>
      <Table
        label={t("inbox.conclusions")}
        rows={items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.conclusion(row.id) })}
        columns={[
          {
            key: "title",
            title: t("conclusion.of"),
            phone: "main",
            cell: row => <Link to={paths.conclusion(row.id) as never}>{row.inspection_title}</Link>,
          },
          { key: "number", title: t("notice.number"), kind: "tight", cell: row => row.number },
          { key: "unit", title: t("notice.unit"), cell: row => row.unit_name },
          { key: "at", title: t("notice.served_at"), kind: "tight", cell: row => instant(row.delivered_at).slice(0, 10) },
        ]}
      />
    </Frame>
  );
}
