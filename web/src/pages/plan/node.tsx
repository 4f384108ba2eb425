import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import type { Plan, Task } from "../../api/duties";
import { useAct } from "../../api/query";
import { ActForm } from "../../forms/act-dialog";
import { word } from "../../i18n";
import { titled } from "../../lib/numbers";
import { Button, IconButton } from "../../ui/button";
import { Facts, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";

type Edit = Schemas["EditTaskInput"];
type Form = "text" | "assign" | "delete";
const kinds = ["section", "key_point", "task", "subtask"] as const;

/** NodePane shows one node of the tree and, in a draft, changes it. */
export function NodePane({ plan, task, onClose }: { plan: Plan; task: Task; onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>();
  const params = { path: { id: task.id }, header: match(task.version) };
  const edit = useAct({
    quiet: true,
    done: t("plan.changed"),
    send: (body: Edit) => take(api.PATCH("/api/v1/tasks/{id}", { params, body })),
  });
  const drop = useAct({
    quiet: true,
    done: t("plan.deleted"),
    send: () => take(api.DELETE("/api/v1/tasks/{id}", { params })),
    after: onClose,
  });
  const may = plan.allowed_actions.find(one => one.action === "edit");
  const reason = may && !may.enabled ? may.reason : undefined;
  const kept = task.assignments.map((one): Schemas["AssignInput"] => ({
    part: one.part as "lead",
    unit_id: one.unit_id,
    roster_id: one.roster_id,
    name: one.unit_id || one.roster_id ? undefined : one.name,
  }));
  const remove = (id: string) => edit.mutate({ assignments: kept.filter((_, i) => task.assignments[i]?.id !== id) });
  return (
    <Panel
      title={titled(task.number, task.title)}
      acts={
        <Row>
          {may && (
            <Button size="xs" icon="edit" reason={reason} onClick={() => setForm("text")}>
              {t("plan.edit_node")}
            </Button>
          )}
          {may && (
            <Button size="xs" icon="people" reason={reason} onClick={() => setForm("assign")}>
              {t("plan.assign")}
            </Button>
          )}
          {may && (
            <Button size="xs" kind="quiet" reason={reason} onClick={() => setForm("delete")}>
              {t("plan.delete_node")}
            </Button>
          )}
          <IconButton name="close" label={t("ui.close")} onClick={onClose} />
        </Row>
      }
    >
      <Stack>
        <Prose>{task.content || task.title}</Prose>
        <Facts
          items={[
            [t("plan.kind"), t(`plan.kind.${task.kind as "task"}`)],
            [
              t("plan.units"),
              task.assignments.length > 0 && (
                <Row wrap>
                  {task.assignments.map(one => (
                    <Tag key={one.id} tone={!one.resolved ? "amber" : one.part === "lead" ? "blue" : "plain"}>
                      {t(`plan.part.${one.part as "lead"}`)} {one.unit_name ?? one.roster_name ?? one.name}
                      {may?.enabled && (
                        <IconButton name="close" label={t("plan.unassign", { name: one.name })} onClick={() => remove(one.id)} />
                      )}
                    </Tag>
                  ))}
                </Row>
              ),
            ],
            [t("duty.due"), task.deadline.due],
            [t("duty.deadline_phrase"), task.deadline.phrase],
            [
              t("duty.targets"),
              task.targets
                .map(target => `${target.metric ?? ""} ${word("target", target.op)} ${target.value}${target.unit}`)
                .join("; "),
            ],
          ]}
        />
      </Stack>
      {form === "text" && (
        <ActForm
          title={t("plan.edit_node")}
          act={t("plan.save")}
          fields={[
            { name: "number", label: t("plan.node_number"), kind: "line", initial: task.number ?? "", max: 40 },
            { name: "title", label: t("duty.task"), kind: "line", required: true, initial: task.title, max: 300 },
            { name: "content", label: t("duty.clause"), kind: "text", initial: task.content ?? "", max: 20_000 },
            {
              name: "kind",
              label: t("plan.kind"),
              kind: "choice",
              initial: task.kind,
              options: kinds.map(value => ({ value, label: t(`plan.kind.${value}`) })),
            },
            { name: "due_date", label: t("duty.due"), kind: "date", initial: task.deadline.due ?? "" },
          ]}
          onSend={v =>
            edit.mutateAsync({
              number: String(v.number),
              title: String(v.title),
              content: String(v.content),
              kind: v.kind as "task",
              due_date: String(v.due_date) || undefined,
            })
          }
          onClose={() => setForm(undefined)}
        />
      )}
      {form === "assign" && (
        <ActForm
          title={t("plan.assign")}
          act={t("plan.assign")}
          fields={[
            {
              name: "part",
              label: t("duty.part"),
              kind: "choice",
              required: true,
              initial: "lead",
              options: (["lead", "support"] as const).map(value => ({ value, label: t(`duty.part.${value}`) })),
            },
            { name: "unit_id", label: t("duty.unit"), kind: "unit", required: true },
          ]}
          onSend={v => edit.mutateAsync({ assignments: [...kept, { part: v.part as "lead", unit_id: String(v.unit_id) }] })}
          onClose={() => setForm(undefined)}
        />
      )}
      {form === "delete" && (
        <ActForm
          title={t("plan.delete_node")}
          act={t("plan.delete_node")}
          danger
          lead={t("plan.delete_lead")}
          fields={[]}
          onSend={() => drop.mutateAsync()}
          onClose={() => setForm(undefined)}
        />
      )}
    </Panel>
  );
}
