import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { type ActSpec, Acts } from "../../forms/acts";
import { Events } from "../../forms/events";
import { InstructButton, InstructionsOn } from "../../forms/instruct";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { Findings } from "./findings";

export type Inspection = Schemas["Inspection"];

/** InspectionPage is one inspection with its findings. */
export default function InspectionPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const inspection = useOne(["inspection", id], signal =>
    take(api.GET("/api/v1/inspections/{id}", { signal, params: { path: { id } } })),
  );
  return <Loaded query={inspection}>{data => <Whole inspection={data} />}</Loaded>;
}

function Whole({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const [{ tab = "findings" }, setUrl] = useUrl<"tab">();
  return (
    <>
      <Crumbs items={[{ label: t("nav.inspections"), to: paths.inspections }, { label: inspection.title }]} />
      <PageHead
        title={inspection.title}
        lead={
          <Row wrap gap={0.75}>
            <span>{t(`inspection.kind.${inspection.kind}`)}</span>
            <Tag tone={inspection.status === "open" ? "blue" : "plain"}>{word("status.inspection", inspection.status)}</Tag>
          </Row>
        }
        acts={
          <>
            <InspectionActs inspection={inspection} />
            <InstructButton subject="inspection" id={inspection.id} />
          </>
        }
      />
      {inspection.overlaps.length > 0 && (
        <Note tone="amber">
          <span>{t("inspection.overlap")}</span>
          {inspection.overlaps.map(other => (
            <span key={other.inspection_id + other.unit_id}>
              {other.unit_name}: {other.title} ({other.starts_on} — {other.ends_on})
            </span>
          ))}
        </Note>
      )}
      <Split
        main={
          <Tabs
            label={inspection.title}
            value={tab as "findings" | "scheme" | "events"}
            onChange={value => setUrl({ tab: value === "findings" ? undefined : value })}
            tabs={[
              { value: "findings", label: t("inspection.tab.findings") },
              { value: "scheme", label: t("inspection.tab.scheme") },
              { value: "events", label: t("notice.tab.events") },
            ]}
          >
            {tab === "findings" && <Findings inspection={inspection} />}
            {tab === "scheme" && <Scheme inspection={inspection} />}
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
                            {m.leads ? ` (${t("inspection.leads")})` : ""}
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

function Scheme({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const parts: [string, string | undefined][] = [
    [t("inspection.basis"), inspection.basis],
    [t("inspection.scope"), inspection.scope],
    [t("inspection.method"), inspection.method],
    [t("inspection.conclusion"), inspection.conclusion],
  ];
  return (
    <Panel>
      <Stack>
        {parts
          .filter(([, text]) => text)
          .map(([name, text]) => (
            <div key={name}>
              <h3>{name}</h3>
              <Prose>{text}</Prose>
            </div>
          ))}
      </Stack>
    </Panel>
  );
}

function InspectionActs({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const params = { path: { id: inspection.id }, header: match(inspection.version) };
  const specs: Record<string, ActSpec> = {
    open: { lead: t("inspection.open_lead"), run: () => take(api.POST("/api/v1/inspections/{id}/open", { params })) },
    finish: { lead: t("inspection.finish_lead"), run: () => take(api.POST("/api/v1/inspections/{id}/finish", { params })) },
  };
  return <Acts subject="inspection" allowed={inspection.allowed_actions} specs={specs} />;
}
