import { useNavigate } from "@tanstack/react-router";
import { lazy, type RefObject, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Clock } from "../../api/ledger";
import { useMe } from "../../api/session";
import type { Scale } from "../../grid/gantt";
import type { Pasted, Start } from "../../grid/tree";
import { type GridColumn, type Sort, TreeGrid } from "../../grid/tree-grid";
import { told } from "../../i18n";
import { paths } from "../../lib/path";
import { SkeletonRows } from "../../ui/states";
import { toast } from "../../ui/toast";
import { Board } from "./board";
import { Cards } from "./cards";
import type { LedgerKey } from "./index";
import css from "./ledger.module.css";
import type { LedgerRow } from "./rows";
import { useDependencies } from "./tasks";

const LedgerChart = lazy(() => import("./chart"));
const DutyNet = lazy(told(() => import("./net").then(found => ({ default: found.DutyNet })), "relations"));
const Paste = lazy(() => import("./paste").then(found => ({ default: found.Paste })));
const DueMonth = lazy(() => import("./month").then(found => ({ default: found.DueMonth })));

export const layouts = ["tree", "list", "board", "gantt", "graph", "calendar"] as const;
export type Layout = (typeof layouts)[number];

/** Layouts shows the rows of the ledger in the chosen form. */
export function Layouts({
  layout,
  rows,
  columns,
  planId,
  clock,
  url,
  setUrl,
  selected,
  onSelect,
  fillRef,
}: {
  layout: Layout;
  rows: LedgerRow[];
  columns: GridColumn<LedgerRow>[];
  planId?: string;
  clock: Clock;
  url: Partial<Record<LedgerKey, string>>;
  setUrl: (part: Partial<Record<LedgerKey, string | undefined>>) => void;
  selected: ReadonlySet<string>;
  onSelect?: (ids: ReadonlySet<string>) => void;
  /** Fills a column down into the selected rows, where the layout has cells. */
  fillRef: RefObject<((start: Start) => void) | undefined>;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [paste, setPaste] = useState<{ found: Pasted<LedgerRow>[]; missed: number }>();
  const links = useDependencies(planId, layout === "gantt" || layout === "graph");
  const duties = () => rows.flatMap(row => row.duty ?? []);
  const shared = {
    label: t("nav.ledger"),
    rows,
    sort: url.sort ? { key: url.sort.replace(/^-/, ""), down: url.sort.startsWith("-") } : undefined,
    onSort: (next: Sort | undefined) => setUrl({ sort: next && (next.down ? `-${next.key}` : next.key) }),
    onOpen: (row: LedgerRow) => row.duty && void navigate({ href: paths.duty(row.duty.id) }),
  };
  if (layout === "board") return <Board duties={duties()} clock={clock} />;
  if (layout === "calendar") {
    return (
      <Suspense fallback={<SkeletonRows rows={12} />}>
        <DueMonth
          duties={duties()}
          clock={clock}
          at={url.month ?? me.today}
          today={me.today}
          onMove={date => setUrl({ month: date.slice(0, 7) === me.today.slice(0, 7) ? undefined : `${date.slice(0, 7)}-01` })}
          onDay={date => setUrl({ layout: "list", due_from: date, due_to: date })}
        />
      </Suspense>
    );
  }
  if (layout === "graph") {
    return (
      <Suspense fallback={<SkeletonRows rows={12} />}>
        <DutyNet rows={rows} links={links.data ?? []} clock={clock} chosen={url.task} onChoose={task => setUrl({ task })} />
      </Suspense>
    );
  }
  if (layout === "gantt") {
    return (
      <Suspense fallback={<SkeletonRows rows={12} />}>
        <LedgerChart
          {...shared}
          shutFirst={holdsDuties}
          columns={columns}
          links={links.data ?? []}
          scale={(url.scale as Scale) ?? "month"}
        />
      </Suspense>
    );
  }
  return (
    <>
      <div className={css.wide}>
        <TreeGrid
          {...shared}
          shutFirst={holdsDuties}
          columns={columns}
          selected={selected}
          onSelect={onSelect}
          onPaste={(found, missed) => (found.length > 0 ? setPaste({ found, missed }) : toast(t("ledger.paste_none")))}
          onFill={(found, missed) => (found.length > 0 ? setPaste({ found, missed }) : toast(t("ledger.fill_none")))}
          fillRef={fillRef}
        />
      </div>
      {paste && (
        <Suspense>
          <Paste {...paste} onClose={() => setPaste(undefined)} />
        </Suspense>
      )}
      <Cards duties={duties()} clock={clock} />
    </>
  );
}

/** holdsDuties shuts the nodes of the plan at first: the tree opens as the plan's outline. */
const holdsDuties = (row: LedgerRow) => row.holds === true;
