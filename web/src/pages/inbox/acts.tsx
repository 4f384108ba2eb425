import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { DueDate } from "../../forms/due";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Tag } from "../../ui/light";
import { Table } from "../../ui/table";
import { stateOf } from "../proceedings/words";
import { Frame } from "./lanes";

/** ActLanes are what supervision's acts ask of this person: approvals, feedback, signatures. */
export default function ActLanes() {
  const me = useMe();
  const may = (permission: string) => me.permissions.includes(permission);
  return (
    <>
      {may("instruction.reply") && <InstructionLane name="instructions" query={{ waiting: true }} />}
      {may("instruction.give") && <InstructionLane name="answered" query={{ mine: true, status: "open" }} />}
      {may("proceeding.sign") && <ProceedingLane name="to_sign_for" />}
      {may("hand_over.sign") && <HandOverLane />}
      {may("proceeding.issue") && <ProceedingLane name="to_carry_out" />}
    </>
  );
}

/** What makes an instruction stand in a lane besides the query. */
const stands = {
  instructions: () => true,
  answered: (row: Schemas["Instruction"]) => row.waiting === 0,
};

/** InstructionLane lists the instructions that wait for the feedback of this person's units, or those of his own that all have answered. */
function InstructionLane({
  name,
  query,
}: {
  name: keyof typeof stands;
  query: { waiting?: boolean; mine?: boolean; status?: "open" };
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = usePages(["instructions", "lane", query], (after, signal) =>
    take(api.GET("/api/v1/instructions", { signal, params: { query: { after, limit: 10, ...query } } })),
  );
  const items = list.items.filter(stands[name]);
  return (
    <Frame title={t(`inbox.${name}`)} list={{ ...list, items }}>
      <Table
        label={t(`inbox.${name}`)}
        rows={items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.instruction(row.id) })}
        columns={[
          {
            key: "text",
            title: t("instruction.text"),
            phone: "main",
            cell: row => <Link to={paths.instruction(row.id) as never}>{row.text}</Link>,
          },
          { key: "on", title: t("instruction.on"), phone: "hide", cell: row => row.subject_title },
          { key: "author", title: t("instruction.author"), kind: "tight", cell: row => row.author_name },
          { key: "due", title: t("instruction.due"), kind: "tight", cell: row => <DueDate due={row.due_date} /> },
        ]}
      />
    </Frame>
  );
}

/** ProceedingLane lists interviews and circulars on which this person has to act: sign, arrange, record, publish. */
function ProceedingLane({ name }: { name: "to_sign_for" | "to_carry_out" }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const status: Schemas["Proceeding"]["status"] = name === "to_sign_for" ? "issued" : "approved";
  const list = usePages(["proceedings", "lane", status], (after, signal) =>
    take(api.GET("/api/v1/proceedings", { signal, params: { query: { after, limit: 10, status } } })),
  );
  const acts = name === "to_sign_for" ? ["sign"] : ["arrange", "hold", "publish"];
  const items = list.items.filter(row => row.allowed_actions.some(one => one.enabled && acts.includes(one.action)));
  return (
    <Frame title={t(`inbox.${name}`)} list={{ ...list, items }}>
      <Table
        label={t(`inbox.${name}`)}
        rows={items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.proceeding(row.id) })}
        columns={[
          {
            key: "kind",
            title: t("proceeding.kind"),
            kind: "tight",
            cell: row => <Tag tone={row.kind === "criticism" ? "red" : "blue"}>{t(`proceeding.kind.${row.kind}`)}</Tag>,
          },
          {
            key: "title",
            title: t("proceeding.title"),
            phone: "main",
            cell: row => <Link to={paths.proceeding(row.id) as never}>{row.title}</Link>,
          },
          { key: "unit", title: t("duty.unit"), cell: row => row.unit_name },
          { key: "status", title: t("duty.status"), kind: "tight", cell: row => stateOf(row) },
        ]}
      />
    </Frame>
  );
}

/** HandOverLane lists the hand-over lists that wait for this person's signature. */
function HandOverLane() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = usePages(["hand-overs", "lane"], (after, signal) =>
    take(api.GET("/api/v1/hand-overs", { signal, params: { query: { after, limit: 10, mine: true } } })),
  );
  const items = list.items.filter(row =>
    row.allowed_actions.some(one => one.enabled && ["give", "witness", "take"].includes(one.action)),
  );
  return (
    <Frame title={t("inbox.hand_overs")} list={{ ...list, items }}>
      <Table
        label={t("inbox.hand_overs")}
        rows={items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.handOver(row.id) })}
        columns={[
          {
            key: "unit",
            title: t("duty.unit"),
            phone: "main",
            cell: row => <Link to={paths.handOver(row.id) as never}>{`${row.unit_name} · ${word("role", row.role)}`}</Link>,
          },
          { key: "people", title: t("duty.task"), cell: row => `${row.giver_name} → ${row.taker_name}` },
          { key: "why", title: t("form.reason"), phone: "hide", cell: row => row.occasion },
        ]}
      />
    </Frame>
  );
}
