import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { Plan, Task } from "../../api/duties";
import { useAct } from "../../api/query";
import { Button } from "../../ui/button";
import { Check, Radios, TextField } from "../../ui/field";
import { Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { ErrorNote, Note } from "../../ui/states";
import { undoLast } from "./edit";
import { sentences } from "./moves";
import { nameOf } from "./relations/links";

/** A new task's title is taken from so many characters of its first sentence. */
const titleLength = 40;

/** Split cuts a node in two at one of its sentences. */
export function Split({ plan, task, text, onClose }: { plan: Plan; task: Task; text: string; onClose: () => void }) {
  const { t } = useTranslation();
  const start = task.span?.start ?? 0;
  const pieces = sentences(Array.from(text).slice(start, task.span?.end).join("")).slice(1);
  const [at, setAt] = useState("");
  const [title, setTitle] = useState("");
  const split = useAct({
    quiet: true,
    done: t("workshop.was_split"),
    undo: () => undoLast(plan.id),
    send: () =>
      take(
        api.POST("/api/v1/tasks/{id}/split", {
          params: { path: { id: task.id }, header: match(task.version) },
          body: { at: start + Number(at), title: title.trim() },
        }),
      ),
    after: onClose,
  });
  const can = task.span !== undefined && pieces.length > 0;
  return (
    <Modal
      wide
      open
      title={t("workshop.split")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={split.isPending} disabled={at === "" || !title.trim()} onClick={() => split.mutate()}>
            {t("workshop.split")}
          </Button>
        </>
      }
    >
      <Stack gap={1}>
        {split.isError && <ErrorNote error={split.error} />}
        {!can && <Note tone="blue">{t("workshop.no_split")}</Note>}
        {can && (
          <Radios
            label={t("workshop.split_at")}
            value={at}
            onChange={value => {
              setAt(value);
              const piece = pieces.find(one => String(one.at) === value);
              setTitle(
                Array.from(piece?.text ?? "")
                  .slice(0, titleLength)
                  .join(""),
              );
            }}
            options={pieces.map(one => ({ value: String(one.at), label: one.text }))}
          />
        )}
        {can && <TextField label={t("workshop.new_title")} required value={title} onChange={setTitle} max={300} />}
      </Stack>
    </Modal>
  );
}

/** MergeNodes takes siblings into a node, with their words, figures and responsible bodies. */
export function MergeNodes({ plan, task, tasks, onClose }: { plan: Plan; task: Task; tasks: Task[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const others = tasks.filter(one => one.id !== task.id && one.parent_id === task.parent_id);
  const merge = useAct({
    quiet: true,
    done: t("workshop.was_merged"),
    undo: () => undoLast(plan.id),
    send: () =>
      take(
        api.POST("/api/v1/tasks/{id}/merge", {
          params: { path: { id: task.id }, header: match(task.version) },
          body: { task_ids: others.filter(one => picked.has(one.id)).map(one => one.id) },
        }),
      ),
    after: onClose,
  });
  return (
    <Modal
      wide
      open
      title={t("workshop.merge")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={merge.isPending} disabled={picked.size === 0} onClick={() => merge.mutate()}>
            {t("workshop.merge_act", { count: picked.size })}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{t("workshop.merge_lead", { name: nameOf(task) })}</p>
        {merge.isError && <ErrorNote error={merge.error} />}
        {others.length === 0 && <Note tone="blue">{t("workshop.no_merge")}</Note>}
        {others.map(one => (
          <Check
            key={one.id}
            label={nameOf(one)}
            checked={picked.has(one.id)}
            onChange={on => {
              const next = new Set(picked);
              if (on) next.add(one.id);
              else next.delete(one.id);
              setPicked(next);
            }}
          />
        ))}
      </Stack>
    </Modal>
  );
}
