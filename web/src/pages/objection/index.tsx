import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { Events } from "../../forms/events";
import { objectionTone } from "../../forms/object";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack } from "../../ui/layout";
import { Light, Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { ObjectionActs } from "./acts";

export type Objection = Schemas["Objection"];

/** ObjectionPage is one application for re-examination: grounds, clock, who may not decide, decision. */
export default function ObjectionPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const query = useOne(["objection", id], signal =>
    take(api.GET("/api/v1/objections/{id}", { signal, params: { path: { id } } })),
  );
  return (
    <Loaded whole query={query}>
      {data => <Whole objection={data} />}
    </Loaded>
  );
}

function Whole({ objection }: { objection: Objection }) {
  const { t } = useTranslation();
  const open = objection.status === "filed";
  return (
    <>
      <Crumbs items={[{ label: t("nav.objections"), to: paths.objections }, { label: objection.number ?? objection.title }]} />
      <PageHead
        title={objection.title}
        lead={
          <Row wrap gap={0.75}>
            {objection.number && <span>{objection.number}</span>}
            <span>{objection.unit_name}</span>
            <Tag tone={objectionTone(objection.status)}>{word("status.objection", objection.status)}</Tag>
            {open && <Light light={objection.light} />}
          </Row>
        }
        acts={<ObjectionActs objection={objection} />}
      />
      {open && (
        <Note tone={objection.overdue ? "red" : "blue"}>
          {t(objection.overdue ? "objection.overdue" : "objection.in_force", { date: objection.decide_by })}
        </Note>
      )}
      <Split
        main={
          <Stack>
            {objection.opinion && (
              <Panel title={t("objection.opinion")}>
                <Prose>{objection.opinion}</Prose>
              </Panel>
            )}
            <Panel title={t("objection.grounds")}>
              <Stack>
                <Prose>{objection.grounds}</Prose>
                {objection.demand && (
                  <div>
                    <h3>{t("objection.demand")}</h3>
                    <Prose>{objection.demand}</Prose>
                  </div>
                )}
              </Stack>
            </Panel>
            <Panel title={t("notice.tab.events")}>
              <Events
                of={["objection", objection.id]}
                read={(after, signal) =>
                  take(
                    api.GET("/api/v1/objections/{id}/events", {
                      signal,
                      params: { path: { id: objection.id }, query: { after } },
                    }),
                  )
                }
              />
            </Panel>
          </Stack>
        }
        aside={<Side objection={objection} />}
      />
    </>
  );
}

function Side({ objection }: { objection: Objection }) {
  const { t } = useTranslation();
  const to = objection.subject === "notice" ? paths.notice(objection.subject_id) : paths.conclusion(objection.subject_id);
  return (
    <Stack>
      <Panel title={t("notice.facts")}>
        <Facts
          items={[
            [
              t("objection.to"),
              <Link key="to" to={to as never}>
                {objection.title}
              </Link>,
            ],
            [t("objection.received_on"), objection.received_on],
            [t("conclusion.object_until"), objection.until],
            [t("objection.at"), instant(objection.created_at)],
            [t("objection.decide_by"), objection.decide_by],
            [t("objection.decided_at"), objection.decided_at && instant(objection.decided_at)],
          ]}
        />
      </Panel>
      {objection.parts.length > 0 && objection.status === "filed" && (
        <Panel title={t("objection.parts")}>
          <Stack gap={0.5}>
            <p>{t("objection.parts_lead")}</p>
            <ul>
              {objection.parts.map(part => (
                <li key={part.user_id}>
                  {part.name}
                  {t("ui.paren", { text: part.took.map(took => word("took", took)).join(t("scheme.comma")) })}
                </li>
              ))}
            </ul>
          </Stack>
        </Panel>
      )}
    </Stack>
  );
}
