import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { instant } from "../../lib/dates";
import { Muted } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Table } from "../../ui/table";
import { tones } from "./system-tones";

type Job = Schemas["SystemJob"];

/** What each job is called; one that the page does not know yet shows its own name. */
const names = {
  deadlines: "system.job.deadlines",
  calendar: "system.job.calendar",
  reports: "system.job.reports",
  digest: "system.job.digest",
  messages: "system.job.messages",
  sessions: "system.job.sessions",
  counters: "system.job.counters",
} as const;

/** nameOf is what a job is called. */
export const nameOf = (t: TFunction, job: Job) => (job.name in names ? t(names[job.name as keyof typeof names]) : job.name);

/** standing is the one thing to say of a job. */
export function standing(job: Job) {
  if (job.failing) return "system.job.failing";
  if (job.late) return "system.job.late";
  if (job.running) return "system.job.running";
  if (!job.last_at) return "system.job.none";
  return job.elsewhere ? "system.job.elsewhere" : "system.job.good";
}

/** SystemJobs is the program's own work: when each piece came last and comes next, and what went wrong with it. */
export function SystemJobs({ jobs }: { jobs: Job[] }) {
  const { t } = useTranslation();
  const took = (ms: number) =>
    ms < 1000 ? t("system.job.ms", { n: ms }) : t("system.job.seconds", { n: (ms / 1000).toFixed(1) });
  return (
    <Table
      label={t("system.jobs")}
      rows={jobs}
      id={row => row.name}
      columns={[
        {
          key: "name",
          title: t("system.job"),
          phone: "main",
          cell: row => (
            <>
              {nameOf(t, row)}
              {row.failure && row.failed_at && (
                <div>
                  <Muted>
                    {t(row.failing ? "system.job.failed" : "system.job.mended", {
                      at: instant(row.failed_at),
                      error: row.failure,
                    })}
                  </Muted>
                </div>
              )}
            </>
          ),
        },
        { key: "last", title: t("system.job.last"), kind: "tight", cell: row => row.last_at && instant(row.last_at) },
        {
          key: "took",
          title: t("system.job.took"),
          kind: "tight",
          phone: "hide",
          cell: row => (row.took_ms ? took(row.took_ms) : "—"),
        },
        {
          key: "next",
          title: t("system.job.next"),
          kind: "tight",
          phone: "hide",
          cell: row => row.next_at && instant(row.next_at),
        },
        { key: "by", title: t("system.job.by"), kind: "tight", phone: "hide", cell: row => row.server ?? "—" },
        {
          key: "state",
          title: t("system.job.state"),
          kind: "tight",
          cell: row => <Tag tone={tones[row.condition]}>{t(standing(row))}</Tag>,
        },
      ]}
    />
  );
}
