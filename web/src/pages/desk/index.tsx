import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type DutyQuery, percent, useDuties } from "../../api/duties";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { DueDate, DutyLight } from "../../forms/due";
import { told, word } from "../../i18n";
import { instant } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Check } from "../../ui/field";
import { PageHead, Panel, Row } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";

const UrgeMany = lazy(told(() => import("../../forms/urge-many").then(found => ({ default: found.UrgeMany })), "acts"));
const lanes = ["over", "soon", "unsigned", "review"] as const;
type Lane = (typeof lanes)[number];

const queries: Record<Lane, DutyQuery> = {
  over: { overdue: true },
  soon: { light: "yellow" },
  unsigned: { status: "assigned" },
  review: { status: "review" },
};

/** Desk is the supervision desk: what is late, near, unsigned, to be verified; select many and urge them in one go. */
export default function Desk() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ lane = "over" }, setUrl] = useUrl<"lane">();
  const current = (lanes.includes(lane as Lane) ? lane : "over") as Lane;
  const list = useDuties(queries[current], 100);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [urging, setUrging] = useState(false);
  const chosen = list.items.filter(duty => picked.has(duty.id));
  const able = chosen.filter(duty => duty.allowed_actions.some(one => one.action === "urge" && one.enabled));
  const may = me.permissions.includes("duty.urge");
  function toggle(id: string, on: boolean) {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  }
  return (
    <>
      <PageHead
        title={t("nav.desk")}
        lead={t("desk.lead", { date: me.today })}
        acts={
          may && (
            <Button
              kind="primary"
              icon="bell"
              reason={able.length === 0 ? t(chosen.length > 0 ? "ledger.none_able" : "desk.pick_first") : undefined}
              onClick={() => setUrging(true)}
            >
              {able.length > 0 ? t("desk.urge_n", { count: able.length }) : t("desk.urge")}
            </Button>
          )
        }
      />
      <Tabs
        label={t("nav.desk")}
        value={current}
        onChange={value => {
          setPicked(new Set());
          setUrl({ lane: value === "over" ? undefined : value });
        }}
        tabs={lanes.map(value => ({ value, label: t(`desk.${value}`) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows rows={10} />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && <Empty title={t(`desk.${current}_none`)} icon="check" />}
          {list.items.length > 0 && (
            <Table
              label={t(`desk.${current}`)}
              rows={list.items}
              id={row => row.id}
              columns={[
                {
                  key: "pick",
                  title: (
                    <Check
                      label={<span className="hidden">{t("ui.grid.select_all")}</span>}
                      checked={picked.size > 0 && picked.size === list.items.length}
                      onChange={on => setPicked(new Set(on ? list.items.map(row => row.id) : []))}
                    />
                  ),
                  kind: "tight",
                  cell: row => (
                    <Check
                      label={<span className="hidden">{t("ui.grid.select", { name: row.unit_name })}</span>}
                      checked={picked.has(row.id)}
                      onChange={on => toggle(row.id, on)}
                    />
                  ),
                },
                {
                  key: "task",
                  title: t("duty.task"),
                  phone: "main",
                  cell: row => <Link to={paths.duty(row.id) as never}>{titled(row.task_number, row.task_title)}</Link>,
                },
                {
                  key: "unit",
                  title: t("duty.unit"),
                  cell: row => (
                    <Row>
                      {row.unit_name}
                      <Tag tone={row.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${row.part}`)}</Tag>
                    </Row>
                  ),
                },
                {
                  key: "status",
                  title: t("duty.status"),
                  kind: "tight",
                  phone: "hide",
                  cell: row => word("status.duty", row.status),
                },
                {
                  key: "due",
                  title: t(current === "unsigned" ? "duty.sign_by" : "duty.due"),
                  kind: "tight",
                  cell: row =>
                    current === "unsigned" ? (
                      <DueDate due={row.sign_by} />
                    ) : (
                      <DueDate due={row.due_date} original={row.original_due_date} />
                    ),
                },
                { key: "light", title: t("duty.light"), kind: "tight", cell: row => <DutyLight duty={row} /> },
                {
                  key: "progress",
                  title: t("duty.progress"),
                  kind: "tight",
                  phone: "hide",
                  cell: row => <Progress value={percent(row.progress)} />,
                },
                {
                  key: "reported",
                  title: t("ledger.reported"),
                  kind: "tight",
                  phone: "hide",
                  cell: row => row.reported_at && instant(row.reported_at).slice(0, 10),
                },
              ]}
            />
          )}
          <More
            shown={list.items.length}
            next={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </Panel>
      </Tabs>
      {urging && (
        <Suspense fallback={null}>
          <UrgeMany
            duties={chosen.map(duty => duty.id)}
            onClose={() => {
              setUrging(false);
              setPicked(new Set());
            }}
          />
        </Suspense>
      )}
    </>
  );
}
