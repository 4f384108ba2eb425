import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Duty, percent, useDuty } from "../../api/duties";
import { useUrl } from "../../app/url";
import { DutyLight } from "../../forms/due";
import { InstructionsOn } from "../../forms/instructions";
import { Urges } from "../../forms/urges";
import { WhyLight } from "../../forms/why";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { PageHead, Panel, Row, Split } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Steps } from "../../ui/steps";
import { Tabs } from "../../ui/tabs";
import { DutyActs } from "./acts";
import { CloseOut } from "./close-out";
import { Consequences } from "./consequences";
import { Follow } from "./follow";
import { Deadlines, History } from "./history";
import { Overview, Side } from "./overview";
import { Reports } from "./reports";
import { Shares } from "./shares";
import { stepsOf } from "./steps";
import { Extensions } from "./talk";

const tabs = ["overview", "reports", "shares", "extensions", "urges", "close_out", "deadlines", "history"] as const;

/** DutyPage is one unit's share in one task: the whole case on one page. */
export default function DutyPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const duty = useDuty(id);
  return (
    <Loaded whole query={duty}>
      {data => <Whole duty={data} />}
    </Loaded>
  );
}

function Whole({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const [{ tab = "overview" }, setUrl] = useUrl<"tab">();
  return (
    <>
      <Crumbs items={[{ label: t("nav.ledger"), to: paths.ledger }, { label: titled(duty.task_number, duty.task_title) }]} />
      <PageHead
        title={titled(duty.task_number, duty.task_title)}
        lead={
          <Row wrap gap={0.75}>
            <strong>{duty.unit_name}</strong>
            <Tag tone={duty.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${duty.part}`)}</Tag>
            <Row gap={0.125}>
              <DutyLight duty={duty} />
              <WhyLight kind="duty" id={duty.id} label={t("duty.why_light", { light: t(`light.${duty.light}`) })} />
            </Row>
            <Progress value={percent(duty.progress)} />
            <Follow duty={duty} />
          </Row>
        }
        acts={<DutyActs duty={duty} />}
      />
      <Panel>
        <Steps label={t("duty.steps")} steps={stepsOf(duty, t)} />
      </Panel>
      <Split
        main={
          <Tabs
            label={duty.task_title}
            value={tab as (typeof tabs)[number]}
            onChange={value => setUrl({ tab: value === "overview" ? undefined : value })}
            tabs={tabs.map(value => ({ value, label: t(`duty.tab.${value}`) }))}
          >
            {tab === "overview" && <Overview duty={duty} />}
            {tab === "reports" && <Reports duty={duty} />}
            {tab === "shares" && <Shares duty={duty} />}
            {tab === "extensions" && <Extensions duty={duty} />}
            {tab === "urges" && <Urges subjectId={duty.id} />}
            {tab === "close_out" && <CloseOut duty={duty} />}
            {tab === "deadlines" && <Deadlines duty={duty} />}
            {tab === "history" && <History duty={duty} />}
          </Tabs>
        }
        aside={
          <>
            <Side duty={duty} />
            <InstructionsOn subject="duty" id={duty.id} />
            <Consequences duty={duty} />
          </>
        }
      />
    </>
  );
}
