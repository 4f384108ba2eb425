import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { Events } from "../../forms/events";
import { InstructButton, InstructionsOn } from "../../forms/instructions";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { ConclusionRows } from "../conclusions/rows";
import { InspectionActs } from "./acts";
import { Checks } from "./checks";
import { Findings } from "./findings";
import { useKeptFindings } from "./kept-findings";
import { LookItems } from "./look";
import { Scheme } from "./scheme";

export type Inspection = Schemas["Inspection"];

/** InspectionPage is one inspection with its findings. */
export default function InspectionPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const inspection = useOne(["inspection", id], signal =>
    take(api.GET("/api/v1/inspections/{id}", { signal, params: { path: { id } } })),
  );
  return (
    <Loaded whole query={inspection}>
      {data => <Whole inspection={data} />}
    </Loaded>
  );
}

type TabName = "look" | "findings" | "scheme" | "checks" | "conclusions" | "events";

/** firstTab is where an inspection opens: its plan until it is at work, then what it looks at or finds, at last its conclusion. */
function firstTab(inspection: Inspection): TabName {
  if (inspection.status === "concluded") return "conclusions";
  if (!inspection.opened_at) return "scheme";
  return inspection.kind === "look_back" ? "look" : "findings";
}

function Whole({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const first = firstTab(inspection);
  const kept = useKeptFindings(inspection.id, t("ui.offline"));
  const [{ tab = first }, setUrl] = useUrl<"tab">();
  return (
    <>
      <Crumbs items={[{ label: t("nav.inspections"), to: paths.inspections }, { label: inspection.title }]} />
      <PageHead
        title={inspection.title}
        lead={
          <Row wrap gap={0.75}>
            {inspection.number && <span>{inspection.number}</span>}
            <span>{t(`inspection.kind.${inspection.kind}`)}</span>
            <Tag tone={statusTone(inspection.status)}>{word("status.inspection", inspection.status)}</Tag>
          </Row>
        }
        acts={
          <>
            <InspectionActs inspection={inspection} />
            <InstructButton subject="inspection" id={inspection.id} />
          </>
        }
      />
      {inspection.reason && <Note tone="amber">{inspection.reason}</Note>}
      {inspection.overlaps.length > 0 && (
        <Note tone="amber">
          <span>{t("inspection.overlap")}</span>
          {inspection.overlaps.map(other => (
            <span key={other.inspection_id + other.unit_id}>
              {other.unit_name}: {other.title} ({other.starts_on} — {other.ends_on})
              {other.duplicate && ` ${t("scheme.double", { similarity: other.similarity })}`}
              {other.answer && ` ${t("scheme.double_answer", { reason: other.answer })}`}
            </span>
          ))}
        </Note>
      )}
      <Split
        main={
          <Tabs
            label={inspection.title}
            value={tab as TabName}
            onChange={value => setUrl({ tab: value === first ? undefined : value })}
            tabs={[
              ...(inspection.kind === "look_back" ? [{ value: "look" as const, label: t("look.items") }] : []),
              { value: "scheme", label: t("inspection.tab.scheme") },
              { value: "checks", label: t("check.tab") },
              { value: "findings", label: t("inspection.tab.findings") },
              { value: "conclusions", label: t("conclusion.tab") },
              { value: "events", label: t("notice.tab.events") },
            ]}
          >
            {tab === "look" && <LookItems inspection={inspection} />}
            {tab === "scheme" && <Scheme inspection={inspection} />}
            {tab === "checks" && <Checks inspection={inspection} findings={kept} />}
            {tab === "findings" && <Findings inspection={inspection} kept={kept} />}
            {tab === "conclusions" && (
              <Stack>
                {inspection.conclusion && (
                  <Panel title={t("scheme.conclusion_whole")}>
                    <Prose>{inspection.conclusion}</Prose>
                  </Panel>
                )}
                <ConclusionRows inspection={inspection.id} />
              </Stack>
            )}
            {tab === "events" && (
              <Panel>
                <Events
                  of={["inspection", inspection.id]}
                  read={(after, signal) =>
                    take(
                      api.GET("/api/v1/inspections/{id}/events", {
                        signal,
                        params: { path: { id: inspection.id }, query: { after } },
                      }),
                    )
                  }
                />
              </Panel>
            )}
          </Tabs>
        }
        aside={
          <>
            <Panel title={t("inspection.facts")}>
              <Facts
                items={[
                  [t("inspection.days"), inspection.starts_on && `${inspection.starts_on} — ${inspection.ends_on ?? ""}`],
                  [
                    t("inspection.team"),
                    inspection.team.length > 0 && (
                      <Stack gap={0.125}>
                        {inspection.team.map(m => (
                          <span key={m.user_id}>
                            {m.name}
                            {m.leads ? t("ui.paren", { text: t("inspection.leads") }) : ""}
                            {m.tie && ` ${t(`scheme.tie.${m.tie}`, { unit: m.tie_unit })}`}
                          </span>
                        ))}
                      </Stack>
                    ),
                  ],
                  [
                    t("inspection.units"),
                    <Stack key="units" gap={0.125}>
                      {inspection.units.map(unit => (
                        <span key={unit.id}>{unit.name}</span>
                      ))}
                    </Stack>,
                  ],
                  [t("inspection.opened_at"), inspection.opened_at && instant(inspection.opened_at)],
                  [t("inspection.finished_at"), inspection.finished_at && instant(inspection.finished_at)],
                ]}
              />
            </Panel>
            <InstructionsOn subject="inspection" id={inspection.id} />
          </>
        }
      />
    </>
  );
}

/** statusTone is the colour of an inspection's state. */
function statusTone(status: Inspection["status"]) {
  if (status === "open" || status === "finished") return "blue";
  if (status === "proposed") return "amber";
  return status === "concluded" ? "green" : "plain";
}
