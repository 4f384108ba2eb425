import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useIndicators, useReportCycles } from "../../api/reporting";
import { useUrl } from "../../app/url";
import { titled } from "../../lib/numbers";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Facts, Muted, Panel, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Modal } from "../../ui/modal";
import { MultiSelect, Select } from "../../ui/select";
import { Empty, ErrorNote } from "../../ui/states";
import { Table } from "../../ui/table";

type Settings = Schemas["PlanReporting"];
type TaskSetting = Schemas["TaskReporting"];

/** No choice of one's own: as the clause, the plan or the rule file says. */
const usual = "-";

/** PlanReporting is which report cycle each task of a plan goes by, and which figures its reports have to give. */
export function PlanReporting({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const name = useCycleName();
  const [{ ask }, setUrl] = useUrl<"ask">();
  const [whole, setWhole] = useState(false);
  const indicators = useIndicators();
  const found = useOne(["plan", plan.id, "reporting", plan.version], signal =>
    take(api.GET("/api/v1/plans/{id}/reporting", { signal, params: { path: { id: plan.id } } })),
  );
  const act = plan.allowed_actions.find(one => one.action === (plan.status === "draft" ? "edit" : "amend"));
  const reason = act?.enabled ? undefined : act?.reason;
  const nameOf = (id: string) => indicators.data?.find(one => one.id === id)?.name ?? id;
  return (
    <Loaded query={found}>
      {data => {
        const chosen = data.items.find(one => one.task_id === ask);
        return (
          <Stack>
            <Panel
              title={t("plan.tab.reporting")}
              acts={
                act && (
                  <Button size="xs" icon="edit" reason={reason} onClick={() => setWhole(true)}>
                    {t("cycle.choose")}
                  </Button>
                )
              }
            >
              <Facts items={[[t("cycle.of_plan"), data.chosen ? name(data.chosen) : t("cycle.usual_plan")]]} />
              <Muted>{t("cycle.lead")}</Muted>
            </Panel>
            <Panel flush>
              {data.items.length === 0 ? (
                <Empty title={t("cycle.no_tasks")} icon="calendar" />
              ) : (
                <Table
                  label={t("plan.tab.reporting")}
                  rows={data.items}
                  id={row => row.task_id}
                  on={ask}
                  columns={[
                    { key: "task", title: t("duty.task"), phone: "main", cell: row => titled(row.number, row.title) },
                    {
                      key: "cycle",
                      title: t("cycle.title"),
                      cell: row => (
                        <>
                          {name(row.effective)} {row.chosen && <Tag tone="blue">{t("cycle.own")}</Tag>}
                        </>
                      ),
                    },
                    {
                      key: "figures",
                      title: t("cycle.figures"),
                      cell: row => row.indicator_ids.map(nameOf).join(t("asked.comma")) || undefined,
                    },
                    {
                      key: "act",
                      title: t("form.acts"),
                      kind: "tight",
                      cell: row =>
                        act && (
                          <Button size="xs" reason={reason} onClick={() => setUrl({ ask: row.task_id })}>
                            {t("cycle.change")}
                          </Button>
                        ),
                    },
                  ]}
                />
              )}
            </Panel>
            {act?.enabled && (whole || chosen) && (
              <Choose
                key={chosen?.task_id ?? "plan"}
                plan={plan}
                settings={data}
                task={whole ? undefined : chosen}
                onClose={() => {
                  setWhole(false);
                  setUrl({ ask: undefined });
                }}
              />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Choose({ plan, settings, task, onClose }: { plan: Plan; settings: Settings; task?: TaskSetting; onClose: () => void }) {
  const { t } = useTranslation();
  const cycles = useReportCycles();
  const indicators = useIndicators();
  const [cycle, setCycle] = useState((task ? task.chosen : settings.chosen) || usual);
  const [ids, setIds] = useState<string[]>(task?.indicator_ids ?? []);
  const [reason, setReason] = useState("");
  const issued = plan.status !== "draft";
  const params = { path: { id: plan.id }, header: match(settings.version) };
  const save = useAct({
    quiet: true,
    done: t("cycle.saved"),
    send: () => {
      const body = { task_id: task?.task_id, cycle: cycle === usual ? "" : cycle, indicator_ids: task ? ids : undefined };
      return issued
        ? take(api.POST("/api/v1/plans/{id}/reporting", { params, body: { ...body, reason } }))
        : take(api.PUT("/api/v1/plans/{id}/reporting", { params, body }));
    },
    after: onClose,
  });
  const lacking = issued && !reason.trim() ? t("form.fill", { name: t("form.reason") }) : undefined;
  return (
    <Modal
      open
      title={task ? titled(task.number, task.title) : t("cycle.of_plan")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={save.isPending} reason={lacking} onClick={() => save.mutate()}>
            {t("cycle.save")}
          </Button>
        </>
      }
    >
      <Stack gap={1}>
        {save.isError && <ErrorNote error={save.error} />}
        <Select
          label={t("cycle.title")}
          hint={issued ? t("cycle.from_now") : undefined}
          value={cycle}
          onChange={setCycle}
          options={[
            { value: usual, label: t(task ? "cycle.usual_task" : "cycle.usual_plan") },
            ...(cycles.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
            { value: "none", label: t("cycle.none") },
          ]}
        />
        {task && (
          <MultiSelect
            label={t("cycle.figures")}
            hint={t("cycle.figures_hint")}
            values={ids}
            onChange={setIds}
            options={(indicators.data ?? [])
              .filter(one => !one.retired_at || ids.includes(one.id))
              .map(one => ({ value: one.id, label: one.measure ? one.name + t("ui.paren", { text: one.measure }) : one.name }))}
          />
        )}
        {issued && <TextField label={t("form.reason")} required max={2000} value={reason} onChange={setReason} />}
      </Stack>
    </Modal>
  );
}

const freqs = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const;

/** useCycleName says a cycle by its name in the rule file, and the recurrence of a clause in words. */
function useCycleName(): (id: string) => string {
  const { t } = useTranslation();
  const cycles = useReportCycles();
  return id => {
    if (id === "none") return t("cycle.none");
    const known = cycles.data?.items.find(one => one.id === id)?.name;
    if (known || !id.startsWith("FREQ=")) return known ?? id;
    const parts = Object.fromEntries(id.split(";").map(part => part.split("=") as [string, string]));
    const freq = freqs[parts.FREQ as keyof typeof freqs];
    if (!freq) return id;
    const count = Number(parts.INTERVAL ?? 1);
    const said = count === 1 ? t(`cycle.each.${freq}`) : t(`cycle.every.${freq}`, { count });
    const day = Number(parts.BYMONTHDAY ?? 0);
    return t("cycle.by_clause", { rule: day > 0 ? `${said} ${t("cycle.by_day", { day })}` : said });
  };
}
