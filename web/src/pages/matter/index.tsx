import { Link, useParams } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { percent } from "../../api/duties";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { Events } from "../../forms/events";
import { InstructButton, InstructionsOn } from "../../forms/instructions";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel, Prose, Row, Split, Stack, told } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { type Step, Steps } from "../../ui/steps";
import { Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { type Matter, matterTones } from "../matters/words";
import { MatterActs } from "./acts";

const tabs = ["content", "history"] as const;

/** MatterPage is one supervised matter from its registration to its close-out. */
export default function MatterPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const matter = useOne(["matter", id], signal => take(api.GET("/api/v1/matters/{id}", { signal, params: { path: { id } } })));
  return (
    <Loaded whole query={matter}>
      {data => <Whole matter={data} />}
    </Loaded>
  );
}

function Whole({ matter }: { matter: Matter }) {
  const { t } = useTranslation();
  const [{ tab = "content" }, setUrl] = useUrl<"tab">();
  return (
    <>
      <Crumbs items={[{ label: t("nav.matters"), to: paths.matters }, { label: matter.number ?? matter.title }]} />
      <PageHead
        title={matter.title}
        lead={
          <Row wrap gap={0.75}>
            <span>{matter.number ?? t("notice.no_number")}</span>
            <Tag tone={matterTones[matter.status]}>{word("status.matter", matter.status)}</Tag>
            {matter.overdue && <Tag tone="red">{t("light.red")}</Tag>}
          </Row>
        }
        acts={
          <>
            <MatterActs matter={matter} />
            <InstructButton subject="matter" id={matter.id} />
          </>
        }
      />
      <Panel>
        <Steps label={t("matter.steps")} steps={stepsOf(matter, t)} />
      </Panel>
      {matter.reason && <Note tone="amber">{matter.reason}</Note>}
      <Split
        main={
          <Tabs
            label={matter.title}
            value={tab as (typeof tabs)[number]}
            onChange={value => setUrl({ tab: value === "content" ? undefined : value })}
            tabs={[
              { value: "content", label: t("matter.tab.content") },
              { value: "history", label: t("notice.tab.events") },
            ]}
          >
            {tab === "content" && <Content matter={matter} />}
            {tab === "history" && (
              <Panel>
                <Events
                  of={["matter", matter.id]}
                  read={(after, signal) =>
                    take(
                      api.GET("/api/v1/matters/{id}/events", { signal, params: { path: { id: matter.id }, query: { after } } }),
                    )
                  }
                />
              </Panel>
            )}
          </Tabs>
        }
        aside={
          <>
            <Side matter={matter} />
            <InstructionsOn subject="matter" id={matter.id} />
          </>
        }
      />
    </>
  );
}

function Content({ matter }: { matter: Matter }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Panel title={t("matter.content")}>
        <Stack>
          <Prose>{matter.content || matter.title}</Prose>
          {matter.conclusion && (
            <div>
              <h3>{t("matter.conclusion")}</h3>
              <Prose>{matter.conclusion}</Prose>
            </div>
          )}
        </Stack>
      </Panel>
      <Panel title={t("matter.units")} flush>
        <Table
          label={t("matter.units")}
          rows={matter.units}
          id={row => row.unit_id}
          columns={[
            {
              key: "unit",
              title: t("duty.unit"),
              phone: "main",
              cell: row => (row.duty_id ? <Link to={paths.duty(row.duty_id) as never}>{row.unit_name}</Link> : row.unit_name),
            },
            {
              key: "part",
              title: t("duty.part"),
              kind: "tight",
              cell: row => <Tag tone={row.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${row.part}`)}</Tag>,
            },
            {
              key: "status",
              title: t("duty.status"),
              kind: "tight",
              cell: row => (row.duty_status ? word("status.duty", row.duty_status) : t("matter.no_duty")),
            },
            {
              key: "progress",
              title: t("duty.progress"),
              kind: "tight",
              cell: row => row.duty_id && <Progress value={percent(row.progress)} />,
            },
          ]}
        />
      </Panel>
    </Stack>
  );
}

function Side({ matter }: { matter: Matter }) {
  const { t } = useTranslation();
  const by = (name?: string, at?: string) => at && `${name ?? ""} ${instant(at)}`;
  return (
    <Panel title={t("duty.facts")}>
      <Facts
        items={told([
          [t("matter.source"), t(`matter.source.${matter.source}`)],
          [t("matter.basis"), matter.basis],
          [t("matter.received_on"), matter.received_on],
          [t("instruction.urgency"), t(`urgency.${matter.urgency}`)],
          [t("matter.supervision"), t(`matter.supervision.${matter.supervision}`)],
          [t("duty.due"), matter.due_date],
          [t("instruction.rule"), matter.due_rule && <span title={matter.due_rule}>{t("instruction.by_rule")}</span>],
          [t("matter.leader"), matter.leader_name],
          [t("matter.step.draft"), by(matter.created_by_name, matter.created_at)],
          [t("matter.step.proposed"), by(matter.proposed_by_name, matter.proposed_at)],
          [t("matter.decided"), by(matter.decided_by_name, matter.decided_at)],
          [
            t("matter.from_instruction"),
            matter.instruction_id && <Link to={paths.instruction(matter.instruction_id) as never}>{t("inbox.look")}</Link>,
          ],
          [t("matter.plan"), matter.plan_id && <Link to={paths.plan(matter.plan_id) as never}>{t("inbox.look")}</Link>],
        ])}
      />
    </Panel>
  );
}

const order = ["draft", "proposed", "active", "closed"] as const;

/** stepsOf is the way of a matter: registered, put up, approved, closed. */
function stepsOf(matter: Matter, t: TFunction): Step[] {
  const at = order.indexOf(matter.status as (typeof order)[number]);
  const past = matter.number ? 2 : matter.proposed_at ? 1 : 0;
  const notes = [matter.created_at, matter.proposed_at, matter.decided_at, matter.closed_at];
  return order.map((name, i) => {
    const done = at < 0 ? i < past : i < at || (i === at && name === "closed");
    return {
      name: t(`matter.step.${name}`),
      state: done ? "done" : at < 0 ? "stopped" : i === at ? "now" : "open",
      note: notes[i] && (at < 0 ? i <= past : i <= at) ? instant(notes[i]).slice(0, 10) : undefined,
    };
  });
}
