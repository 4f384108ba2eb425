import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outlook } from "../../api/outlooks";
import { useMe } from "../../api/session";
import { DueDate, DutyLight } from "../../forms/due";
import { usePeriod } from "../../forms/period";
import { word } from "../../i18n";
import { daysBetween } from "../../lib/dates";
import { paths } from "../../lib/path";
import { TextButton } from "../../ui/button";
import { Check } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Muted, Row } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { type Column, Table } from "../../ui/table";
import { LastUrge, Next } from "./cells";
import css from "./desk.module.css";
import { grouped, type Lane, type LaneGroup, type LaneRow } from "./lanes";

export type By = "task" | "unit" | "none";

/** Of few groups those with few rows begin open; else their heads are the overview. */
const openAtFirst = { groups: 6, rows: 20 };

/** LaneList is the rows of a lane, in groups with a number and one check-box for each. */
export function LaneList({
  lane,
  rows,
  by,
  outlooks,
  picked,
  onPick,
}: {
  lane: Lane;
  rows: LaneRow[];
  by: By;
  outlooks: ReadonlyMap<string, Outlook>;
  /** Missing where there is nothing to do with many. */
  picked?: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation();
  const columns = useColumns(lane, by, outlooks);
  const groups = by === "none" ? [] : grouped(rows, by);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const large = (group: LaneGroup) => groups.length > openAtFirst.groups || group.rows.length > openAtFirst.rows;
  const closed = (group: LaneGroup) => turned.has(group.id) !== (groups.length > 1 && large(group));
  const label = t(`desk.${lane}`);
  function pick(some: LaneRow[], on: boolean) {
    const next = new Set(picked);
    for (const row of some) {
      if (on) next.add(row.id);
      else next.delete(row.id);
    }
    onPick(next);
  }
  const pickBox = (some: LaneRow[], name: string) => (
    <Check
      label={<span className="hidden">{name}</span>}
      checked={some.length > 0 && some.every(row => picked?.has(row.id))}
      onChange={on => pick(some, on)}
    />
  );
  const all: Column<LaneRow>[] = picked
    ? [
        {
          key: "pick",
          title: pickBox(rows, t("ui.grid.select_all")),
          kind: "tight",
          cell: row => pickBox([row], t("ui.grid.select", { name: `${row.unitName} ${row.title}` })),
        },
        ...columns,
      ]
    : columns;
  if (by === "none") return <Table label={label} rows={rows} id={row => row.id} columns={all} />;
  const toggle = (group: LaneGroup) => {
    const next = new Set(turned);
    if (!next.delete(group.id)) next.add(group.id);
    setTurned(next);
  };
  return (
    <Table
      label={label}
      rows={rows}
      id={row => row.id}
      columns={all}
      groups={groups.map(group => ({
        id: group.id,
        rows: group.rows,
        closed: closed(group),
        head: (
          <div className={css.head}>
            {picked && pickBox(group.rows, t("desk.pick_group", { name: group.title, count: group.rows.length }))}
            <TextButton onClick={() => toggle(group)} aria-expanded={!closed(group)}>
              <span className={css.title} data-open={!closed(group) || undefined}>
                <Icon name="chevron" /> <strong>{group.title}</strong>
              </span>
            </TextButton>
            <Tag>{t("desk.rows", { count: group.rows.length })}</Tag>
            <Sum lane={lane} rows={group.rows} outlooks={outlooks} />
          </div>
        ),
      }))}
    />
  );
}

/** Sum says what a closed group hides: the day that lies furthest back, and how many were urged and have not answered. */
function Sum({ lane, rows, outlooks }: { lane: Lane; rows: LaneRow[]; outlooks: ReadonlyMap<string, Outlook> }) {
  const { t } = useTranslation();
  const { today } = useMe();
  const first = rows
    .flatMap(row => (row.due ? [row.due] : []))
    .sort()
    .at(0);
  const days = first ? daysBetween(first, today) : 0;
  const waiting = rows.filter(row => {
    const mark = outlooks.get(row.duty)?.last_urge;
    return mark && !mark.replied_at;
  }).length;
  const parts = [
    lane !== "review" && days > 0 && t("desk.longest", { count: days }),
    lane !== "review" && days <= 0 && first && t("desk.earliest", { date: first }),
    waiting > 0 && t("desk.urged_waiting", { count: waiting }),
  ].filter(Boolean);
  return <Muted>{parts.join(t("desk.semicolon"))}</Muted>;
}

/** useColumns are the columns of a lane; what the rows are grouped by stands in the heads. */
function useColumns(lane: Lane, by: By, outlooks: ReadonlyMap<string, Outlook>): Column<LaneRow>[] {
  const { t } = useTranslation();
  const named = usePeriod();
  const way = (row: LaneRow) => {
    const tab = { over: "", soon: "", unsigned: "", unreported: "?tab=reports", review: "?tab=close_out" }[lane];
    return `${paths.duty(row.duty)}${tab}` as never;
  };
  const linked = (row: LaneRow, text: ReactNode) => <Link to={way(row)}>{text}</Link>;
  const unit = (row: LaneRow, name: ReactNode) => (
    <Row gap={0.375}>
      {name}
      {row.ledger && <Tag tone={row.ledger.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${row.ledger.part}`)}</Tag>}
    </Row>
  );
  const task: Column<LaneRow> = {
    key: "task",
    title: t("duty.task"),
    phone: "main",
    cell: row => linked(row, row.title),
  };
  const holder: Column<LaneRow> = {
    key: "unit",
    title: t("duty.unit"),
    phone: by === "task" ? "main" : undefined,
    cell: row => unit(row, by === "task" ? linked(row, row.unitName) : row.unitName),
  };
  const reports = lane === "unreported";
  const what: Column<LaneRow>[] = reports
    ? [
        { key: "period", title: t("asked.period"), kind: "tight", cell: row => named(row.report?.period) },
        { key: "due", title: t("asked.due"), kind: "tight", cell: row => <DueDate due={row.due} /> },
        { key: "state", title: t("asked.state"), kind: "tight", cell: row => row.report && <Owed row={row.report} /> },
      ]
    : [
        {
          key: "status",
          title: t("duty.status"),
          kind: "tight",
          phone: "hide",
          cell: row => row.ledger && word("status.duty", row.ledger.status),
        },
        {
          key: "due",
          title: t(lane === "unsigned" ? "duty.sign_by" : "duty.due"),
          kind: "tight",
          cell: row => <DueDate due={row.due} original={lane === "unsigned" ? undefined : row.ledger?.original_due_date} />,
        },
        {
          key: "light",
          title: t("duty.light"),
          kind: "tight",
          cell: row => row.ledger && <DutyLight duty={row.ledger} />,
        },
      ];
  return [
    ...(by === "task" ? [holder] : by === "unit" ? [task] : [task, holder]),
    ...what,
    {
      key: "urged",
      title: t("urges.last"),
      cell: row => <LastUrge outlook={outlooks.get(row.duty)} />,
    },
    ...(lane === "review"
      ? []
      : [{ key: "next", title: t("desk.next"), cell: (row: LaneRow) => <Next outlook={outlooks.get(row.duty)} /> }]),
  ];
}

function Owed({ row }: { row: NonNullable<LaneRow["report"]> }) {
  const { t } = useTranslation();
  return (
    <Row gap={0.375}>
      <Tag tone={row.state === "missing" ? "red" : "blue"}>{t(`asked.state.${row.state}`)}</Tag>
      {row.days_late ? t("asked.days_late", { count: row.days_late }) : ""}
    </Row>
  );
}
