import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePlans } from "../../api/duties";
import { type DueQuery, type DueReport, useDueReports } from "../../api/reporting";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { useUrl } from "../../app/url";
import { BulkRun } from "../../forms/bulk-run";
import { usePeriod } from "../../forms/period";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { PageHead, Panel, Row } from "../../ui/layout";
import { Select } from "../../ui/select";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import { DueTable } from "./due-table";
import { Standings } from "./standings";

const lanes = ["due", "missing", "late", "standings"] as const;
type Lane = (typeof lanes)[number];
export type ReportingKey = "lane" | "plan_id" | "unit_id" | "by";

/** Reporting is which progress reports are due, missing and late: the office urges, a unit goes on to write. */
export default function Reporting() {
  const { t } = useTranslation();
  const me = useMe();
  const [url, setUrl] = useUrl<ReportingKey>();
  const lane = (lanes.find(one => one === url.lane) ?? "due") as Lane;
  const writes = me.permissions.includes("report.save");
  const urges = me.permissions.includes("duty.urge");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const shown = lanes.filter(value => value !== "standings" || me.permissions.includes("counter.read"));
  return (
    <>
      <PageHead title={t("nav.reporting")} lead={t(writes ? "asked.lead_unit" : "asked.lead", { date: me.today })} />
      <Filters url={url} setUrl={setUrl} units={!writes || urges} />
      <Tabs
        label={t("nav.reporting")}
        value={lane}
        onChange={value => {
          setPicked(new Set());
          setUrl({ lane: value === "due" ? undefined : value });
        }}
        tabs={shown.map(value => ({ value, label: t(`asked.lane.${value}`) }))}
      >
        {lane === "standings" ? (
          <Standings planId={url.plan_id} by={url.by === "plan" ? "plan" : "unit"} setUrl={setUrl} />
        ) : (
          <List
            query={{
              state: lane,
              plan_id: url.plan_id,
              unit_id: url.unit_id,
              mine: (writes && !urges) || undefined,
            }}
            urges={urges}
            writes={writes}
            picked={picked}
            onPick={setPicked}
          />
        )}
      </Tabs>
    </>
  );
}

type Set = (part: Partial<Record<ReportingKey, string | undefined>>) => void;

function Filters({ url, setUrl, units }: { url: Partial<Record<ReportingKey, string>>; setUrl: Set; units: boolean }) {
  const { t } = useTranslation();
  const plans = usePlans();
  const { nodes } = useUnitNodes();
  return (
    <div className="no-print">
      <Row wrap>
        <Select
          bare
          clearable
          label={t("ledger.plan")}
          width="16rem"
          value={url.plan_id ?? ""}
          onChange={plan_id => setUrl({ plan_id: plan_id || undefined })}
          options={plans.items.filter(plan => plan.status !== "draft").map(plan => ({ value: plan.id, label: plan.title }))}
        />
        {units && url.lane !== "standings" && (
          <Select
            bare
            clearable
            label={t("duty.unit")}
            width="12rem"
            value={url.unit_id ?? ""}
            onChange={unit_id => setUrl({ unit_id: unit_id || undefined })}
            options={nodes.map(node => ({ value: node.id, label: node.label }))}
          />
        )}
      </Row>
    </div>
  );
}

function List({
  query,
  urges,
  writes,
  picked,
  onPick,
}: {
  query: DueQuery;
  urges: boolean;
  writes: boolean;
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation();
  const named = usePeriod();
  const list = useDueReports(query);
  const [urging, setUrging] = useState(false);
  const chosen = list.items.filter(row => picked.has(row.id));
  const duties = [...new Map(chosen.map(row => [row.duty_id, row])).values()];
  const may = urges && query.state !== "late";
  const text = (row: DueReport) =>
    t(query.state === "missing" ? "asked.urge_missing" : "asked.urge_due", { period: named(row.period), date: row.due_date });
  return (
    <Panel
      title={may ? t(`asked.lane.${query.state}`) : undefined}
      acts={
        may && (
          <Button
            kind="primary"
            icon="bell"
            reason={duties.length === 0 ? t("desk.pick_first") : undefined}
            onClick={() => setUrging(true)}
          >
            {duties.length > 0 ? t("desk.urge_n", { count: duties.length }) : t("desk.urge")}
          </Button>
        )
      }
      flush
    >
      {list.isPending && <SkeletonRows rows={10} />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <Empty title={t(`asked.none.${query.state}`)} icon="check" />}
      {list.items.length > 0 && (
        <DueTable
          writes={writes}
          rows={list.items}
          label={t(`asked.lane.${query.state}`)}
          picked={may ? picked : undefined}
          onPick={onPick}
        />
      )}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      {urging && duties[0] && (
        <BulkRun
          title={word("action.duty", "urge")}
          ask={t("urge.content")}
          initial={text(duties[0])}
          rows={duties.map(row => ({ id: row.duty_id, label: `${row.unit_name} · ${row.task_title} · ${named(row.period)}` }))}
          skipped={0}
          run={(row, content) =>
            take(api.POST("/api/v1/duties/{id}/urges", { params: { path: { id: row.id } }, body: { content } }))
          }
          onClose={() => {
            setUrging(false);
            onPick(new Set());
          }}
        />
      )}
    </Panel>
  );
}
