import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Duty, percent } from "../../api/duties";
import { DutyLight } from "../../forms/due";
import { daysBetween, instant } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

/** The list of risks holds so many. */
const most = 10;

/** Risks are the duties with a red light, those that lead first, then those that are late the longest, with the reason in a sentence. */
export function Risks({ duties, today }: { duties: Duty[]; today: string }) {
  const { t } = useTranslation();
  const late = duties
    .filter(duty => duty.light === "red" && duty.due_date)
    .sort((a, b) => weight(b) - weight(a) || (a.due_date ?? "").localeCompare(b.due_date ?? ""))
    .slice(0, most);
  if (late.length === 0) return <Empty title={t("desk.over_none")} icon="check" />;
  return (
    <Table
      label={t("cockpit.risks")}
      rows={late}
      id={duty => duty.id}
      columns={[
        {
          key: "task",
          title: t("duty.task"),
          phone: "main",
          cell: duty => (
            <>
              <Link to={paths.duty(duty.id) as never}>{titled(duty.task_number, duty.task_title)}</Link>
              <div>{reason(duty)}</div>
            </>
          ),
        },
        { key: "unit", title: t("duty.unit"), cell: duty => duty.unit_name },
        { key: "light", title: t("duty.light"), kind: "tight", cell: duty => <DutyLight duty={duty} /> },
      ]}
    />
  );
  function reason(duty: Duty): string {
    const days = daysBetween(duty.due_date ?? today, today);
    const report = duty.reported_at
      ? t("cockpit.reported", { date: instant(duty.reported_at).slice(0, 10), n: percent(duty.progress) })
      : t("cockpit.never_reported");
    return (days > 0 ? t("cockpit.late", { count: days }) : t("cockpit.early", { count: -days })) + report;
  }
}

/** A lead share weighs more than a support share. */
const weight = (duty: Duty) => (duty.part === "lead" ? 1 : 0);
