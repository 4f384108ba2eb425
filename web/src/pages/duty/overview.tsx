import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Duty, useDuties, useTask } from "../../api/duties";
import { DueDate, DutyLight } from "../../forms/due";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Facts, Panel, Prose, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { More, Table } from "../../ui/table";

/** Overview is the clause that the duty comes from, what counts as done, and who shares the task. */
export function Overview({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const task = useTask(duty.task_id);
  const shares = useDuties({ task_id: duty.task_id }, 20);
  const others = shares.items.filter(other => other.id !== duty.id);
  return (
    <Stack>
      <Panel
        title={t("duty.clause")}
        acts={<Link to={`${paths.plan(duty.plan_id)}?task=${duty.task_id}` as never}>{t("duty.in_plan")}</Link>}
      >
        <Loaded query={task} rows={3}>
          {data => (
            <Stack>
              <Prose>{data.content || data.title}</Prose>
              <Facts
                items={
                  [
                    [t("duty.deadline_phrase"), data.deadline.phrase],
                    [t("duty.leader_units"), namesOf(data.assignments.filter(a => a.part === "lead"))],
                    [t("duty.support_units"), namesOf(data.assignments.filter(a => a.part !== "lead"))],
                    [
                      t("duty.targets"),
                      data.targets
                        .map(target => `${target.metric ?? ""}${word("target", target.op)} ${target.value}${target.unit}`)
                        .join("; "),
                    ],
                    [t("duty.contract"), data.contract?.text],
                    [
                      t("duty.contract_evidence"),
                      data.contract?.evidence ? t("closeout.files", { count: data.contract.evidence }) : undefined,
                    ],
                  ].filter(([, value]) => value) as [string, string][]
                }
              />
            </Stack>
          )}
        </Loaded>
      </Panel>
      {others.length > 0 && (
        <Panel title={t("duty.shares")} flush>
          <Table
            label={t("duty.shares")}
            rows={others}
            id={row => row.id}
            columns={[
              {
                key: "unit",
                title: t("duty.unit"),
                phone: "main",
                cell: row => <Link to={paths.duty(row.id) as never}>{row.unit_name}</Link>,
              },
              {
                key: "part",
                title: t("duty.part"),
                kind: "tight",
                cell: row => <Tag tone={row.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${row.part}`)}</Tag>,
              },
              { key: "status", title: t("duty.status"), kind: "tight", cell: row => word("status.duty", row.status) },
              {
                key: "due",
                title: t("duty.due"),
                kind: "tight",
                cell: row => <DueDate due={row.due_date} original={row.original_due_date} />,
              },
              { key: "light", title: t("duty.light"), kind: "tight", cell: row => <DutyLight duty={row} /> },
            ]}
          />
          {shares.hasNextPage && (
            <More shown={others.length} next busy={shares.isFetchingNextPage} onMore={() => void shares.fetchNextPage()} />
          )}
        </Panel>
      )}
    </Stack>
  );
}

const namesOf = (list: { name: string; unit_name?: string; roster_name?: string }[]) =>
  list.map(one => one.unit_name ?? one.roster_name ?? one.name).join(" / ");

/** Side is the short facts of a duty. */
export function Side({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("duty.facts")}>
      <Facts
        items={[
          [t("duty.status"), word("status.duty", duty.status)],
          [t("duty.due"), <DueDate key="due" full due={duty.due_date} original={duty.original_due_date} />],
          [
            t("duty.due_revision"),
            duty.due_revision > 1 ? t("duty.moved", { count: duty.due_revision - 1 }) : t("duty.never_moved"),
          ],
          [t("duty.sign_by"), duty.sign_by],
          [t("duty.accepted_at"), duty.accepted_at && instant(duty.accepted_at)],
          [t("duty.reported_at"), duty.reported_at && instant(duty.reported_at)],
          [t("duty.closed_at"), duty.closed_at && instant(duty.closed_at)],
          [t("duty.close_reason"), duty.close_reason && word("close_reason", duty.close_reason)],
        ]}
      />
    </Panel>
  );
}
