import { useTranslation } from "react-i18next";
import type { Task } from "../../../api/duties";
import { TextButton } from "../../../ui/button";
import { Facts, Muted, Stack } from "../../../ui/layout";
import { Tag } from "../../../ui/light";
import { Loaded } from "../../../ui/loaded";
import { Empty, Note } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { nameOf, useSchedule } from "./links";
import css from "./relations.module.css";

/** Forecast is when each linked task will be done as things stand, and how many working days it may slip. */
export function Forecast({
  planId,
  byId,
  onChoose,
}: {
  planId: string;
  byId: ReadonlyMap<string, Task>;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const see = (id: string, title: string) => {
    const task = byId.get(id);
    return <TextButton onClick={() => onChoose(id)}>{task ? nameOf(task) : title}</TextButton>;
  };
  return (
    <Loaded query={useSchedule(planId)}>
      {data => {
        const critical = new Set(data.critical);
        return (
          <Stack>
            <div className={css.facts}>
              <Facts
                items={[
                  [t("relations.end"), data.end],
                  [
                    t("relations.critical"),
                    data.critical.length > 0 && (
                      <ol className={css.chain}>
                        {data.critical.map(id => (
                          <li key={id}>{see(id, id)}</li>
                        ))}
                      </ol>
                    ),
                  ],
                ]}
              />
            </div>
            {data.late.length > 0 && (
              <div className={css.note}>
                <Note tone="red">
                  <strong>{t("relations.late", { count: data.late.length })}</strong>
                  <ul>
                    {data.late.map(one => (
                      <li key={`${one.task_id}-${one.because_id}`}>
                        {see(one.task_id, one.title)}
                        {t(one.part ? "relations.late_part" : "relations.late_wait", {
                          due: one.due,
                          earliest: one.earliest,
                          because: one.because,
                        })}
                      </li>
                    ))}
                  </ul>
                </Note>
              </div>
            )}
            {data.tasks.length === 0 ? (
              <Empty title={t("relations.none")} icon="graph">
                {t("relations.none_help")}
              </Empty>
            ) : (
              <Table
                label={t("relations.view.forecast")}
                rows={data.tasks}
                id={row => row.task_id}
                onOpen={row => onChoose(row.task_id)}
                columns={[
                  {
                    key: "task",
                    title: t("duty.task"),
                    phone: "main",
                    cell: row => (
                      <>
                        {see(row.task_id, row.title)}{" "}
                        {critical.has(row.task_id) && <Tag tone="blue">{t("relations.mark.critical")}</Tag>}
                      </>
                    ),
                  },
                  { key: "due", title: t("duty.due"), kind: "tight", cell: row => row.due },
                  { key: "finish", title: t("relations.finish"), kind: "tight", cell: row => row.finish },
                  {
                    key: "slack",
                    title: t("relations.slack"),
                    kind: "num",
                    cell: row => t("relations.days", { count: row.slack }),
                  },
                  {
                    key: "deadline",
                    title: t("relations.deadline_slack"),
                    kind: "num",
                    cell: row =>
                      row.deadline_slack === undefined ? (
                        <Muted>—</Muted>
                      ) : row.deadline_slack < 0 ? (
                        <Tag tone="red">{t("relations.over", { count: -row.deadline_slack })}</Tag>
                      ) : (
                        t("relations.days", { count: row.deadline_slack })
                      ),
                  },
                ]}
              />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}
