import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DueReport } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { paths } from "../../lib/path";
import { Check } from "../../ui/field";
import { type Column, Table } from "../../ui/table";
import { Standing, Way } from "../duty/due-reports";

/** DueTable lists reports that are asked for; rows can be picked where there is something to do with many. */
export function DueTable({
  rows,
  label,
  writes,
  picked,
  onPick,
}: {
  rows: DueReport[];
  label: string;
  writes: boolean;
  picked?: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation();
  const named = usePeriod();
  const columns: Column<DueReport>[] = [
    {
      key: "task",
      title: t("duty.task"),
      phone: "main",
      cell: row => <Link to={`${paths.duty(row.duty_id)}?tab=reports` as never}>{row.task_title}</Link>,
    },
    { key: "unit", title: t("duty.unit"), cell: row => row.unit_name },
    { key: "period", title: t("asked.period"), kind: "tight", cell: row => named(row.period) },
    { key: "due", title: t("asked.due"), kind: "tight", cell: row => row.due_date },
    { key: "state", title: t("asked.state"), kind: "tight", cell: row => <Standing row={row} /> },
    { key: "in", title: t("asked.handed_in_on"), kind: "tight", phone: "hide", cell: row => row.handed_in_on },
    {
      key: writes ? "act" : "report",
      title: t(writes ? "form.acts" : "asked.report"),
      kind: "tight",
      phone: writes ? undefined : "hide",
      cell: row => <Way row={row} writes={writes} />,
    },
  ];
  if (!picked) return <Table label={label} rows={rows} id={row => row.id} columns={columns} />;
  const toggle = (id: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    onPick(next);
  };
  const pick: Column<DueReport> = {
    key: "pick",
    title: (
      <Check
        label={<span className="hidden">{t("ui.grid.select_all")}</span>}
        checked={picked.size > 0 && picked.size === rows.length}
        onChange={on => onPick(new Set(on ? rows.map(row => row.id) : []))}
      />
    ),
    kind: "tight",
    cell: row => (
      <Check
        label={<span className="hidden">{t("ui.grid.select", { name: `${row.unit_name} ${row.task_title}` })}</span>}
        checked={picked.has(row.id)}
        onChange={on => toggle(row.id, on)}
      />
    ),
  };
  return <Table label={label} rows={rows} id={row => row.id} columns={[pick, ...columns]} />;
}
