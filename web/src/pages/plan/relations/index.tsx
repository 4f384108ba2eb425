import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Plan, Task } from "../../../api/duties";
import { useUrl } from "../../../app/url";
import { Panel, Row, Split, Stack } from "../../../ui/layout";
import { Loaded } from "../../../ui/loaded";
import { Select } from "../../../ui/select";
import { Empty } from "../../../ui/states";
import { Segments } from "../../../ui/tabs";
import { useTasks } from "../../ledger/tasks";
import { Chosen } from "./chosen";
import { type Dependency, useLinks, useSlip } from "./links";
import { Net } from "./net";
import { Outline } from "./outline";
import { Forecast } from "./schedule";

const views = ["graph", "outline", "forecast"] as const;
type View = (typeof views)[number];
const clusters = ["unit", "section", "none"] as const;
export type Cluster = (typeof clusters)[number];

/** What the address holds of this tab. */
export type RelationsUrl = "view" | "by" | "task" | "only" | "slip";

/** Relations shows which task waits for which, what a delay would do, and how much slack there is; all of it can be linked to. */
export default function Relations({ plan }: { plan: Plan }) {
  const tasks = useTasks(plan.id);
  const links = useLinks(plan.id);
  return (
    <Loaded query={tasks} rows={10}>
      {all => <Loaded query={links}>{found => <Whole plan={plan} tasks={all} links={found} />}</Loaded>}
    </Loaded>
  );
}

function Whole({ plan, tasks, links }: { plan: Plan; tasks: Task[]; links: Dependency[] }) {
  const { t } = useTranslation();
  const [url, setUrl] = useUrl<RelationsUrl>();
  const view = (views as readonly string[]).includes(url.view ?? "") ? (url.view as View) : "graph";
  const by = (clusters as readonly string[]).includes(url.by ?? "") ? (url.by as Cluster) : "unit";
  const byId = useMemo(() => new Map(tasks.map(task => [task.id, task])), [tasks]);
  const task = url.task ? byId.get(url.task) : undefined;
  const slip = useSlip(task?.id, Number(url.slip) || 0).data;
  const choose = (id: string | undefined) => setUrl({ task: id, slip: undefined, only: id ? url.only : undefined });
  return (
    <Split
      side={22}
      main={
        <Panel
          flush
          title={t("relations.title", { count: links.length })}
          acts={
            <Row wrap>
              {view === "graph" && links.length > 0 && (
                <Select
                  bare
                  width="9rem"
                  label={t("relations.by")}
                  value={by}
                  onChange={value => setUrl({ by: value === "unit" ? undefined : value })}
                  options={clusters.map(value => ({ value, label: t(`relations.by.${value}`) }))}
                />
              )}
              <Segments
                label={t("relations.view")}
                value={view}
                onChange={value => setUrl({ view: value === "graph" ? undefined : value })}
                options={views.map(value => ({ value, label: t(`relations.view.${value}`) }))}
              />
            </Row>
          }
        >
          {view === "forecast" ? (
            <Forecast planId={plan.id} byId={byId} onChoose={choose} />
          ) : links.length === 0 ? (
            <Empty title={t("relations.none")} icon="graph">
              {t("relations.none_help")}
            </Empty>
          ) : view === "outline" ? (
            <Outline links={links} byId={byId} chosen={task?.id} onChoose={choose} />
          ) : (
            <Net plan={plan} byId={byId} links={links} by={by} chosen={task?.id} only={url.only} slip={slip} onChoose={choose} />
          )}
        </Panel>
      }
      aside={
        <Stack>
          <Chosen plan={plan} tasks={tasks} byId={byId} links={links} task={task} onChoose={choose} />
        </Stack>
      }
    />
  );
}
