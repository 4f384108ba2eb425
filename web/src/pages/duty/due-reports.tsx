import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Duty } from "../../api/duties";
import { type DueReport, useReportsAsked } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { TextButton } from "../../ui/button";
import { Panel } from "../../ui/layout";
import { Tag, type Tone } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Table } from "../../ui/table";

/** The colour of where a report that is asked for stands. */
export const dueTone: Record<DueReport["state"], Tone> = { due: "blue", missing: "red", late: "amber", handed_in: "green" };

/** So many of the latest are in sight at once; the rest is a click away. */
const inSight = 6;

/** DueReports are the reports that a duty is asked for, the latest first, with what became of each and the way to write it. */
export function DueReports({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const named = usePeriod();
  const list = useReportsAsked(duty.id);
  const [all, setAll] = useState(false);
  const writes = duty.allowed_actions.some(one => one.action === "report" && one.enabled);
  return (
    <Loaded query={list} rows={3}>
      {data => {
        if (data.items.length === 0) return null;
        const rows = [...data.items].reverse();
        return (
          <Panel
            title={t("asked.title")}
            acts={
              rows.length > inSight && (
                <TextButton onClick={() => setAll(!all)} aria-expanded={all}>
                  {all ? t("asked.fewer") : t("asked.all", { count: rows.length })}
                </TextButton>
              )
            }
            flush
          >
            <Table
              label={t("asked.title")}
              rows={all ? rows : rows.slice(0, inSight)}
              id={row => row.id}
              columns={[
                {
                  key: "period",
                  title: t("asked.period"),
                  phone: "main",
                  cell: row => named(row.period),
                },
                { key: "due", title: t("asked.due"), kind: "tight", cell: row => row.due_date },
                { key: "state", title: t("asked.state"), kind: "tight", cell: row => <Standing row={row} /> },
                {
                  key: "in",
                  title: t("asked.handed_in_on"),
                  kind: "tight",
                  phone: "hide",
                  cell: row => row.handed_in_on,
                },
                {
                  key: "ask",
                  title: t("asked.ask"),
                  phone: "hide",
                  cell: row => row.ask.map(one => word("asked.field", one)).join(t("asked.comma")) || undefined,
                },
                { key: "act", title: t("form.acts"), kind: "tight", cell: row => <Way row={row} writes={writes} /> },
              ]}
            />
          </Panel>
        );
      }}
    </Loaded>
  );
}

/** Standing is where a report stands in one word, with the days that it is late. */
export function Standing({ row }: { row: DueReport }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag tone={dueTone[row.state]}>{t(`asked.state.${row.state}`)}</Tag>{" "}
      {row.days_late ? t("asked.days_late", { count: row.days_late }) : ""}
    </>
  );
}

/** Way leads to writing a report, or says how far it is. */
export function Way({ row, writes }: { row: DueReport; writes: boolean }) {
  const { t } = useTranslation();
  const open = row.report_status === "draft" || row.report_status === "sent_back";
  if (row.report_id && !(open && writes)) return <>{word("status.report", row.report_status ?? "")}</>;
  if (!writes) return <>—</>;
  const query = row.report_id ? `report=${row.report_id}` : `asked=${row.occurrence_id}`;
  return <Link to={`${paths.report(row.duty_id)}?${query}` as never}>{t(row.report_id ? "report.go_on" : "asked.write")}</Link>;
}
