import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Task } from "../../../api/duties";
import { netOf } from "../../../graph/layout";
import { TextButton } from "../../../ui/button";
import { Muted } from "../../../ui/layout";
import { type Dependency, nameOf } from "./links";
import css from "./relations.module.css";

type Link = Pick<Dependency, "before_id" | "after_id">;

/** Outline is the net as a list in a list: under each task what waits for it. A task that several lead to is spelt out once. */
export function Outline({
  links,
  byId,
  chosen,
  onChoose,
}: {
  links: Link[];
  byId: ReadonlyMap<string, Task>;
  chosen?: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const tops = useMemo(() => treeOf(links), [links]);
  const item = (branch: Branch) => {
    const task = byId.get(branch.id);
    if (!task) return null;
    return (
      <li key={branch.id}>
        <TextButton aria-current={branch.id === chosen ? "true" : undefined} onClick={() => onChoose(branch.id)}>
          {nameOf(task)}
        </TextButton>{" "}
        <Muted>{branch.again ? t("relations.again") : (task.deadline.due ?? task.deadline.phrase)}</Muted>
        {branch.after.length > 0 && <ul>{branch.after.map(item)}</ul>}
      </li>
    );
  };
  return (
    <div className={css.outline}>
      <p>{t("relations.outline_help")}</p>
      <ul aria-label={t("relations.view.outline")}>{tops.map(item)}</ul>
    </div>
  );
}

interface Branch {
  id: string;
  after: Branch[];
  again: boolean;
}

/** treeOf begins with what waits for nothing. */
function treeOf(links: Link[]): Branch[] {
  const ids = [...new Set(links.flatMap(link => [link.before_id, link.after_id]))];
  const net = netOf(
    ids.map(id => ({ id })),
    links.map(link => ({ from: link.before_id, to: link.after_id })),
  );
  const told = new Set<string>();
  const branch = (id: string): Branch => {
    const next = net.after.get(id) ?? [];
    if (told.has(id)) return { id, after: [], again: next.length > 0 };
    told.add(id);
    return { id, after: next.map(branch), again: false };
  };
  return ids.filter(id => net.before.get(id)?.length === 0).map(branch);
}
