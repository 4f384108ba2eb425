import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import type { Plan, Task } from "../../api/duties";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useUnitNodes } from "../../api/units";
import { instant } from "../../lib/dates";
import { Button, IconButton } from "../../ui/button";
import { DateField } from "../../ui/date-field";
import { TextArea, TextField } from "../../ui/field";
import { Facts, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, ErrorNote } from "../../ui/states";
import { Segments } from "../../ui/tabs";
import { TreePicker } from "../../ui/tree-picker";
import { useTasks } from "../ledger/tasks";
import { nameOf } from "./relations/links";

type Change = Schemas["AmendChange"];
const sorts = ["redate", "cancel", "add"] as const;

/** Revisions are the numbered supplements and amendments of an issued plan, and where a new one is made. */
export function Revisions({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [amending, setAmending] = useState(false);
  const list = useOne(["plan", plan.id, "revisions"], signal =>
    take(api.GET("/api/v1/plans/{id}/revisions", { signal, params: { path: { id: plan.id } } })),
  );
  const may = plan.allowed_actions.find(one => one.action === "amend");
  return (
    <Stack>
      {amending ? (
        <Amend plan={plan} onClose={() => setAmending(false)} />
      ) : (
        may && (
          <Row>
            <Button kind="primary" icon="edit" reason={may.enabled ? undefined : may.reason} onClick={() => setAmending(true)}>
              {t("amend.title")}
            </Button>
          </Row>
        )
      )}
      <Loaded query={list}>
        {data =>
          data.items.length === 0 ? (
            <Panel>
              <Empty title={t("amend.none")} icon="history">
                {t("amend.none_help")}
              </Empty>
            </Panel>
          ) : (
            [...data.items].reverse().map(one => <Revision key={one.number} revision={one} />)
          )
        }
      </Loaded>
    </Stack>
  );
}

function Revision({ revision }: { revision: Schemas["PlanRevision"] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("amend.number", { n: revision.number })}>
      <Stack>
        <Facts
          items={[
            [t("amend.reason"), revision.reason],
            [t("amend.document"), revision.document],
            [t("amend.by"), `${revision.by_name} ${instant(revision.at)}`],
          ]}
        />
        <ul>
          {revision.changes.map(change => (
            <li key={`${change.act}-${change.task_id}`}>
              <Row wrap>
                <Tag tone={change.act === "cancel" ? "red" : change.act === "add" ? "green" : "blue"}>
                  {t(`amend.act.${change.act as "add"}`)}
                </Tag>
                <span>{change.title}</span>
                {change.act === "redate" && (
                  <span>
                    {change.old ?? "—"} → {change.new ?? "—"}
                  </span>
                )}
                <span>{t("amend.duties", { count: change.duties })}</span>
              </Row>
            </li>
          ))}
        </ul>
      </Stack>
    </Panel>
  );
}

/** Amend gathers changes and makes them together, as one numbered revision: all or nothing. */
function Amend({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { t } = useTranslation();
  const tasks = useTasks(plan.id);
  const byId = new Map((tasks.data ?? []).map(task => [task.id, task]));
  const [changes, setChanges] = useState<Change[]>([]);
  const [reason, setReason] = useState("");
  const [document, setDocument] = useState("");
  const amend = useAct({
    quiet: true,
    done: t("amend.done"),
    send: () =>
      take(
        api.POST("/api/v1/plans/{id}/revisions", {
          params: { path: { id: plan.id }, header: match(plan.version) },
          body: { reason: reason.trim(), document: document.trim() || undefined, changes },
        }),
      ),
    after: onClose,
  });
  const missing =
    changes.length === 0 ? t("amend.no_changes") : reason.trim() === "" ? t("form.fill", { name: t("amend.reason") }) : undefined;
  return (
    <Panel
      title={t("amend.title")}
      acts={
        <Row>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={amend.isPending} reason={missing} onClick={() => amend.mutate()}>
            {t("amend.send", { count: changes.length })}
          </Button>
        </Row>
      }
    >
      <Stack gap={1}>
        <p>{t("amend.lead")}</p>
        {amend.isError && <ErrorNote error={amend.error} />}
        {changes.length > 0 && (
          <ul>
            {changes.map((change, i) => (
              <li key={`${change.act}-${change.task_id ?? i}`}>
                <Row>
                  <Tag>{t(`amend.act.${change.act}`)}</Tag>
                  <span>{said(change, byId)}</span>
                  <IconButton
                    name="close"
                    label={t("amend.remove")}
                    onClick={() => setChanges(changes.filter((_, at) => at !== i))}
                  />
                </Row>
              </li>
            ))}
          </ul>
        )}
        <OneChange tasks={tasks.data ?? []} onAdd={change => setChanges([...changes, change])} />
        <TextArea
          label={t("amend.reason")}
          hint={t("amend.reason_hint")}
          required
          value={reason}
          onChange={setReason}
          max={2000}
        />
        <TextField label={t("amend.document")} value={document} onChange={setDocument} max={100} />
      </Stack>
    </Panel>
  );
}

function said(change: Change, byId: ReadonlyMap<string, Task>): string {
  const task = change.task_id ? byId.get(change.task_id) : undefined;
  const name = change.task?.title ?? (task ? nameOf(task) : (change.task_id ?? ""));
  const date = change.act === "redate" ? change.due_date : change.task?.due_date;
  return date ? `${name} → ${date}` : name;
}

function OneChange({ tasks, onAdd }: { tasks: Task[]; onAdd: (change: Change) => void }) {
  const { t } = useTranslation();
  const units = useUnitNodes();
  const [act, setAct] = useState<(typeof sorts)[number]>("redate");
  const [task, setTask] = useState("");
  const [due, setDue] = useState("");
  const [title, setTitle] = useState("");
  const [unit, setUnit] = useState("");
  const ready = act === "add" ? title.trim() !== "" && unit !== "" : task !== "" && (act === "cancel" || due !== "");
  function put() {
    if (act === "add") {
      const lead = [{ part: "lead" as const, unit_id: unit }];
      onAdd({
        act,
        task: { kind: "task", title: title.trim(), due_date: due || undefined, parent_id: task || undefined, assignments: lead },
      });
    } else onAdd({ act, task_id: task, due_date: act === "redate" ? due : undefined });
    setTask("");
    setTitle("");
    setDue("");
  }
  const nodes = tasks.map(one => ({ id: one.id, parent: one.parent_id, label: nameOf(one) }));
  return (
    <Stack>
      <Segments
        label={t("amend.sort")}
        value={act}
        onChange={setAct}
        options={sorts.map(value => ({ value, label: t(`amend.act.${value}`) }))}
      />
      <TreePicker label={act === "add" ? t("amend.under") : t("duty.task")} nodes={nodes} value={task} onChange={setTask} />
      {act === "add" && <TextField label={t("workshop.new_title")} required value={title} onChange={setTitle} max={300} />}
      {act === "add" && (
        <TreePicker
          label={t("plan.lead_unit")}
          required
          nodes={units.nodes}
          loading={units.loading}
          value={unit}
          onChange={setUnit}
        />
      )}
      {act !== "cancel" && <DateField label={t("amend.new_date")} required={act === "redate"} value={due} onChange={setDue} />}
      <Row>
        <Button icon="add" disabled={!ready} onClick={put}>
          {t("amend.put")}
        </Button>
      </Row>
    </Stack>
  );
}
