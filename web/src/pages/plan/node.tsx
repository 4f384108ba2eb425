import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, Task } from "../../api/duties";
import { useAct } from "../../api/query";
import { ActForm } from "../../forms/act-dialog";
import { word } from "../../i18n";
import { Button, IconButton } from "../../ui/button";
import { Facts, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Menu } from "../../ui/menu";
import { AddNode } from "./add-node";
import { type Edit, kept, sendEdit, undoLast, type useNodeActs } from "./edit";
import { EditNode } from "./edit-node";
import { InstructButton, InstructionsOn } from "./instruct";
import { type Step, stepped } from "./moves";
import { nameOf } from "./relations/links";
import { MergeNodes, Split } from "./split";

type Form = "text" | "assign" | "split" | "merge" | "add";

/** NodePane shows one node of the tree and, in a draft, changes it. */
export function NodePane({
  plan,
  task,
  tasks,
  acts,
  source,
  onClose,
  onOpen,
}: {
  plan: Plan;
  task: Task;
  tasks: Task[];
  acts: ReturnType<typeof useNodeActs>;
  source: string;
  onClose: () => void;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>();
  const edit = useAct({
    quiet: true,
    done: t("plan.changed"),
    undo: () => undoLast(plan.id),
    send: (body: Edit) => sendEdit(task, body),
  });
  const may = plan.allowed_actions.find(one => one.action === "edit");
  const reason = may && !may.enabled ? may.reason : undefined;
  const remove = (id: string) => edit.mutate({ assignments: kept(task).filter((_, i) => task.assignments[i]?.id !== id) });
  const step = (to: Step) => {
    const place = stepped(tasks, task.id, to);
    return {
      label: t(`workshop.${to}`),
      reason: place ? undefined : t("workshop.no_place"),
      onPick: () => place && acts.move.mutate({ task, place }),
    };
  };
  return (
    <Panel
      title={nameOf(task)}
      acts={
        <Row wrap>
          {may && plan.status === "draft" && (
            <>
              <Button size="xs" icon="edit" reason={reason} onClick={() => setForm("text")}>
                {t("plan.edit_node")}
              </Button>
              <Button size="xs" icon="people" reason={reason} onClick={() => setForm("assign")}>
                {t("plan.assign")}
              </Button>
              <Button size="xs" icon="add" reason={reason} onClick={() => setForm("add")}>
                {t("workshop.add")}
              </Button>
            </>
          )}
          {plan.status !== "draft" && (
            <Suspense fallback={null}>
              <InstructButton subject="task" id={task.id} size="xs" />
            </Suspense>
          )}
          {may?.enabled && (
            <Menu
              target={<IconButton name="more" label={t("form.more_acts")} />}
              groups={[
                {
                  items: [
                    { label: t("workshop.split"), onPick: () => setForm("split") },
                    { label: t("workshop.merge"), onPick: () => setForm("merge") },
                    { label: t("workshop.duplicate"), onPick: () => acts.copy.mutate(task) },
                  ],
                },
                { title: t("workshop.move"), items: (["in", "out", "up", "down"] as const).map(step) },
                {
                  items: [
                    {
                      label: t("plan.delete_node"),
                      danger: true,
                      onPick: () => acts.drop.mutate(task, { onSuccess: onClose }),
                    },
                  ],
                },
              ]}
            />
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
        {plan.status !== "draft" && (
          <Suspense fallback={null}>
            <InstructionsOn subject="task" id={task.id} />
          </Suspense>
        )}
      </Stack>
      {form === "text" && <EditNode plan={plan} task={task} onClose={() => setForm(undefined)} />}
      {form === "split" && <Split plan={plan} task={task} text={source} onClose={() => setForm(undefined)} />}
      {form === "merge" && <MergeNodes plan={plan} task={task} tasks={tasks} onClose={() => setForm(undefined)} />}
      {form === "add" && <AddNode plan={plan} near={task} tasks={tasks} onDone={onOpen} onClose={() => setForm(undefined)} />}
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
          onSend={v => edit.mutateAsync({ assignments: [...kept(task), { part: v.part as "lead", unit_id: String(v.unit_id) }] })}
          onClose={() => setForm(undefined)}
        />
      )}
    </Panel>
  );
}
