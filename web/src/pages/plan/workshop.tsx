import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { type Plan, percent, type Task } from "../../api/duties";
import { useUrl } from "../../app/url";
import type { Pasted } from "../../grid/tree";
import { type GridColumn, TreeGrid } from "../../grid/tree-grid";
import { parseDate, today } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import { Button } from "../../ui/button";
import { Panel } from "../../ui/layout";
import { Progress } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { toast } from "../../ui/toast";
import { useTasks } from "../ledger/tasks";
import { AddNode } from "./add-node";
import { type Edit, useNodeActs } from "./edit";
import { dropped, type Step, stepped } from "./moves";
import { NodePane } from "./node";
import css from "./plan.module.css";
import { Source } from "./source";

const Paste = lazy(() => import("./paste").then(found => ({ default: found.Paste })));

interface Node {
  id: string;
  parent?: string;
  task: Task;
}

/**
 * Workshop puts the document beside the tree: choosing a node shows the characters it came from, and the reverse. In a draft the tree
 * is changed in place: rows are dragged, or moved by Tab, Shift+Tab and Alt with the arrows; every change can be taken back.
 */
export function Workshop({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [{ task: chosen }, setUrl] = useUrl<"task">();
  const [adding, setAdding] = useState(false);
  const [paste, setPaste] = useState<{ found: Pasted<Node>[]; missed: number }>();
  const armed = useRef(false); // Tab moves a row only after the arrows were used, so that who tabs through the page changes nothing
  const tasks = useTasks(plan.id);
  const source = useQuery({
    queryKey: ["plan", plan.id, "source"],
    enabled: plan.document_id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => wholeText(plan.id, signal),
  });
  const nodes = useMemo(
    () => (tasks.data ?? []).map((task): Node => ({ id: task.id, parent: task.parent_id, task })),
    [tasks.data],
  );
  const changing = plan.allowed_actions.some(one => one.action === "edit" && one.enabled);
  const acts = useNodeActs(plan, {
    moved: t("workshop.moved"),
    deleted: t("plan.deleted"),
    copied: t("workshop.copied"),
    added: t("workshop.added"),
    merged: t("workshop.was_merged"),
    changed: t("plan.changed"),
  });
  const columns = useColumns(plan.status === "draft", changing ? acts.edit.mutate : undefined);
  const open = (id: string | undefined) => setUrl({ task: id });
  const current = nodes.find(node => node.id === chosen)?.task;
  if (tasks.isPending) return <SkeletonRows rows={12} />;
  if (tasks.isError) return <ErrorNote error={tasks.error} onRetry={() => void tasks.refetch()} />;
  const all = tasks.data;
  function key(node: Node, event: KeyboardEvent): boolean {
    if (/^(Arrow(Up|Down)|Home|End|[jk])$/.test(event.key) && !event.altKey) armed.current = true;
    if (event.key === "Escape") armed.current = false;
    const act = strokeOf(event);
    if (!act || (event.key === "Tab" && !armed.current)) return false;
    if (act === "copy") acts.copy.mutate(node.task);
    else if (act === "delete") acts.drop.mutate(node.task);
    else {
      const place = stepped(all, node.id, act);
      if (!place) return false; // Tab goes on to the next part of the page
      acts.move.mutate({ task: node.task, place });
    }
    return true;
  }
  function drop(id: string, over: string, zone: "before" | "into") {
    const place = dropped(all, id, over, zone);
    const task = all.find(one => one.id === id);
    if (place && task) acts.move.mutate({ task, place });
  }
  const add = changing && (
    <Button size="xs" icon="add" onClick={() => setAdding(true)}>
      {t("workshop.add_top")}
    </Button>
  );
  return (
    <div className={css.workshop}>
      <Panel title={t("plan.source")} flush>
        <div className={css.source}>
          {plan.document_id ? (
            <Loaded query={source}>{text => <Source text={text} tasks={all} chosen={chosen} onChoose={open} />}</Loaded>
          ) : (
            <Empty title={t("workshop.no_source")} icon="file" />
          )}
        </div>
      </Panel>
      <div className={css.right}>
        {changing && (
          <div className={css.help}>
            <span>{t("workshop.keys")}</span>
            {add}
          </div>
        )}
        {nodes.length === 0 ? (
          <Empty title={t("plan.no_tasks")} icon="tree" />
        ) : (
          <div className={css.tree}>
            <TreeGrid
              label={t("plan.tab.tasks")}
              columns={columns}
              rows={nodes}
              onOpen={node => open(node.id)}
              onKey={changing ? key : undefined}
              onDrop={changing ? drop : undefined}
              onPaste={
                changing
                  ? (found, missed) => (found.length > 0 ? setPaste({ found, missed }) : toast(t("workshop.paste_none")))
                  : undefined
              }
            />
          </div>
        )}
        {current && (
          <NodePane
            key={current.id}
            plan={plan}
            task={current}
            tasks={all}
            acts={acts}
            source={source.data ?? ""}
            onClose={() => open(undefined)}
            onOpen={open}
          />
        )}
      </div>
      {paste && (
        <Suspense>
          <Paste {...paste} onClose={() => setPaste(undefined)} />
        </Suspense>
      )}
      {adding && <AddNode plan={plan} tasks={all} onDone={open} onClose={() => setAdding(false)} />}
    </div>
  );
}

/** strokeOf is what a key does to a node of a draft. */
function strokeOf(event: KeyboardEvent): Step | "copy" | "delete" | undefined {
  if (event.key === "Tab" && !event.ctrlKey && !event.altKey) return event.shiftKey ? "out" : "in";
  if (event.altKey && event.key === "ArrowUp") return "up";
  if (event.altKey && event.key === "ArrowDown") return "down";
  if (event.altKey && event.key === "ArrowRight") return "in";
  if (event.altKey && event.key === "ArrowLeft") return "out";
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") return "copy";
  if (event.key === "Delete") return "delete";
  return undefined;
}

/** wholeText reads the document's text piece by piece. */
async function wholeText(id: string, signal: AbortSignal): Promise<string> {
  let text = "";
  for (let from: number | undefined = 0; from !== undefined; ) {
    const piece: { text: string; next?: number } = await take(
      api.GET("/api/v1/plans/{id}/source", { signal, params: { path: { id }, query: { from } } }),
    );
    text += piece.text;
    from = piece.next;
  }
  return text;
}

type Save = (change: { task: Task; body: Edit }) => void;

function useColumns(draft: boolean, save?: Save): GridColumn<Node>[] {
  const { t } = useTranslation();
  const [, setUrl] = useUrl<"task">();
  return useMemo(() => {
    const names = (task: Task, lead: boolean) =>
      task.assignments
        .filter(one => (one.part === "lead") === lead)
        .map(one => one.unit_name ?? one.roster_name ?? one.name)
        .join(" / ");
    const list: GridColumn<Node>[] = [
      {
        key: "title",
        name: t("duty.task"),
        title: t("duty.task"),
        width: 18,
        text: node => titled(node.task.number, node.task.title),
        edit: save && { value: node => node.task.title, save: (node, title) => save({ task: node.task, body: { title } }) },
        cell: node => (
          <button
            type="button"
            className={css.node}
            data-section={node.task.assignments.length === 0 || undefined}
            onClick={() => setUrl({ task: node.id })}
          >
            {titled(node.task.number, node.task.title)}
          </button>
        ),
      },
      {
        key: "lead",
        name: t("duty.leader_units"),
        title: t("duty.leader_units"),
        width: 9,
        text: node => names(node.task, true),
        cell: node => names(node.task, true) || <span />,
      },
      {
        key: "support",
        name: t("duty.support_units"),
        title: t("duty.support_units"),
        width: 9,
        text: node => names(node.task, false),
        cell: node => names(node.task, false) || <span />,
      },
      {
        key: "due",
        name: t("duty.due"),
        title: t("duty.due"),
        width: 6.5,
        text: node => node.task.deadline.due ?? node.task.deadline.phrase ?? "",
        edit: save && {
          value: node => node.task.deadline.due ?? "",
          save: (node, text) => {
            const due = parseDate(text, Number(today().slice(0, 4)));
            if (due || text === "") save({ task: node.task, body: { due_date: due ?? "" } });
            else toast(t("ui.date.wrong"), { kind: "error" });
          },
        },
        cell: node => node.task.deadline.due ?? node.task.deadline.phrase ?? <span />,
      },
    ];
    if (!draft)
      list.push({
        key: "progress",
        name: t("duty.progress"),
        title: t("duty.progress"),
        width: 8,
        text: node => `${percent(node.task.progress)}%`,
        cell: node => <Progress value={percent(node.task.progress)} label={node.task.title} />,
      });
    return list;
  }, [t, draft, save, setUrl]);
}
