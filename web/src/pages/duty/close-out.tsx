import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { useOne } from "../../api/read";
import { EvidenceDrop, EvidenceList } from "../../forms/evidence";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { versionOf } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Muted, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, Note } from "../../ui/states";
import { type Step, Steps, Timeline } from "../../ui/steps";
import { Table } from "../../ui/table";

type Item = Schemas["Item"];
type Course = Schemas["CloseOut"];
type Signature = Schemas["CloseOutSignature"];

/** CloseOut is how a duty comes to its end: what its contract still lacks, who signs, and what became of earlier requests. */
export function CloseOut({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const course = useOne(["duty", duty.id, "close-out"], signal =>
    take(api.GET("/api/v1/duties/{id}/close-out", { signal, params: { path: { id: duty.id } } })),
  );
  return (
    <Stack>
      <Checklist duty={duty} />
      <Panel title={t("closeout.course")}>
        <Loaded query={course}>
          {data => (
            <Stack>
              <Steps label={t("closeout.course")} steps={data.steps.map(step => stepOf(step, t))} />
              <Muted>{t("closeout.rule", { n: versionOf(data.rule) })}</Muted>
              <Signed list={data.steps.flatMap(step => (step.signature ? [step.signature] : []))} />
            </Stack>
          )}
        </Loaded>
      </Panel>
      {course.data && course.data.past.length > 0 && <Past course={course.data} />}
    </Stack>
  );
}

/** Checklist holds the duty against its completion contract; what is missing says where it is given. */
function Checklist({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const list = useOne(["duty", duty.id, "checklist"], signal =>
    take(api.GET("/api/v1/duties/{id}/checklist", { signal, params: { path: { id: duty.id } } })),
  );
  const adds = duty.allowed_actions.some(one => one.action === "report" && one.enabled);
  const kinds = (list.data?.items ?? []).flatMap(item => (item.check === "kind" && item.subject ? [item.subject] : []));
  return (
    <>
      <Panel title={t("closeout.contract")} flush>
        <Loaded query={list}>
          {data => (
            <>
              <div style={{ padding: "0.625rem 0.875rem" }}>
                <Stack>
                  {data.contract.text && <Prose>{data.contract.text}</Prose>}
                  {data.items.length > 0 && duty.status !== "closed" && duty.status !== "cancelled" && (
                    <Note tone={data.missing === 0 ? "green" : "amber"}>
                      {data.missing === 0 ? t("closeout.ready") : t("closeout.missing", { count: data.missing })}
                    </Note>
                  )}
                  {data.items.length === 0 && <Empty title={t("closeout.nothing")}>{t("closeout.nothing_help")}</Empty>}
                </Stack>
              </div>
              {data.items.length > 0 && <Items duty={duty} items={data.items} adds={adds} />}
            </>
          )}
        </Loaded>
      </Panel>
      <Panel title={t("closeout.evidence")}>
        <Stack>
          <EvidenceList subject="duty" id={duty.id} adds={adds} empty={t("closeout.no_evidence")} />
          {adds && <EvidenceDrop subject="duty" id={duty.id} kinds={kinds} />}
        </Stack>
      </Panel>
    </>
  );
}

function Items({ duty, items, adds }: { duty: Duty; items: Item[]; adds: boolean }) {
  const { t } = useTranslation();
  return (
    <Table
      label={t("closeout.contract")}
      rows={items}
      id={item => item.check + (item.subject ?? "")}
      columns={[
        {
          key: "met",
          title: t("closeout.state"),
          kind: "tight",
          cell: item => <Tag tone={item.met ? "green" : "amber"}>{t(item.met ? "closeout.met" : "closeout.unmet")}</Tag>,
        },
        { key: "what", title: t("closeout.asked"), phone: "main", cell: item => asked(item, t) },
        {
          key: "have",
          title: t("closeout.have"),
          kind: "tight",
          cell: item => (
            <Row wrap gap={0.375}>
              {item.unknown ? t("closeout.no_figure") : `${item.have}${item.unit ?? ""}`}
              {item.expired ? <Tag tone="red">{t("closeout.expired", { count: item.expired })}</Tag> : null}
            </Row>
          ),
        },
        {
          key: "go",
          title: t("form.acts"),
          kind: "tight",
          cell: item => !item.met && adds && <Where duty={duty} item={item} />,
        },
      ]}
    />
  );
}

/** Where leads to the place at which a missing thing is given. */
function Where({ duty, item }: { duty: Duty; item: Item }) {
  const { t } = useTranslation();
  if (item.check === "figure") return <Link to={paths.report(duty.id) as never}>{t("closeout.go.figure")}</Link>;
  if (item.check === "shares") return <Link to={`${paths.duty(duty.id)}?tab=shares` as never}>{t("closeout.go.shares")}</Link>;
  return <a href="#evidence-add">{t(item.check === "published" ? "closeout.go.published" : "closeout.go.evidence")}</a>;
}

function asked(item: Item, t: TFunction): string {
  const subject = item.subject ?? "";
  if (item.check === "figure") {
    const to = item.op === "range" ? `${item.want}–${item.to ?? ""}` : item.want;
    return `${subject} ${word("target", item.op ?? "=")} ${to}${item.unit ?? ""}`;
  }
  return t(`closeout.check.${item.check}`, { count: item.want, subject });
}

/** stepOf names a step by its own word, or by who may sign it where an office has named it itself. */
function stepOf(step: Course["steps"][number], t: TFunction): Step {
  const who = step.by.map(by => word("closeout.by", by)).join(t("closeout.or"));
  const known = word("closeout.step", step.id);
  return {
    name: known === step.id ? who : known,
    state:
      step.state === "signed"
        ? step.signature?.verdict === "sent_back"
          ? "stopped"
          : "done"
        : step.state === "at_hand"
          ? "now"
          : "open",
    note: step.signature
      ? `${step.signature.by_name} ${instant(step.signature.at).slice(0, 10)}`
      : step.other
        ? t("closeout.other", { who })
        : who,
  };
}

const tones = { passed: "blue", closed: "green", sent_back: "amber" } as const;

function Signed({ list }: { list: Signature[] }) {
  const { t } = useTranslation();
  if (list.length === 0) return null;
  return (
    <Timeline
      moments={list.map((one, i) => ({
        id: String(i),
        title: t(`closeout.verdict.${one.verdict}`),
        tone: tones[one.verdict],
        who: one.acting_for ? t("closeout.acting", { name: one.by_name, other: one.acting_for }) : one.by_name,
        when: instant(one.at),
        body: one.note,
      }))}
    />
  );
}

function Past({ course }: { course: Course }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("closeout.past")}>
      <Stack>
        {[...course.past].reverse().map(attempt => (
          <section key={attempt.began_at}>
            <Row wrap gap={0.5}>
              <strong>{instant(attempt.began_at)}</strong>
              <Tag tone={attempt.status === "sent_back" ? "amber" : "plain"}>{t(`closeout.status.${attempt.status}`)}</Tag>
              <Muted>{t("closeout.rule", { n: versionOf(attempt.rule) })}</Muted>
            </Row>
            <Signed list={attempt.signatures} />
          </section>
        ))}
      </Stack>
    </Panel>
  );
}
