import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { Events } from "../../forms/events";
import { EvidenceDrop, EvidenceList } from "../../forms/evidence";
import { InstructButton, InstructionsOn } from "../../forms/instructions";
import { Objections } from "../../forms/object";
import { Urges } from "../../forms/urges";
import { WhyLight } from "../../forms/why";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { fileAddress, paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack } from "../../ui/layout";
import { Light, Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Steps } from "../../ui/steps";
import { Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { NoticeActs } from "./acts";
import { NoticeReplies } from "./replies";
import { stepsOf } from "./steps";

export type Notice = Schemas["Notice"];
const tabs = ["demand", "replies", "urges", "deadlines", "events"] as const;

/** NoticePage is one rectification notice: what is demanded, what was answered, what was found at verification. */
export default function NoticePage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const notice = useOne(["notice", id], signal => take(api.GET("/api/v1/notices/{id}", { signal, params: { path: { id } } })));
  return (
    <Loaded whole query={notice}>
      {data => <Whole notice={data} />}
    </Loaded>
  );
}

function Whole({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const [{ tab = "demand" }, setUrl] = useUrl<"tab">();
  return (
    <>
      <Crumbs items={[{ label: t("nav.notices"), to: paths.notices }, { label: notice.number ?? notice.title }]} />
      <PageHead
        title={notice.title}
        lead={
          <Row wrap gap={0.75}>
            <span>{notice.number ?? t("notice.no_number")}</span>
            <span>{notice.unit_name}</span>
            <Light light={notice.light} />
            <WhyLight kind="notice" id={notice.id} />
            {notice.reopened > 0 && <Tag tone="amber">{t("notice.reopened", { n: notice.reopened })}</Tag>}
          </Row>
        }
        acts={
          <>
            <NoticeActs notice={notice} />
            <InstructButton subject="notice" id={notice.id} />
          </>
        }
      />
      <Panel>
        <Steps label={t("notice.steps")} steps={stepsOf(notice, t)} />
      </Panel>
      {notice.reason && <Note tone="amber">{notice.reason}</Note>}
      <Lineage notice={notice} />
      <Split
        main={
          <Tabs
            label={notice.title}
            value={tab as (typeof tabs)[number]}
            onChange={value => setUrl({ tab: value === "demand" ? undefined : value })}
            tabs={[
              { value: "demand", label: t("notice.tab.demand") },
              { value: "replies", label: t("notice.tab.replies"), count: notice.replies.length },
              { value: "urges", label: t("duty.tab.urges") },
              { value: "deadlines", label: t("notice.tab.deadlines"), count: notice.due_revision },
              { value: "events", label: t("notice.tab.events") },
            ]}
          >
            {tab === "demand" && (
              <Stack>
                <Objections subject="notice" id={notice.id} />
                <Demand notice={notice} />
                <ReplyProofs notice={notice} />
              </Stack>
            )}
            {tab === "replies" && <NoticeReplies notice={notice} />}
            {tab === "urges" && <Urges subjectId={notice.id} />}
            {tab === "deadlines" && <Deadlines notice={notice} />}
            {tab === "events" && (
              <Panel>
                <Events
                  of={["notice", notice.id]}
                  read={(after, signal) =>
                    take(
                      api.GET("/api/v1/notices/{id}/events", { signal, params: { path: { id: notice.id }, query: { after } } }),
                    )
                  }
                />
              </Panel>
            )}
          </Tabs>
        }
        aside={
          <>
            <Side notice={notice} />
            <InstructionsOn subject="notice" id={notice.id} />
          </>
        }
      />
    </>
  );
}

function Demand({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("notice.findings")} flush>
      <Table
        label={t("notice.findings")}
        rows={notice.findings}
        id={row => row.id}
        columns={[
          {
            key: "what",
            title: t("finding.description"),
            phone: "main",
            cell: row => (
              <>
                {row.description}
                {row.repeats.map(earlier => (
                  <div key={earlier.finding_id}>
                    <Tag tone="amber">{t("finding.repeats")}</Tag> {instant(earlier.found_at).slice(0, 10)}{" "}
                    {earlier.notice_id && (
                      <Link to={paths.notice(earlier.notice_id) as never}>{earlier.number ?? t("finding.see_notice")}</Link>
                    )}
                  </div>
                ))}
              </>
            ),
          },
          { key: "basis", title: t("finding.basis"), cell: row => row.basis },
          { key: "requirement", title: t("finding.requirement"), cell: row => row.requirement || "—" },
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
        ]}
      />
      <div style={{ padding: "0.875rem" }}>
        <h3>{t("notice.requirement")}</h3>
        <Prose>{notice.requirement}</Prose>
      </div>
    </Panel>
  );
}

