import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Plan, Task } from "../../api/duties";
import { isStale } from "../../api/problem";
import { useAct } from "../../api/query";
import { ActForm } from "../../forms/act-dialog";
import type { FieldSpec, Values } from "../../forms/act-form";
import { clashes, Merge } from "../../forms/merge";
import { type Edit, sendEdit, undoLast } from "./edit";

const kinds = ["section", "key_point", "task", "subtask"] as const;

type Texts = Record<"number" | "title" | "content" | "kind" | "due_date", string>;

const textsOf = (task: Task): Texts => ({
  number: task.number ?? "",
  title: task.title,
  content: task.content ?? "",
  kind: task.kind,
  due_date: task.deadline.due ?? "",
});

/** EditNode changes the words of a node. Where somebody else was faster, both versions stand side by side to choose from. */
export function EditNode({ plan, task, onClose }: { plan: Plan; task: Task; onClose: () => void }) {
  const { t } = useTranslation();
  const [base] = useState(task); // what the form began with; the task itself may be read again meanwhile
  const [clash, setClash] = useState<{ mine: Texts; theirs: Task }>();
  const before = textsOf(base);
  const fields: (FieldSpec & { name: keyof Texts })[] = [
    { name: "number", label: t("plan.node_number"), kind: "line", initial: before.number, max: 40 },
    { name: "title", label: t("duty.task"), kind: "line", required: true, initial: before.title, max: 300 },
    { name: "content", label: t("duty.clause"), kind: "text", initial: before.content, max: 20_000 },
    {
      name: "kind",
      label: t("plan.kind"),
      kind: "choice",
      initial: before.kind,
      options: kinds.map(value => ({ value, label: t(`plan.kind.${value}`) })),
    },
    { name: "due_date", label: t("duty.due"), kind: "date", initial: before.due_date },
  ];
  const edit = useAct<{ on: Task; texts: Texts }, unknown>({
    quiet: true,
    done: t("plan.changed"),
    undo: () => undoLast(plan.id),
    send: ({ on, texts }) => sendEdit(on, changed(textsOf(on), texts)),
  });
  async function send(values: Values) {
    const mine = Object.fromEntries(fields.map(({ name }) => [name, String(values[name] ?? "")])) as Texts;
    try {
      await edit.mutateAsync({ on: base, texts: mine });
    } catch (failed) {
      if (!isStale(failed)) throw failed;
      const theirs = await take(api.GET("/api/v1/tasks/{id}", { params: { path: { id: task.id } } }));
      setClash({ mine, theirs });
      throw failed;
    }
  }
  if (clash) {
    const theirs = textsOf(clash.theirs);
    return (
      <Merge
        found={clashes(fields, before, clash.mine, theirs)}
        onSend={chosen => {
          const both = Object.fromEntries(
            fields.map(({ name }) => [
              name,
              chosen[name] ?? (clash.mine[name] !== before[name] ? clash.mine[name] : theirs[name]),
            ]),
          ) as Texts;
          return edit.mutateAsync({ on: clash.theirs, texts: both });
        }}
        onClose={onClose}
      />
    );
  }
  return <ActForm title={t("plan.edit_node")} act={t("plan.save")} fields={fields} onSend={send} onClose={onClose} />;
}

/** changed is what differs, as the API takes it: an empty text for what is taken away. */
function changed(before: Texts, after: Texts): Edit {
  const names = (Object.keys(after) as (keyof Texts)[]).filter(name => after[name] !== before[name]);
  return Object.fromEntries(names.map(name => [name, after[name]])) as Edit;
}
