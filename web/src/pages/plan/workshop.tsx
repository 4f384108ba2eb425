import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { type Plan, percent, type Task } from "../../api/duties";
import { useUrl } from "../../app/url";
import { type GridColumn, TreeGrid } from "../../grid/tree-grid";
import { titled } from "../../lib/numbers";
import { Panel } from "../../ui/layout";
import { Progress } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { useTasks } from "../ledger/tasks";
import { NodePane } from "./node";
import css from "./plan.module.css";
import { Source } from "./source";

interface Node {
  id: string;
  parent?: string;
  task: Task;
}

/** Workshop puts the document beside the tree: choosing a node shows the characters it came from, and the reverse. */
export function Workshop({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [{ task: chosen }, setUrl] = useUrl<"task">();
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
  const columns = useColumns(plan.status === "draft");
  const current = nodes.find(node => node.id === chosen)?.task;
  if (tasks.isPending) return <SkeletonRows rows={12} />;
  if (tasks.isError) return <ErrorNote error={tasks.error} onRetry={() => void tasks.refetch()} />;
  if (nodes.length === 0) return <Empty title={t("plan.no_tasks")} icon="tree" />;
  return (
    <div className={css.workshop}>
      <Panel title={t("plan.source")} flush>
        <div className={css.source}>
          <Loaded query={source}>
            {text => <Source text={text} tasks={tasks.data} chosen={chosen} onChoose={id => setUrl({ task: id })} />}
          </Loaded>
        </div>
      </Panel>
      <div className={css.right}>
        <div className={css.tree}>
          <TreeGrid label={t("plan.tab.tasks")} columns={columns} rows={nodes} onOpen={node => setUrl({ task: node.id })} />
        </div>
        {current && <NodePane key={current.id} plan={plan} task={current} onClose={() => setUrl({ task: undefined })} />}
      </div>
    </div>
  );
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

function useColumns(draft: boolean): GridColumn<Node>[] {
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
  }, [t, draft, setUrl]);
}
