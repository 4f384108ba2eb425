import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../../api/client";
import type { Plan, Task } from "../../../api/duties";
import { useAct } from "../../../api/query";
import { Button, IconButton, TextButton } from "../../../ui/button";
import { Muted, Panel, Row, Stack } from "../../../ui/layout";
import { TreePicker } from "../../../ui/tree-picker";
import { LinkForm } from "./link-form";
import { type Dependency, leadOf, mayLink, nameOf } from "./links";
import css from "./relations.module.css";
import { WhatIf } from "./what-if";

/** Chosen is one task with what it waits for and what waits for it, where links are made and taken away, and the what-if. */
export function Chosen({
  plan,
  tasks,
  byId,
  links,
  task,
  onChoose,
}: {
  plan: Plan;
  tasks: Task[];
  byId: ReadonlyMap<string, Task>;
  links: Dependency[];
  task?: Task;
  onChoose: (id: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const [linking, setLinking] = useState(false);
  const { may, reason } = mayLink(plan);
  const nodes = tasks.map(one => ({ id: one.id, parent: one.parent_id, label: nameOf(one) }));
  return (
    <>
      <Panel title={t("relations.task")}>
        <Stack>
          <TreePicker
            label={t("relations.pick")}
            nodes={nodes}
            value={task?.id ?? ""}
            onChange={id => onChoose(id || undefined)}
          />
          {!task && <Muted>{t("relations.pick_help")}</Muted>}
          {task && (
            <>
              <p>
                {leadOf(task)} <Muted>{task.deadline.due ?? task.deadline.phrase}</Muted>
              </p>
              <Side
                plan={plan}
                title={t("relations.before")}
                links={links.filter(one => one.after_id === task.id)}
                before
                byId={byId}
                onChoose={onChoose}
              />
              <Side
                plan={plan}
                title={t("relations.after")}
                links={links.filter(one => one.before_id === task.id)}
                byId={byId}
                onChoose={onChoose}
              />
              {may && (
                <Row>
                  <Button icon="link" reason={reason} onClick={() => setLinking(true)}>
                    {t("relations.add")}
                  </Button>
                </Row>
              )}
            </>
          )}
        </Stack>
      </Panel>
      {task && <WhatIf key={task.id} task={task} byId={byId} onChoose={onChoose} />}
      {linking && task && <LinkForm plan={plan} task={task} nodes={nodes} byId={byId} onClose={() => setLinking(false)} />}
    </>
  );
}

function Side({
  plan,
  title,
  links,
  before,
  byId,
  onChoose,
}: {
  plan: Plan;
  title: string;
  links: Dependency[];
  before?: boolean;
  byId: ReadonlyMap<string, Task>;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { may, reason } = mayLink(plan);
  const drop = useAct<Dependency, unknown>({
    done: t("relations.dropped"),
    send: link => take(api.DELETE("/api/v1/dependencies/{id}", { params: { path: { id: link.id } } })),
    undo: (_, link) => restore(plan.id, link),
  });
  return (
    <div>
      <h3>{title}</h3>
      {links.length === 0 && <Muted>{t("relations.nothing")}</Muted>}
      <ul className={css.links}>
        {links.map(link => {
          const id = before ? link.before_id : link.after_id;
          const other = byId.get(id);
          const name = other ? nameOf(other) : before ? link.before_title : link.after_title;
          return (
            <li key={link.id}>
              <span>
                <TextButton onClick={() => onChoose(id)}>{name}</TextButton>
                {link.lag > 0 && (
                  <Muted> {t(link.working_days ? "relations.lag_working" : "relations.lag_natural", { count: link.lag })}</Muted>
                )}
              </span>
              {may && !reason && (
                <IconButton name="close" label={t("relations.drop", { name })} onClick={() => drop.mutate(link)} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** restore makes a dependency again that was taken away. */
function restore(planId: string, link: Dependency): Promise<unknown> {
  return take(
    api.POST("/api/v1/plans/{id}/dependencies", {
      params: { path: { id: planId } },
      body: { before_id: link.before_id, after_id: link.after_id, lag: link.lag, natural_days: !link.working_days },
    }),
  );
}
