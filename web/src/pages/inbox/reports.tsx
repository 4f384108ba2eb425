import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type DueReport, useDueReports } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { paths } from "../../lib/path";
import { Table } from "../../ui/table";
import { Standing, Way } from "../duty/due-reports";
import { Frame } from "./lanes";

/** DueLane lists the reports that this person's units are asked for and have not handed in: those that are missing first. */
export function DueLane() {
  const { t } = useTranslation();
  const named = usePeriod();
  const missing = useDueReports({ state: "missing", mine: true });
  const due = useDueReports({ state: "due", mine: true });
  const items: DueReport[] = [...missing.items, ...due.items];
  const more = missing.hasNextPage ? missing : due;
  const list = { ...more, items, isPending: missing.isPending || due.isPending, isError: missing.isError || due.isError };
  return (
    <Frame
      title={t("inbox.reports")}
      list={{ ...list, error: missing.error ?? due.error }}
      acts={items.length > 0 && <Link to={paths.reporting as never}>{t("nav.reporting")}</Link>}
    >
      <Table
        label={t("inbox.reports")}
        rows={items}
        id={row => row.id}
        columns={[
          {
            key: "task",
            title: t("duty.task"),
            phone: "main",
            cell: row => <Link to={`${paths.duty(row.duty_id)}?tab=reports` as never}>{row.task_title}</Link>,
          },
          { key: "period", title: t("asked.period"), kind: "tight", cell: row => named(row.period) },
          { key: "due", title: t("asked.due"), kind: "tight", cell: row => row.due_date },
          { key: "state", title: t("asked.state"), kind: "tight", cell: row => <Standing row={row} /> },
          { key: "act", title: t("form.acts"), kind: "tight", cell: row => <Way row={row} writes /> },
        ]}
      />
    </Frame>
  );
}
