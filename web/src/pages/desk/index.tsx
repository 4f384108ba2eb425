import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutlooks } from "../../api/outlooks";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { told } from "../../i18n";
import { longDate } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel, Row } from "../../ui/layout";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";
import { Segments, Tabs } from "../../ui/tabs";
import { type Lane, lanes, questions, useCounts, useLane, useNextDue } from "./lanes";
import { type By, LaneList } from "./list";

const UrgeMany = lazy(told(() => import("../../forms/urge-many").then(found => ({ default: found.UrgeMany })), "acts"));
const ways: By[] = ["task", "unit", "none"];

/** Desk is the supervision desk: what is late, near, not reported, not signed for, to be verified; select many and urge them in one go. */
export default function Desk() {
  const { t } = useTranslation();
  const me = useMe();
  const [url, setUrl] = useUrl<"lane" | "by">();
  const lane = lanes.find(one => one === url.lane) ?? "over";
  const counts = useCounts(me.today);
  return (
    <>
      <PageHead title={t("nav.desk")} lead={t("desk.lead", { date: me.today })} />
      <Tabs
        label={t("nav.desk")}
        value={lane}
        onChange={value => setUrl({ lane: value === "over" ? undefined : value })}
        tabs={lanes.map(value => ({ value, label: t(`desk.${value}`), count: counts[value] }))}
      >
        <OneLane
          key={lane}
          lane={lane}
          by={ways.find(one => one === url.by) ?? "task"}
          onBy={by => setUrl({ by: by === "task" ? undefined : by })}
        />
      </Tabs>
    </>
  );
}

function OneLane({ lane, by, onBy }: { lane: Lane; by: By; onBy: (by: By) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const list = useLane(lane, me.today);
  const outlooks = useOutlooks(list.rows.map(row => row.duty));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [urging, setUrging] = useState(false);
  const may = me.permissions.includes("duty.urge") && lane !== "review";
  const chosen = list.rows.filter(row => picked.has(row.id));
  const able = new Set(chosen.filter(row => row.able).map(row => row.duty)).size;
  const { reads, busy, read } = list;
  useEffect(() => {
    if (reads && !busy) read();
  }, [reads, busy, read]);
  const ready = !list.isPending && !list.error;
  return (
    <Panel
      title={t(`desk.${lane}_what`)}
      acts={
        <Row wrap>
          {lane !== "unreported" && (
            <Link to={`${paths.ledger}?layout=list&q=${encodeURIComponent(questions[lane])}` as never}>
              {t("desk.in_ledger")}
            </Link>
          )}
          {list.rows.length > 0 && (
            <Segments
              label={t("desk.by")}
              value={by}
              onChange={onBy}
              options={ways.map(value => ({ value, label: t(`desk.by.${value}`) }))}
            />
          )}
          {may && list.rows.length > 0 && (
            <Button
              kind="primary"
              icon="bell"
              reason={able === 0 ? t(chosen.length > 0 ? "ledger.none_able" : "desk.pick_first") : undefined}
              onClick={() => setUrging(true)}
            >
              {able > 0 ? t("desk.urge_n", { count: able }) : t("desk.urge")}
            </Button>
          )}
        </Row>
      }
      flush
    >
      {list.isPending && <SkeletonRows rows={10} />}
      {list.error && <ErrorNote error={list.error} onRetry={list.again} />}
      {ready && list.rows.length === 0 && <Nothing lane={lane} />}
      {ready && list.rows.length > 0 && (
        <LaneList lane={lane} rows={list.rows} by={by} outlooks={outlooks} picked={may ? picked : undefined} onPick={setPicked} />
      )}
      {ready && <More shown={list.rows.length} next={list.more} busy={list.busy} onMore={list.read} />}
      {urging && (
        <Suspense fallback={null}>
          <UrgeMany
            duties={[...new Set(chosen.map(row => row.duty))]}
            content={t(`desk.say.${lane as Exclude<Lane, "review">}`)}
            onClose={() => {
              setUrging(false);
              setPicked(new Set());
            }}
          />
        </Suspense>
      )}
    </Panel>
  );
}

/** Nothing says that a lane is empty, and what falls due next. */
function Nothing({ lane }: { lane: Lane }) {
  const { t, i18n } = useTranslation();
  const { today } = useMe();
  const next = useNextDue(today, lane === "over" || lane === "soon");
  return (
    <Empty title={t(`desk.${lane}_none`)} icon="check">
      {next?.due_date && (
        <>
          {t("desk.next_due", { date: longDate(next.due_date, i18n.language) })}{" "}
          <Link to={paths.duty(next.id) as never}>
            {titled(next.task_number, next.task_title)} {next.unit_name}
          </Link>
        </>
      )}
    </Empty>
  );
}
