import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useOne } from "../../api/read";
import { stringifySearch } from "../../app/url";
import { type ActSpec, Acts } from "../../forms/acts";
import { instructionTones } from "../../forms/instructions";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack, told } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Table } from "../../ui/table";
import type { Instruction } from "../instructions/index";

/** Where the objects of instructions have pages of their own. */
const pages: Partial<Record<Instruction["subject"], (id: string) => string>> = {
  plan: paths.plan,
  duty: paths.duty,
  notice: paths.notice,
  inspection: paths.inspection,
  matter: paths.matter,
};

/** useAddress is where the object of an instruction is shown: a task in its plan, a finding in its inspection. */
function useAddress({ subject, subject_id: id }: Instruction): string | undefined {
  const task = useOne(
    ["task", id],
    signal => take(api.GET("/api/v1/tasks/{id}", { signal, params: { path: { id } } })),
    subject === "task",
  );
  const finding = useOne(
    ["finding", id],
    signal => take(api.GET("/api/v1/findings/{id}", { signal, params: { path: { id } } })),
    subject === "finding",
  );
  if (task.data) return `${paths.plan(task.data.plan_id)}${stringifySearch({ task: id })}`;
  if (finding.data) return `${paths.inspection(finding.data.inspection_id)}${stringifySearch({ tab: "findings" })}`;
  return pages[subject]?.(id);
}

/** InstructionPage is one instruction with the feedback of the units that it addresses. */
export default function InstructionPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const one = useOne(["instruction", id], signal =>
    take(api.GET("/api/v1/instructions/{id}", { signal, params: { path: { id } } })),
  );
  return (
    <Loaded whole query={one}>
      {data => <Whole of={data} />}
    </Loaded>
  );
}

function Whole({ of }: { of: Instruction }) {
  const { t } = useTranslation();
  const address = useAddress(of);
  return (
    <>
      <Crumbs items={[{ label: t("nav.instructions"), to: paths.instructions }, { label: of.subject_title }]} />
      <PageHead
        title={t("instruction.by", { name: of.author_name })}
        lead={
          <Row wrap gap={0.75}>
            <span>{t(`instruction.on.${of.subject}`)}</span>
            {address ? <Link to={address as never}>{of.subject_title}</Link> : <span>{of.subject_title}</span>}
            <Tag tone={instructionTones[of.status]}>{word("status.instruction", of.status)}</Tag>
            {of.overdue && <Tag tone="red">{t("light.red")}</Tag>}
          </Row>
        }
        acts={<InstructionActs of={of} />}
      />
      <Split
        main={
          <Stack>
            <Panel title={t("instruction.text")}>
              <Prose>{of.text}</Prose>
            </Panel>
            {of.note && <Note tone={of.status === "revoked" ? "amber" : "green"}>{of.note}</Note>}
            {of.units.length > 0 && <Replies of={of} />}
          </Stack>
        }
        aside={
          <Panel title={t("duty.facts")}>
            <Facts
              items={told([
                [t("instruction.author"), of.author_name],
                [t("instruction.given_at"), instant(of.created_at)],
                [t("instruction.urgency"), of.informs ? t("instruction.informed") : t(`urgency.${of.urgency}`)],
                [t("instruction.due"), of.due_date],
                [t("instruction.rule"), of.due_rule && <span title={of.due_rule}>{t("instruction.by_rule")}</span>],
                [t("matter.one"), of.matter_id && <Link to={paths.matter(of.matter_id) as never}>{t("inbox.look")}</Link>],
                [t("instruction.finished"), of.finished_at && `${of.finished_by_name ?? ""} ${instant(of.finished_at)}`],
              ])}
            />
          </Panel>
        }
      />
    </>
  );
}

function Replies({ of }: { of: Instruction }) {
  const { t } = useTranslation();
  return (
    <Panel title={of.informs ? t("instruction.units") : t("instruction.replies")} flush>
      <Table
        label={t("instruction.replies")}
        rows={of.units}
        id={row => row.unit_id}
        columns={[
          { key: "unit", title: t("duty.unit"), phone: "main", cell: row => row.unit_name },
          {
            key: "reply",
            title: t("instruction.reply"),
            cell: row =>
              row.replied_at ? <Prose>{row.reply}</Prose> : of.informs ? "—" : <Tag tone="amber">{t("instruction.owed")}</Tag>,
          },
          {
            key: "at",
            title: t("urge.replied_at"),
            kind: "tight",
            cell: row =>
              row.replied_at && (
                <Stack gap={0.125}>
                  <span>{row.replied_by_name}</span>
                  <span>{instant(row.replied_at)}</span>
                </Stack>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function InstructionActs({ of }: { of: Instruction }) {
  const { t } = useTranslation();
  const params = { path: { id: of.id }, header: match(of.version) };
  const specs: Record<string, ActSpec> = {
    reply: {
      fields: [{ name: "text", label: t("instruction.reply"), kind: "text", required: true }],
      run: v => take(api.POST("/api/v1/instructions/{id}/reply", { params, body: { text: String(v.text) } })),
    },
    finish: {
      lead: of.waiting > 0 ? t("instruction.finish_early", { count: of.waiting }) : undefined,
      fields: [{ name: "note", label: t("instruction.note"), kind: "text" }],
      run: v => take(api.POST("/api/v1/instructions/{id}/finish", { params, body: { note: String(v.note) || undefined } })),
    },
    revoke: {
      danger: true,
      lead: of.matter_id ? t("instruction.revoke_lead") : undefined,
      fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true, max: 2000 }],
      run: v => take(api.POST("/api/v1/instructions/{id}/revoke", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject="instruction" allowed={of.allowed_actions} specs={specs} />;
}
