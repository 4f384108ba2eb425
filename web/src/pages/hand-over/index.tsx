import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { type ActSpec, Acts } from "../../forms/acts";
import { Events } from "../../forms/events";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { fileAddress, paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Row, Split, told } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Steps } from "../../ui/steps";
import { Tabs } from "../../ui/tabs";
import { type HandOver, handOverTones } from "../hand-overs/words";
import { Changes } from "./changes";
import { Items } from "./items";

const tabs = ["content", "history"] as const;
const order = ["giver", "witness", "taker"] as const;

/** HandOverPage is one hand-over list: its rows, what changed since, the signatures under it. */
export default function HandOverPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const one = useOne(["hand-over", id], signal => take(api.GET("/api/v1/hand-overs/{id}", { signal, params: { path: { id } } })));
  return (
    <Loaded whole query={one}>
      {data => <Whole of={data} />}
    </Loaded>
  );
}

function Whole({ of }: { of: HandOver }) {
  const { t } = useTranslation();
  const [{ tab = "content" }, setUrl] = useUrl<"tab">();
  const title = t("hand_over.title", { unit: of.unit_name, role: word("role", of.role) });
  const steps = useSteps(of);
  const file = (format: string) => fileAddress(`/api/v1/hand-overs/${of.id}/export`, { format });
  return (
    <>
      <Crumbs items={[{ label: t("nav.hand_overs"), to: paths.handOvers }, { label: of.unit_name }]} />
      <PageHead
        title={title}
        lead={
          <Row wrap gap={0.75}>
            <span>{of.occasion}</span>
            <span>{t("hand_over.as_of", { at: instant(of.created_at) })}</span>
            <Tag tone={handOverTones[of.status]}>{t(`status.hand_over.${of.status}`)}</Tag>
          </Row>
        }
        acts={
          <>
            <HandOverActs of={of} />
            <Button icon="print" onClick={() => print()}>
              {t("ledger.print")}
            </Button>
            <Button icon="download" onClick={() => location.assign(file("xlsx"))}>
              XLSX
            </Button>
          </>
        }
      />
      {of.status !== "void" && (
        <Panel>
          <Steps label={t("hand_over.signatures")} steps={steps} />
        </Panel>
      )}
      {of.reason && <Note tone="amber">{t("hand_over.void_because", { reason: of.reason })}</Note>}
      {of.giver_absent && <Note tone="amber">{t("hand_over.absent", { name: of.giver_name })}</Note>}
      {of.changes && <Changes of={of.changes} />}
      <Split
        main={
          <Tabs
            label={title}
            value={tab as (typeof tabs)[number]}
            onChange={value => setUrl({ tab: value === "content" ? undefined : value })}
            tabs={[
              { value: "content", label: t("hand_over.content", { count: of.rows }) },
              { value: "history", label: t("hand_over.history") },
            ]}
          >
            {tab === "content" && <Items id={of.id} />}
            {tab === "history" && (
              <Panel>
                <Events
                  of={["hand-over", of.id]}
                  read={(after, signal) =>
                    take(api.GET("/api/v1/hand-overs/{id}/events", { signal, params: { path: { id: of.id }, query: { after } } }))
                  }
                />
              </Panel>
            )}
          </Tabs>
        }
        aside={<Side of={of} text={file("text")} />}
      />
    </>
  );
}

/** useSteps is the way of a list from its drawing over the three signatures. */
function useSteps(of: HandOver) {
  const { t } = useTranslation();
  const signed = (part: string) => of.signatures.find(one => one.part === part);
  const parts = order.filter(part => part !== "witness" || of.witness_id).filter(part => part !== "giver" || !of.giver_absent);
  const next = parts.find(part => !signed(part));
  return [
    { name: t("hand_over.drawn_by", { name: of.drawn_by_name }), note: instant(of.created_at), state: "done" as const },
    ...parts.map(part => {
      const found = signed(part);
      return {
        name: `${t(`hand_over.${part}`)} ${of[`${part}_name`] ?? ""}`,
        note: found ? instant(found.at) : undefined,
        state: found ? ("done" as const) : part === next ? ("now" as const) : ("open" as const),
      };
    }),
  ];
}

function Side({ of, text }: { of: HandOver; text: string }) {
  const { t } = useTranslation();
  const signature = (part: (typeof order)[number]) => {
    const found = of.signatures.find(one => one.part === part);
    return `${of[`${part}_name`] ?? ""}${found ? `　${t("hand_over.signed_at", { at: instant(found.at) })}` : ""}`;
  };
  return (
    <Panel title={t("hand_over.signatures")}>
      <Facts
        items={told([
          [t("hand_over.giver"), signature("giver")],
          [t("hand_over.witness"), of.witness_id && signature("witness")],
          [t("hand_over.taker"), signature("taker")],
          [t("hand_over.rows"), String(of.rows)],
          [
            t("hand_over.hash"),
            <span key="hash">
              <code style={{ overflowWrap: "anywhere" }}>{of.hash}</code>{" "}
              <a href={text} style={{ textDecoration: "underline" }}>
                {t("hand_over.text")}
              </a>
            </span>,
          ],
        ])}
      />
    </Panel>
  );
}

function HandOverActs({ of }: { of: HandOver }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params = { path: { id: of.id }, header: match(of.version) };
  const lead = t("hand_over.sign_lead", { count: of.rows, hash: of.hash.slice(0, 12) });
  const specs: Record<string, ActSpec> = {
    give: { lead, run: () => take(api.POST("/api/v1/hand-overs/{id}/give", { params })) },
    witness: { lead, run: () => take(api.POST("/api/v1/hand-overs/{id}/witness", { params })) },
    take: { lead, run: () => take(api.POST("/api/v1/hand-overs/{id}/take", { params })) },
    redraw: {
      lead: t("hand_over.redraw_lead"),
      run: async () => {
        const made = await take(api.POST("/api/v1/hand-overs/{id}/redraw", { params, body: {} }));
        void navigate({ href: paths.handOver(made.id) });
        return made;
      },
    },
    void: {
      danger: true,
      fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true, max: 500 }],
      run: v => take(api.POST("/api/v1/hand-overs/{id}/void", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject="hand_over" allowed={of.allowed_actions} specs={specs} />;
}
