import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Light, type LightName } from "../../ui/light";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";
import { held, type Risk, reason } from "./risk";

/** Risks are the tasks that want a leader most, one row each in the order of the server, with the reason in a sentence. */
export function Risks({ risks }: { risks: Risk[] }) {
  const { t } = useTranslation();
  if (risks.length === 0) return <Empty title={t("cockpit.no_risks")} icon="check" />;
  return (
    <Table
      label={t("cockpit.risks")}
      rows={risks}
      id={risk => risk.task_id}
      columns={[
        {
          key: "task",
          title: t("duty.task"),
          phone: "main",
          cell: risk => (
            <>
              <Link to={paths.duty(risk.duty_id) as never}>{titled(risk.task_number, risk.task_title)}</Link>
              <div>{reason(t, risk)}</div>
            </>
          ),
        },
        { key: "unit", title: t("duty.unit"), cell: risk => held(t, risk) },
        {
          key: "light",
          title: t("duty.light"),
          kind: "tight",
          cell: risk => <Light light={risk.light as LightName} words={called(risk)} />,
        },
      ]}
    />
  );
  /** A red light is called overdue only where something is late; a late share that waits for verification keeps its light and word. */
  function called(risk: Risk): string | undefined {
    if (risk.light !== "red") return undefined;
    return risk.days_late > 0 ? t("cockpit.days_over", { count: risk.days_late }) : t("light.red_early");
  }
}