/** ReplyProofs is where the unit puts its evidence before it replies; a reply without any is refused. */
function ReplyProofs({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const may = notice.allowed_actions.some(one => one.action === "reply" && one.enabled);
  if (!may || !notice.reply_id) return null;
  return (
    <Panel title={t("reply.proofs")}>
      <Stack>
        <p>{t("reply.proofs_lead")}</p>
        <EvidenceDrop subject="reply" id={notice.reply_id} />
        <EvidenceList subject="reply" id={notice.reply_id} />
      </Stack>
    </Panel>
  );
}

function Deadlines({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const list = useOne(["notice", notice.id, "deadlines"], signal =>
    take(api.GET("/api/v1/notices/{id}/deadlines", { signal, params: { path: { id: notice.id } } })),
  );
  return (
    <Panel flush>
      <Loaded query={list}>
        {data => (
          <Table
            label={t("notice.tab.deadlines")}
            rows={data.items}
            id={row => String(row.revision)}
            columns={[
              { key: "revision", title: t("due.revision"), kind: "num", cell: row => row.revision },
              { key: "old", title: t("due.old"), kind: "tight", cell: row => row.old_date },
              { key: "new", title: t("due.new"), kind: "tight", cell: row => row.new_date },
              { key: "reason", title: t("due.reason"), cell: row => row.reason },
              { key: "at", title: t("due.at"), kind: "tight", cell: row => instant(row.created_at) },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function Side({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("notice.facts")}>
      <Facts
        items={[
          [t("notice.status"), word("status.notice", notice.status)],
          [
            t("notice.due"),
            notice.due_date && (
              <>
                {notice.due_date}
                {notice.original_due_date !== notice.due_date && <> ({t("due.original", { date: notice.original_due_date })})</>}
              </>
            ),
          ],
          [t("notice.sign_due"), notice.sign_due_date],
          [t("notice.served_at"), notice.served_at && instant(notice.served_at)],
          [t("notice.signed_at"), notice.signed_at && instant(notice.signed_at)],
          [
            t("stage.plan_due"),
            notice.plan_wanted && (
              <>
                {notice.plan_due_date}
                {notice.plan_status && t("ui.paren", { text: t(`stage.plan.${notice.plan_status}`) })}
              </>
            ),
          ],
          [t("stage.check"), notice.site_check_wanted && t("stage.check_needed")],
          [t("conclusion.object_until"), notice.object_until],
          [t("notice.closed_at"), notice.closed_at && instant(notice.closed_at)],
          [t("notice.reopen_until"), notice.reopen_until],
          [
            t("notice.document"),
            notice.number && <a href={fileAddress(`/api/v1/notices/${notice.id}/document`)}>{t("notice.download")}</a>,
          ],
        ]}
      />
    </Panel>
  );
}

/** Lineage says which notice this one follows, and which followed it when it failed. */
function Lineage({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  return (
    <>
      {notice.previous && (
        <Note tone="amber">
          <span>
            {t("stage.second_of")}
            <Link to={paths.notice(notice.previous.id) as never}>{notice.previous.number ?? t("notice.no_number")}</Link>
          </span>
        </Note>
      )}
      {notice.next && (
        <Note tone="amber">
          <span>
            {t("stage.followed_by")}
            <Link to={paths.notice(notice.next.id) as never}>
              {notice.next.number ?? t("notice.no_number")}
              {t("ui.paren", { text: word("status.notice", notice.next.status) })}
            </Link>
          </span>
        </Note>
      )}
    </>
  );
}
