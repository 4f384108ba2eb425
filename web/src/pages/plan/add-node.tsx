import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Plan, Task } from "../../api/duties";
import { useAct } from "../../api/query";
import { ActForm } from "../../forms/act-dialog";
import { undoLast } from "./edit";

const kinds = ["section", "key_point", "task", "subtask"] as const;
/** What usually stands under a node of a kind. */
const below: Record<string, (typeof kinds)[number]> = { section: "task", key_point: "task", task: "subtask", subtask: "subtask" };

/** AddNode puts a new node behind another one, or under it; without one, at the end of the plan. */
export function AddNode({
  plan,
  near,
  tasks,
  onDone,
  onClose,
}: {
  plan: Plan;
  near?: Task;
  tasks: Task[];
  onDone: (id: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const add = useAct<{ under: boolean; kind: string; title: string; due: string; unit: string }, Task>({
    quiet: true,
    done: t("workshop.added"),
    undo: () => undoLast(plan.id),
    send: input => {
      const last = tasks.filter(one => one.parent_id === (input.under ? near?.id : undefined)).at(-1)?.id;
      return take(
        api.POST("/api/v1/plans/{id}/tasks", {
          params: { path: { id: plan.id } },
          body: {
            title: input.title,
            kind: input.kind as "task",
            due_date: input.due || undefined,
            assignments: input.unit ? [{ part: "lead", unit_id: input.unit }] : undefined,
            parent_id: input.under ? near?.id : near?.parent_id,
            after_id: near && !input.under ? near.id : last,
          },
        }),
      );
    },
    after: made => onDone(made.id),
  });
  return (
    <ActForm
      title={t("workshop.add")}
      act={t("workshop.add")}
      fields={[
        ...(near
          ? [
              {
                name: "where",
                label: t("workshop.where"),
                kind: "choice" as const,
                initial: "after",
                options: (["after", "under"] as const).map(value => ({ value, label: t(`workshop.where.${value}`) })),
              },
            ]
          : []),
        {
          name: "kind",
          label: t("plan.kind"),
          kind: "choice",
          initial: near ? near.kind : "section",
          hint: near && t("workshop.usual", { kind: t(`plan.kind.${below[near.kind] ?? "task"}`) }),
          options: kinds.map(value => ({ value, label: t(`plan.kind.${value}`) })),
        },
        { name: "title", label: t("duty.task"), kind: "line", required: true, max: 300 },
        { name: "due_date", label: t("duty.due"), kind: "date" },
        { name: "unit_id", label: t("plan.lead_unit"), kind: "unit" },
      ]}
      onSend={v =>
        add.mutateAsync({
          under: v.where === "under",
          kind: String(v.kind),
          title: String(v.title),
          due: String(v.due_date ?? ""),
          unit: String(v.unit_id ?? ""),
        })
      }
      onClose={onClose}
    />
  );
}
