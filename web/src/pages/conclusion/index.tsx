import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { Acts } from "../../forms/acts";
import { Events } from "../../forms/events";
import { ObjectButton, Objections } from "../../forms/object";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { conclusionTone } from "../conclusions/rows";

type Conclusion = Schemas["Conclusion"];

/** ConclusionPage is what an inspection concluded about one unit, which signs for it and may object. */
export default function ConclusionPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const query = useOne(["conclusion", id], signal =>
    take(api.GET("/api/v1/conclusions/{id}", { signal, params: { path: { id } } })),
  );
  return (
    <Loaded whole query={query}>
      {data => <Whole conclusion={data} />}
    </Loaded>
  );
}

function Whole({ conclusion }: { conclusion: Conclusion }) {
  const { t } = useTranslation();
  const me = useMe();
  const params = { path: { id: conclusion.id }, header: match(conclusion.version) };
  return (
    <>
      <Crumbs items={[{ label: t("nav.conclusions"), to: paths.conclusions }, { label: conclusion.number }]} />
      <PageHead
        title={conclusion.inspection_title}
        lead={
          <Row wrap gap={0.75}>
            <span>{conclusion.number}</span>
            <span>{conclusion.unit_name}</span>
            <Tag tone={conclusionTone(conclusion.status)}>{word("status.conclusion", conclusion.status)}</Tag>
          </Row>
        }
        acts={
          <Row wrap>
            {conclusion.status === "received" && (
              <ObjectButton subject="conclusion" id={conclusion.id} unit={conclusion.unit_id} until={conclusion.object_until} />
            )}
            <Acts
              subject="conclusion"
              allowed={conclusion.allowed_actions}
              specs={{
                receive: {
                  lead: t("conclusion.receive_lead"),
                  run: () => take(api.POST("/api/v1/conclusions/{id}/receive", { params })),
                },
              }}
            />
          </Row>
        }
      />
      <Split
        main={
          <Stack>
            <Panel title={t("conclusion.content")}>
              {conclusion.content ? <Prose>{conclusion.content}</Prose> : <p>{t("conclusion.no_content")}</p>}
            </Panel>
            <Objections subject="conclusion" id={conclusion.id} />
            <Panel title={t("notice.tab.events")}>
              <Events
                of={["conclusion", conclusion.id]}
                read={(after, signal) =>
                  take(
                    api.GET("/api/v1/conclusions/{id}/events", {
                      signal,
                      params: { path: { id: conclusion.id }, query: { after } },
                    }),
                  )
                }
              />
            </Panel>
          </Stack>
        }
        aside={
          <Panel title={t("notice.facts")}>
            <Facts
              items={[
                [t("notice.unit"), conclusion.unit_name],
                [
                  t("conclusion.of"),
                  me.permissions.includes("inspection.read") && (
                    <Link to={paths.inspection(conclusion.inspection_id) as never}>{conclusion.inspection_title}</Link>
                  ),
                ],
                [t("notice.served_at"), instant(conclusion.delivered_at)],
                [t("notice.signed_at"), conclusion.received_at && instant(conclusion.received_at)],
                [t("conclusion.object_until"), conclusion.object_until],
              ]}
            />
          </Panel>
        }
      />
    </>
  );
}
