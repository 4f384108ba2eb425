import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { type ActSpec, Acts } from "../../forms/acts";
import { Events } from "../../forms/events";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack, told } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Steps } from "../../ui/steps";
import { Tabs } from "../../ui/tabs";
import { type Proceeding, proceedingTones, stateOf } from "../proceedings/words";
import { Sheet } from "./sheet";
import { stepsOf } from "./steps";

const tabs = ["content", "history"] as const;

/** ProceedingPage is one interview, commendation or criticism from its proposal to the unit's signature. */
export default function ProceedingPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const one = useOne(["proceeding", id], signal =>
    take(api.GET("/api/v1/proceedings/{id}", { signal, params: { path: { id } } })),
  );
  return (
    <Loaded whole query={one}>
      {data => <Whole of={data} />}
    </Loaded>
  );
}

const objectOf = (of: Proceeding) => (of.kind === "interview" ? "interview" : "circular");

function Whole({ of }: { of: Proceeding }) {
  const { t } = useTranslation();
  const [{ tab = "content" }, setUrl] = useUrl<"tab">();
  return (
    <>
      <div className="no-print">
        <Stack>
          <Crumbs items={[{ label: t("nav.proceedings"), to: paths.proceedings }, { label: of.number ?? of.title }]} />
          <PageHead
            title={of.title}
            lead={
              <Row wrap gap={0.75}>
                <span>{t(`proceeding.kind.${of.kind}`)}</span>
                <span>{of.number ?? t("notice.no_number")}</span>
                <strong>{of.unit_name}</strong>
                <Tag tone={proceedingTones[of.status]}>{stateOf(of)}</Tag>
              </Row>
            }
            acts={
              <>
                <ProceedingActs of={of} />
                {(of.number || of.held_on) && (
                  <Button icon="print" onClick={() => print()}>
                    {t("ledger.print")}
                  </Button>
                )}
              </>
            }
          />
          <Panel>
            <Steps label={t("proceeding.steps")} steps={stepsOf(of, t)} />
          </Panel>
          {of.reason && <Note tone="amber">{of.reason}</Note>}
          <Split
            main={
              <Tabs
                label={of.title}
                value={tab as (typeof tabs)[number]}
                onChange={value => setUrl({ tab: value === "content" ? undefined : value })}
                tabs={[
                  { value: "content", label: t("matter.tab.content") },
                  { value: "history", label: t("notice.tab.events") },
                ]}
              >
                {tab === "content" && <Content of={of} />}
                {tab === "history" && (
                  <Panel>
                    <Events
                      of={["proceeding", of.id]}
                      read={async (after, signal) => {
                        const page = await take(
                          api.GET("/api/v1/proceedings/{id}/events", {
                            signal,
                            params: { path: { id: of.id }, query: { after } },
                          }),
                        );
                        return { ...page, items: page.items.map(event => ({ ...event, subject: objectOf(of) })) };
                      }}
                    />
                  </Panel>
                )}
              </Tabs>
            }
            aside={<Side of={of} />}
          />
        </Stack>
      </div>
      <Sheet of={of} />
    </>
  );
}

function Content({ of }: { of: Proceeding }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Panel title={t("proceeding.grounds")}>
        <Prose>{of.grounds}</Prose>
      </Panel>
      <Panel title={t("proceeding.basis")}>
        <ul>
          {of.basis.map(one => (
            <li key={one.subject_id}>
              {t(`instruction.on.${one.subject}`)}{" "}
              {one.subject === "finding" ? (
                one.title
              ) : (
                <Link to={(one.subject === "duty" ? paths.duty : paths.notice)(one.subject_id) as never}>{one.title}</Link>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {of.held_on && (
        <Panel title={t("proceeding.arrangement")}>
          <Facts
            items={[
              [t("proceeding.held_on"), of.held_on],
              [t("proceeding.place"), of.place],
              [t("proceeding.participants"), of.participants],
            ]}
          />
        </Panel>
      )}
      {of.record && (
        <Panel title={t("proceeding.record")}>
          <Prose>{of.record}</Prose>
        </Panel>
      )}
    </Stack>
  );
}

function Side({ of }: { of: Proceeding }) {
  const { t } = useTranslation();
  const by = (name?: string, at?: string) => at && `${name ?? ""} ${instant(at)}`;
  return (
    <Panel title={t("duty.facts")}>
      <Facts
        items={told([
          [t("proceeding.by"), of.by_rule ? t("proceeding.by_rule") : of.proposed_by_name],
          [t("proceeding.at"), instant(of.created_at)],
          [t("matter.decided"), by(of.decided_by_name, of.decided_at)],
          [t(`proceeding.issued.${objectOf(of)}`), of.issued_at && instant(of.issued_at)],
          [t(`proceeding.signed.${objectOf(of)}`), by(of.signed_by_name, of.signed_at)],
          ...(of.kind === "interview"
            ? []
            : [[t("proceeding.audience"), t(`proceeding.audience.${of.audience}`)] as [string, string]]),
        ])}
      />
    </Panel>
  );
}

function ProceedingActs({ of }: { of: Proceeding }) {
  const { t } = useTranslation();
  const { today } = useMe();
  const params = { path: { id: of.id }, header: match(of.version) };
  const reason = { name: "reason", label: t("form.reason"), kind: "text", required: true, max: 2000 } as const;
  const specs: Record<string, ActSpec> = {
    approve: {
      lead: t("proceeding.approve_lead", { unit: of.unit_name, kind: t(`proceeding.kind.${of.kind}`) }),
      fields: [{ name: "note", label: t("matter.note"), kind: "text", max: 2000 }],
      run: v => take(api.POST("/api/v1/proceedings/{id}/approve", { params, body: { note: String(v.note) || undefined } })),
    },
    refuse: {
      fields: [reason],
      run: v => take(api.POST("/api/v1/proceedings/{id}/refuse", { params, body: { reason: String(v.reason) } })),
    },
    hold: {
      lead: t("proceeding.hold_lead"),
      fields: [{ name: "text", label: t("proceeding.record"), kind: "text", required: true, max: 20_000 }],
      run: v => take(api.POST("/api/v1/proceedings/{id}/hold", { params, body: { text: String(v.text) } })),
    },
    arrange: {
      fields: [
        { name: "due_date", label: t("proceeding.held_on"), kind: "date", required: true, min: today, initial: of.held_on },
        { name: "place", label: t("proceeding.place"), kind: "line", required: true, max: 200, initial: of.place },
        {
          name: "participants",
          label: t("proceeding.participants"),
          kind: "text",
          required: true,
          max: 2000,
          initial: of.participants,
        },
      ],
      run: v =>
        take(
          api.POST("/api/v1/proceedings/{id}/arrange", {
            params,
            body: { due_date: String(v.due_date), place: String(v.place), participants: String(v.participants) },
          }),
        ),
    },
    publish: {
      lead: t(`proceeding.publish_lead.${of.audience}`, { unit: of.unit_name }),
      run: () => take(api.POST("/api/v1/proceedings/{id}/publish", { params })),
    },
    sign: {
      lead: t(`proceeding.sign_lead.${objectOf(of)}`),
      run: () => take(api.POST("/api/v1/proceedings/{id}/sign", { params })),
    },
    withdraw: { run: () => take(api.POST("/api/v1/proceedings/{id}/withdraw", { params })) },
    revoke: {
      danger: true,
      lead: of.number ? t("proceeding.revoke_lead") : undefined,
      fields: [reason],
      run: v => take(api.POST("/api/v1/proceedings/{id}/revoke", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject={objectOf(of)} allowed={of.allowed_actions} specs={specs} />;
}
