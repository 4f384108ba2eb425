import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { TextButton } from "../../ui/button";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

/** useLint is what the rules say of a plan. */
export function useLint(plan: Plan) {
  return useOne(["plan", plan.id, "lint", plan.version], signal =>
    take(api.GET("/api/v1/plans/{id}/lint", { signal, params: { path: { id: plan.id } } })),
  );
}

/** Checks lists what the rules find: errors forbid issuing, warnings have to be seen. */
export function Checks({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [, setUrl] = useUrl<"tab" | "task" | "ask">();
  return (
    <Panel flush>
      <Loaded query={useLint(plan)}>
        {data =>
          data.findings.length === 0 ? (
            <Empty title={t("lint.none")} icon="check" />
          ) : (
            <Table
              label={t("plan.tab.checks")}
              rows={data.findings}
              id={row => row.key}
              columns={[
                {
                  key: "severity",
                  title: t("lint.severity"),
                  kind: "tight",
                  cell: row => <Tag tone={row.severity === "error" ? "red" : "amber"}>{t(`lint.${row.severity}`)}</Tag>,
                },
                { key: "message", title: t("lint.message"), phone: "main", cell: row => row.message },
                {
                  key: "see",
                  title: t("form.acts"),
                  kind: "tight",
                  cell: row =>
                    row.task_id && (
                      <TextButton
                        onClick={() =>
                          setUrl(
                            row.rule === "plan.asked_twice"
                              ? { tab: "reporting", ask: row.task_id }
                              : { tab: undefined, task: row.task_id },
                          )
                        }
                      >
                        {t("question.see")}
                      </TextButton>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
