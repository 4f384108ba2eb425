import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { ActForm } from "../../forms/act-dialog";
import { Acts } from "../../forms/acts";
import { InstructButton } from "../../forms/instructions";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Panel, Row } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import type { Inspection } from "./index";
import type { KeptFindings } from "./kept-findings";
import { RecordFinding } from "./record-finding";
import { UnsentFindings } from "./unsent-findings";

type Finding = Schemas["Finding"];

/** Findings are the faults that an inspection found; those of one unit go into one rectification notice. */
export function Findings({ inspection, kept }: { inspection: Inspection; kept: KeptFindings }) {
  const { t } = useTranslation();
  const me = useMe();
  const [recording, setRecording] = useState(false);
  const [picked, setPicked] = useState<Finding>();
  const list = usePages(["findings", inspection.id], (after, signal) =>
    take(api.GET("/api/v1/findings", { signal, params: { query: { after, limit: 100, inspection_id: inspection.id } } })),
  );
  const record = inspection.allowed_actions.find(action => action.action === "record_finding");
  const button = record && (
    <Button
      size="xs"
      icon="add"
      kind="primary"
      disabled={!record.enabled}
      reason={record.enabled ? undefined : record.reason}
      onClick={() => setRecording(true)}
    >
      {word("action.inspection", "record_finding")}
    </Button>
  );
  return (
    <Panel title={t("inspection.tab.findings")} acts={button} flush>
      <UnsentFindings inspection={inspection} kept={kept} />
      {list.isPending && <SkeletonRows rows={3} />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("finding.none")} icon="check">
          {t("finding.none_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("inspection.tab.findings")}
          rows={list.items}
          id={row => row.id}
          columns={[
            {
              key: "what",
              title: t("finding.description"),
              phone: "main",
              cell: row => (
                <>
                  {row.description}
                  <Repeats finding={row} />
                </>
              ),
            },
            { key: "unit", title: t("notice.unit"), cell: row => row.unit_name },
            { key: "basis", title: t("finding.basis"), phone: "hide", cell: row => row.basis },
            {
              key: "severity",
              title: t("finding.severity"),
              kind: "tight",
              cell: row => (
                <Tag tone={row.severity === "serious" ? "red" : row.severity === "major" ? "amber" : "plain"}>
                  {t(`finding.severity.${row.severity}`)}
                </Tag>
              ),
            },
            { key: "status", title: t("finding.status"), kind: "tight", cell: row => word("status.finding", row.status) },
            {
              key: "acts",
              title: t("form.acts"),
              kind: "tight",
              cell: row => (
                <FindingActs finding={row} draft={me.permissions.includes("notice.draft") ? () => setPicked(row) : undefined} />
              ),
            },
          ]}
        />
      )}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      {recording && <RecordFinding inspection={inspection} kept={kept} onClose={() => setRecording(false)} />}
      {picked && <DraftNotice first={picked} all={list.items} onClose={() => setPicked(undefined)} />}
    </Panel>
  );
}

function FindingActs({ finding, draft }: { finding: Finding; draft?: () => void }) {
  const { t } = useTranslation();
  const params = { path: { id: finding.id }, header: match(finding.version) };
  return (
    <Row>
      {finding.notice_id && <Link to={paths.notice(finding.notice_id) as never}>{t("finding.see_notice")}</Link>}
      {finding.status === "open" && !finding.notice_id && draft && (
        <Button size="xs" onClick={draft}>
          {t("finding.draft_notice")}
        </Button>
      )}
      <Acts
        subject="finding"
        allowed={finding.allowed_actions}
        specs={{
          dismiss: {
            fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true }],
            run: v => take(api.POST("/api/v1/findings/{id}/dismiss", { params, body: { reason: String(v.reason) } })),
          },
        }}
      />
      <InstructButton subject="finding" id={finding.id} size="xs" />
    </Row>
  );
}

/** Repeats are the earlier findings that one repeats, or may repeat: a person decides. */
function Repeats({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const may = finding.allowed_actions.some(one => one.action === "link" && one.enabled);
  const act = useAct({
    send: (body: Schemas["LinkFindingInput"]) =>
      take(
        api.POST("/api/v1/findings/{id}/link", { params: { path: { id: finding.id }, header: match(finding.version) }, body }),
      ),
  });
  return finding.repeats
    .filter(earlier => earlier.link !== "rejected")
    .map(earlier => (
      <Row wrap key={earlier.finding_id}>
        <Tag tone="amber">
          {earlier.link === "confirmed" ? t("finding.repeats") : t("finding.may_repeat", { similarity: earlier.similarity })}
        </Tag>
        <span>{earlier.description}</span>
        {earlier.notice_id && <Link to={paths.notice(earlier.notice_id) as never}>{t("finding.see_notice")}</Link>}
        {may && earlier.link === "proposed" && (
          <>
            <Button size="xs" onClick={() => act.mutate({ earlier_id: earlier.finding_id, repeats: true })}>
              {t("finding.is_repeat")}
            </Button>
            <Button size="xs" kind="quiet" onClick={() => act.mutate({ earlier_id: earlier.finding_id, repeats: false })}>
              {t("finding.no_repeat")}
            </Button>
          </>
        )}
      </Row>
    ));
}

/** DraftNotice drafts a rectification notice to the unit of a finding, with all of its open findings. */
function DraftNotice({ first, all, onClose }: { first: Finding; all: Finding[]; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const together = all.filter(finding => finding.unit_id === first.unit_id && finding.status === "open" && !finding.notice_id);
  const act = useAct({
    quiet: true,
    send: (body: Schemas["DraftNoticeInput"]) => take(api.POST("/api/v1/notices", { body })),
    after: made => void navigate({ href: paths.notice(made.id) }),
  });
  return (
    <ActForm
      title={t("finding.draft_notice")}
      act={t("finding.draft_notice")}
      lead={t("finding.draft_lead", { unit: first.unit_name, count: together.length })}
      fields={[
        { name: "title", label: t("notice.title"), kind: "line", required: true, max: 200 },
        {
          name: "requirement",
          label: t("notice.requirement"),
          kind: "text",
          required: true,
          initial: together
            .map(finding => finding.requirement)
            .filter(Boolean)
            .join("\n"),
        },
        { name: "due_date", label: t("notice.due"), kind: "date", hint: t("notice.due_hint") },
      ]}
      onSend={v =>
        act.mutateAsync({
          title: String(v.title),
          requirement: String(v.requirement),
          due_date: String(v.due_date) || undefined,
          finding_ids: together.map(finding => finding.id),
        })
      }
      onClose={onClose}
    />
  );
}
