import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../../api/client";
import type { Plan, Task } from "../../../api/duties";
import { Problem } from "../../../api/problem";
import { useAct } from "../../../api/query";
import { Button } from "../../../ui/button";
import { NumberField, Radios } from "../../../ui/field";
import { Prose, Stack } from "../../../ui/layout";
import { Modal } from "../../../ui/modal";
import { ErrorNote, Note } from "../../../ui/states";
import { type Node, TreePicker } from "../../../ui/tree-picker";
import { nameOf } from "./links";
import css from "./relations.module.css";

/** LinkForm makes one task wait for another; a link that would close a circle is refused, and the circle is spelt out. */
export function LinkForm({
  plan,
  task,
  nodes,
  byId,
  onClose,
}: {
  plan: Plan;
  task: Task;
  nodes: Node[];
  byId: ReadonlyMap<string, Task>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [way, setWay] = useState<"before" | "after">("before");
  const [other, setOther] = useState("");
  const [lag, setLag] = useState<number | "">("");
  const [days, setDays] = useState<"working" | "natural">("working");
  const add = useAct({
    quiet: true,
    done: t("relations.added"),
    send: () =>
      take(
        api.POST("/api/v1/plans/{id}/dependencies", {
          params: { path: { id: plan.id } },
          body: {
            before_id: way === "before" ? other : task.id,
            after_id: way === "before" ? task.id : other,
            lag: lag || undefined,
            natural_days: days === "natural" || undefined,
          },
        }),
      ),
    after: onClose,
  });
  const circle = add.error instanceof Problem && add.error.code === "plan.cycle" ? idsOf(add.error) : undefined;
  return (
    <Modal
      title={t("relations.add")}
      open
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={add.isPending} disabled={other === "" || other === task.id} onClick={() => add.mutate()}>
            {t("relations.add")}
          </Button>
        </>
      }
    >
      <Stack gap={1}>
        <Prose>{nameOf(task)}</Prose>
        {circle ? (
          <Note tone="red">
            <strong>{t("relations.circle")}</strong>
            <ol className={css.chain}>
              {[...circle, ...circle.slice(0, 1)].map((id, i) => (
                <li key={`${id}-${i}`}>{byId.has(id) ? nameOf(byId.get(id) as Task) : id}</li>
              ))}
            </ol>
          </Note>
        ) : (
          add.isError && <ErrorNote error={add.error} />
        )}
        <Radios
          label={t("relations.way")}
          value={way}
          onChange={setWay}
          options={(["before", "after"] as const).map(value => ({ value, label: t(`relations.way.${value}`) }))}
        />
        <TreePicker label={t("relations.other")} required nodes={nodes} value={other} onChange={setOther} />
        <NumberField
          label={t("relations.lag")}
          hint={t("relations.lag_help")}
          value={lag}
          onChange={setLag}
          min={0}
          max={1000}
          step={1}
        />
        {Number(lag) > 0 && (
          <Radios
            inline
            label={t("relations.lag_days")}
            value={days}
            onChange={setDays}
            options={(["working", "natural"] as const).map(value => ({ value, label: t(`relations.lag_days.${value}`) }))}
          />
        )}
      </Stack>
    </Modal>
  );
}

/** idsOf is the circle that the server found, each waiting for the one before. */
function idsOf(problem: Problem): string[] {
  const ids = problem.params.ids;
  return Array.isArray(ids) ? ids.map(String) : [];
}
