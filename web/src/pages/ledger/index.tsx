import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { mainPlan, useDuties, usePlans } from "../../api/duties";
import { useEvery } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { Gantt, type Scale } from "../../grid/gantt";
import { TreeGrid } from "../../grid/tree-grid";
import { addDays } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead } from "../../ui/layout";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { Segments } from "../../ui/tabs";
import { Board } from "./board";
import { BulkBar } from "./bulk";
import { Cards } from "./cards";
import { useColumns } from "./columns";
import { Filters } from "./filters";
import css from "./ledger.module.css";
import { parseQuery } from "./query";
import { type LedgerRow, rowsOf } from "./rows";
import { useDependencies, useTasks } from "./tasks";

export type LedgerKey =
  | "layout"
  | "plan_id"
  | "status"
  | "light"
  | "part"
  | "unit_id"
  | "mine"
  | "overdue"
  | "due_from"
  | "due_to"
  | "q"
  | "sort"
  | "scale";
const layouts = ["tree", "list", "board", "gantt"] as const;
export type Layout = (typeof layouts)[number];

/** Ledger is the work engine: one query over the duties of a plan, as tree, list, board or Gantt. The address holds all of it. */
export default function Ledger() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [url, setUrl] = useUrl<LedgerKey>();
  const plans = usePlans();
  const planId = url.plan_id ?? mainPlan(plans.items)?.id;
  const layout = (layouts.includes(url.layout as Layout) ? url.layout : "tree") as Layout;
  const duties = useDuties(serverQuery(url, planId), 200, plans.isSuccess);
  const tasks = useTasks(planId, layout === "tree" || layout === "gantt");
  const links = useDependencies(planId, layout === "gantt");
  useEvery(duties);
  const closed = useEvery(
    useDuties({ ...serverQuery(url, planId), status: "closed" }, 200, plans.isSuccess && !url.status && !url.overdue),
  );
  const rows = useMemo(() => {
    const query = parseQuery(url.q ?? "", t, me.today);
    const found = [...duties.items, ...(url.status || url.overdue ? [] : closed.items)].filter(query);
    return rowsOf(found, layout === "tree" || layout === "gantt" ? (tasks.data ?? []) : []);
  }, [duties.items, closed.items, tasks.data, layout, url.q, url.status, url.overdue, t, me.today]);
  const columns = useColumns();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const sort = url.sort ? { key: url.sort.replace(/^-/, ""), down: url.sort.startsWith("-") } : undefined;
  const shared = {
    label: t("nav.ledger"),
    rows,
    sort,
    onSort: (next: typeof sort) => setUrl({ sort: next && (next.down ? `-${next.key}` : next.key) }),
    onOpen: (row: LedgerRow) => row.duty && void navigate({ href: paths.duty(row.duty.id) }),
  };
  const count = rows.filter(row => row.duty).length;
  const picked = rows.flatMap(row => (row.duty && selected.has(row.id) ? [row.duty] : []));
  return (
    <div className={css.page}>
      <PageHead
        title={t("nav.ledger")}
        acts={
          <>
            <Segments
              label={t("ledger.layout")}
              value={layout}
              onChange={value => setUrl({ layout: value })}
              options={layouts.map(value => ({ value, label: t(`ledger.layout.${value}`) }))}
            />
            <Button icon="print" onClick={() => print()}>
              {t("ledger.print")}
            </Button>
          </>
        }
      />
      <Filters url={url} setUrl={setUrl} plans={plans.items} planId={planId} gantt={layout === "gantt"} />
      {duties.isError && <ErrorNote error={duties.error} onRetry={() => void duties.refetch()} />}
      <div className={css.body}>
        {(duties.isPending || plans.isPending) && !duties.isError && <SkeletonRows rows={12} />}
        {duties.isSuccess && rows.length === 0 && (
          <Empty
            title={t("ledger.none")}
            icon="filter"
            act={<Button onClick={() => void navigate({ href: paths.ledger })}>{t("ledger.clear")}</Button>}
          >
            {t("ledger.none_help")}
          </Empty>
        )}
        {rows.length > 0 && layout === "board" && <Board duties={rows.flatMap(row => row.duty ?? [])} />}
        {rows.length > 0 && layout === "gantt" && (
          <Gantt
            {...shared}
            shutFirst={holdsDuties}
            columns={columns.filter(c => ["task", "light"].includes(c.key))}
            links={links.data ?? []}
            today={me.today}
            scale={(url.scale as Scale) ?? "month"}
            {...spanOf(rows, me.today)}
          />
        )}
        {rows.length > 0 && (layout === "tree" || layout === "list") && (
          <>
            <div className={css.wide}>
              <TreeGrid {...shared} shutFirst={holdsDuties} columns={columns} selected={selected} onSelect={setSelected} />
            </div>
            <Cards duties={rows.flatMap(row => row.duty ?? [])} />
          </>
        )}
      </div>
      <BulkBar picked={picked} shown={count} loading={duties.hasNextPage} onClear={() => setSelected(new Set())} />
    </div>
  );
}

/** serverQuery is the part of the address that the server narrows by. */
function serverQuery(url: Partial<Record<LedgerKey, string>>, planId: string | undefined) {
  return {
    plan_id: planId,
    status: url.status as "active" | undefined,
    light: url.light as "red" | undefined,
    part: url.part as "lead" | undefined,
    unit_id: url.unit_id,
    mine: url.mine === "true" || undefined,
    overdue: url.overdue === "true" || undefined,
    due_from: url.due_from,
    due_to: url.due_to,
  };
}

/** spanOf is the stretch of time that a chart has to show: whole months around all dates. */
function spanOf(rows: LedgerRow[], today: string): { from: string; to: string } {
  const dates = rows
    .flatMap(row => [row.from, row.to].filter((d): d is string => d !== undefined))
    .concat(today)
    .sort();
  const last = dates.at(-1) ?? today;
  return { from: `${(dates[0] ?? today).slice(0, 7)}-01`, to: addDays(`${last.slice(0, 7)}-28`, 10) };
}

/** holdsDuties shuts the nodes of the plan at first: the tree opens as the plan's outline. */
const holdsDuties = (row: LedgerRow) => row.holds === true;
