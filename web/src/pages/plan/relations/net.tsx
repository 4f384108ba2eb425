import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, Task } from "../../../api/duties";
import { useUrl } from "../../../app/url";
import { type Box, Graph } from "../../../graph/graph";
import { type Arrow, netOf, reach } from "../../../graph/layout";
import { Row } from "../../../ui/layout";
import { Empty, Note } from "../../../ui/states";
import { Segments } from "../../../ui/tabs";
import type { Cluster, RelationsUrl } from "./index";
import { type Dependency, leadOf, nameOf, type Slip, sectionOf, useSchedule } from "./links";
import css from "./relations.module.css";

/** More boxes than this say nothing: a task has to be chosen first. */
const readable = 300;

/** Net is the drawing: what is on the critical path, what a delay moves and what it breaks stand out by line, ground and word. */
export function Net({
  plan,
  byId,
  links,
  by,
  chosen,
  only,
  slip,
  onChoose,
}: {
  plan: Plan;
  byId: ReadonlyMap<string, Task>;
  links: Dependency[];
  by: Cluster;
  chosen?: string;
  only?: string;
  slip?: Slip;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [, setUrl] = useUrl<RelationsUrl>();
  const schedule = useSchedule(plan.id).data;
  const arrows = useMemo(() => links.map((link): Arrow => ({ from: link.before_id, to: link.after_id })), [links]);
  const shown = useMemo(() => kept(arrows, byId, chosen, only), [arrows, byId, chosen, only]);
  const { boxes, names } = useMemo(() => {
    const made = new Map<string, string>();
    const list = shown.map((task): Box => {
      const [group, name] = groupOf(task, by, byId, t("relations.no_unit"));
      made.set(group, name);
      const due = task.deadline.due ?? task.deadline.phrase;
      return {
        id: task.id,
        group,
        title: nameOf(task),
        note: [by === "unit" ? undefined : leadOf(task), due].filter(Boolean).join(" · "),
      };
    });
    return { boxes: list, names: made };
  }, [shown, by, byId, t]);
  const marked = useMemo(() => {
    const critical = new Set(schedule?.critical);
    const broken = new Map(slip?.breaks.map(move => [move.task_id, move.days]));
    const moved = new Map(slip?.moves.map(move => [move.task_id, move.days]));
    return boxes.map((box): Box => {
      if (broken.has(box.id)) return { ...box, mark: "broken", word: t("relations.mark.broken", { n: broken.get(box.id) }) };
      if (moved.has(box.id)) return { ...box, mark: "moved", word: t("relations.mark.moved", { n: moved.get(box.id) }) };
      return critical.has(box.id) ? { ...box, mark: "critical", word: t("relations.mark.critical") } : box;
    });
  }, [boxes, schedule, slip, t]);
  return (
    <>
      {chosen && (
        <div className={css.bar}>
          <Segments
            label={t("relations.only")}
            value={only === "before" || only === "after" ? only : "all"}
            onChange={value => setUrl({ only: value === "all" ? undefined : value })}
            options={(["all", "before", "after"] as const).map(value => ({ value, label: t(`relations.only.${value}`) }))}
          />
          <Row gap={0.75}>{t("relations.shown", { count: boxes.length })}</Row>
        </div>
      )}
      {shown.length === 0 ? (
        <Empty title={t("relations.not_linked")} icon="graph" />
      ) : shown.length > readable ? (
        <div className={css.note}>
          <Note tone="blue">{t("relations.too_many", { count: shown.length })}</Note>
        </div>
      ) : (
        <Graph
          label={t("relations.view.graph")}
          boxes={marked}
          arrows={arrows}
          names={names}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
    </>
  );
}

/** kept is the linked tasks in the order of the plan; with `only`, the chosen one and what blocks it or waits for it. */
function kept(arrows: Arrow[], byId: ReadonlyMap<string, Task>, chosen?: string, only?: string): Task[] {
  const ids = new Set(arrows.flatMap(arrow => [arrow.from, arrow.to]));
  const all = [...byId.values()].filter(task => ids.has(task.id));
  if (!chosen || (only !== "before" && only !== "after")) return all;
  const found = reach(chosen, netOf(all, arrows)[only]);
  return all.filter(task => task.id === chosen || found.has(task.id));
}

/** groupOf is the band of a task with its name. */
function groupOf(task: Task, by: Cluster, byId: ReadonlyMap<string, Task>, nobody: string): [string, string] {
  if (by === "none") return ["", ""];
  if (by === "section") {
    const top = sectionOf(task, byId);
    return [top.id, nameOf(top)];
  }
  const name = leadOf(task) ?? nobody;
  return [name, name];
}
