import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { mainPlan, usePlans } from "../../api/duties";
import { type Clock, useFacets, useLedger } from "../../api/ledger";
import { useEvery } from "../../api/pages";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import type { Start } from "../../grid/tree";
import { printable } from "../../grid/tree-grid";
import { Button } from "../../ui/button";
import { PageHead } from "../../ui/layout";
import { Empty, ErrorNote, Note, SkeletonRows } from "../../ui/states";
import { Segments } from "../../ui/tabs";
import { BulkBar } from "./bulk";
import { useColumns, usualColumns } from "./columns";
import { Compared } from "./compared";
import { FileMenu } from "./export";
import { Facets } from "./facets";
import { Filters } from "./filters";
import { type Layout, Layouts, layouts } from "./layouts";
import css from "./ledger.module.css";
import { composed, parted } from "./query";
import { faultOf } from "./query-field";
import { type LedgerRow, rowsOf } from "./rows";
import { useTasks } from "./tasks";
import { ColumnMenu } from "./tools";
import type { Typed } from "./typed";
import { Views } from "./views";

const Times = lazy(() => import("./times"));

export type LedgerKey =
  | "layout"
  | "plan_id"
  | "status"
  | "light"
  | "part"
  | "unit_id"
  | "leader_id"
  | "mine"
  | "overdue"
  | "ended"
  | "due_from"
  | "due_to"
  | "q"
  | "sort"
  | "scale"
  | "columns"
  | "as_of"
  | "since"
  | "month"
  | "task"
  | "clock";

