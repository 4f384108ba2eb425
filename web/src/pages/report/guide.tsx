import { useTranslation } from "react-i18next";
import { type Duty, percent, useTask } from "../../api/duties";
import { DueDate, DutyLight } from "../../forms/due";
import { Facts, Panel, Prose, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";

/** Guide is what the reviewer will look at: the clause, what counts as done, where the duty stands. */
export function Guide({ duty, kind }: { duty: Duty; kind: "progress" | "completion" }) {
  const { t } = useTranslation();
  const task = useTask(duty.task_id);
  return (
    <Stack>
      <Panel title={t("report.guide")}>
        <Stack>
          <Facts
            items={[
              [t("duty.light"), <DutyLight key="light" duty={duty} />],
              [t("duty.due"), <DueDate key="due" full due={duty.due_date} original={duty.original_due_date} />],
              [t("report.last_progress"), `${percent(duty.progress)}%`],
            ]}
          />
          <Loaded query={task} rows={2}>
            {data => (
              <>
                <Prose>{data.content || data.title}</Prose>
                {data.contract?.text && (
                  <div>
                    <h3>{t("duty.contract")}</h3>
                    <Prose>{data.contract.text}</Prose>
                  </div>
                )}
              </>
            )}
          </Loaded>
          <p>{t(kind === "completion" ? "report.guide_completion" : "report.guide_progress")}</p>
        </Stack>
      </Panel>
    </Stack>
  );
}