/** Ledger is the work engine: one question over all duties, in six layouts, now or as they were. The address holds all of it. */
export default function Ledger() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [url, setUrl] = useUrl<LedgerKey>();
  const plans = usePlans();
  const planId = url.plan_id ?? mainPlan(plans.items)?.id;
  const layout = (layouts.includes(url.layout as Layout) ? url.layout : "tree") as Layout;
  const clock: Clock = url.clock === "original" ? "original" : "current";
  const outlined = layout === "tree" || layout === "gantt" || layout === "graph";
  const question = {
    q: composed({ ...url, plan_id: planId }) || undefined,
    as_of: url.as_of,
    since: url.since,
  };
  const sort = clock === "original" ? "original_due" : undefined;
  const duties = useEvery(useLedger({ ...question, sort }, plans.isSuccess));
  const facets = useFacets({ q: question.q, as_of: url.as_of }, plans.isSuccess);
  const tasks = useTasks(planId, outlined);
  const rows = useMemo(
    () => rowsOf(duties.items, outlined ? (tasks.data ?? []) : [], me.today, clock),
    [duties.items, tasks.data, outlined, me.today, clock],
  );
  const kept = useAct<{ row: LedgerRow; typed: Typed }>({
    done: t("ledger.typed_kept"),
    send: async ({ row, typed }) => row.duty && (await import("./typed")).keepTyped(row.duty, typed, t("ledger.wrong_progress")),
  });
  const { mutate } = kept;
  const keep = useCallback((row: LedgerRow, typed: Typed) => mutate({ row, typed }), [mutate]);
  const all = useColumns(Boolean(url.since), clock, url.as_of ? undefined : keep);
  const shown = useMemo(() => (url.columns ? ["task", ...url.columns.split("."), "change"] : usualColumns), [url.columns]);
  const columns = useMemo(() => all.filter(column => shown.includes(column.key)), [all, shown]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const fill = useRef<(start: Start) => void>(undefined);
  const [looking, setLooking] = useState(false);
  const set = useCallback((part: Partial<Record<LedgerKey, string | undefined>>) => setUrl(part), [setUrl]);
  const wrong = faultOf(duties.error);
  const picked = rows.flatMap(row => (row.duty && selected.has(row.id) ? [row.duty] : []));
  const tooMany = !outlined && rows.length > printable;
  // The answer to another question does not stand above this one's rows.
  const asked = (facets.isPlaceholderData ? undefined : facets.data?.asked) ?? question.q;
  const count = duties.items.length;
  const timed = looking || Boolean(url.as_of || url.since);
  return (
    <div className={css.page}>
      <PageHead
        title={t("nav.ledger")}
        acts={
          <>
            <Segments
              label={t("ledger.layout")}
              value={layout}
              onChange={value => set({ layout: value })}
              options={layouts.map(value => ({ value, label: t(`ledger.layout.${value}`) }))}
            />
            <Views
              shown={{
                query: composed({ ...url, plan_id: url.plan_id }),
                layout,
                sort: url.sort,
                columns: columns.map(column => column.key).filter(key => key !== "change"),
                clock,
              }}
              onOpen={view =>
                void navigate({
                  to: "/ledger" as never,
                  search: {
                    ...parted(view.query, view.clock),
                    layout: view.layout,
                    sort: view.sort,
                    columns: view.columns.length > 0 ? view.columns.slice(1).join(".") : undefined,
                  } as never,
                })
              }
            />
            <Button icon="history" kind={timed ? "primary" : undefined} onClick={() => setLooking(!looking)}>
              {t("ledger.times")}
            </Button>
            <span className={css.desk}>
              <ColumnMenu
                all={all.filter(column => column.key !== "change")}
                shown={shown}
                onChange={keys => set({ columns: keys.slice(1).join(".") || undefined })}
              />
            </span>
            <FileMenu question={question} sort={url.sort} clock={clock} columns={columns.map(column => column.key)} />
            <span className={css.desk}>
              <Button
                icon="print"
                reason={tooMany ? t("ledger.print_too_many", { count: printable }) : undefined}
                onClick={() => print()}
              >
                {t("ledger.print")}
              </Button>
            </span>
          </>
        }
      />
      <Filters url={url} setUrl={set} plans={plans.items} planId={planId} gantt={layout === "gantt"} error={duties.error} />
      <p className={css.paper}>
        {t(duties.capped ? "ledger.paper_capped" : "ledger.paper", {
          unit: me.authority.name,
          date: url.as_of ?? me.today,
          asked: asked || t("ledger.paper_all"),
          clock: t(`ledger.clock.${clock}`),
          count,
          name: me.user.name,
        })}
      </p>
      {duties.capped && <Note tone="amber">{t("ledger.capped", { n: count })}</Note>}
      {tooMany && <p className={css.paper}>{t("ledger.print_too_many", { count: printable })}</p>}
      {timed && (
        <Suspense>
          <Times asOf={url.as_of} since={url.since} today={me.today} onChange={set} />
        </Suspense>
      )}
      <Facets counts={facets.data} url={url} setUrl={set} />
      <Compared question={question} />
      {duties.isError && !wrong && <ErrorNote error={duties.error} onRetry={() => void duties.refetch()} />}
      <div className={css.body}>
        {(duties.isPending || plans.isPending) && !duties.isError && <SkeletonRows rows={12} />}
        {wrong && <Empty title={t("ledger.wrong")} icon="filter" />}
        {duties.isSuccess && rows.length === 0 && (
          <Nothing plans={plans.items.length} onClear={() => void navigate({ href: "/ledger" })} />
        )}
        {rows.length > 0 && (
          <Layouts
            layout={layout}
            rows={rows}
            columns={columns}
            planId={planId}
            clock={clock}
            url={url}
            setUrl={set}
            selected={selected}
            onSelect={url.as_of ? undefined : setSelected}
            fillRef={fill}
          />
        )}
      </div>
      <BulkBar
        picked={url.as_of ? [] : picked}
        shown={count}
        loading={duties.growing}
        capped={duties.capped}
        totals={facets.data}
        fills={layout === "tree" || layout === "list" ? columns.filter(column => column.edit) : []}
        onFill={key => fill.current?.({ key })}
        onClear={() => setSelected(new Set())}
      />
    </div>
  );
}

/** Nothing says why no row is there: no plan has been issued, or the filter leaves none. */
function Nothing({ plans, onClear }: { plans: number; onClear: () => void }) {
  const { t } = useTranslation();
  if (plans === 0) {
    return (
      <Empty title={t("ledger.empty")} icon="tree">
        {t("ledger.empty_help")}
      </Empty>
    );
  }
  return (
    <Empty title={t("ledger.none")} icon="filter" act={<Button onClick={onClear}>{t("ledger.clear")}</Button>}>
      {t("ledger.none_help")}
    </Empty>
  );
}
