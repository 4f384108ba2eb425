import { useMemo } from "react";
import { useWorkdays } from "../../api/calendar";
import { useMe } from "../../api/session";
import { Gantt, type Link, type Scale } from "../../grid/gantt";
import { type GridColumn, rem, type Sort } from "../../grid/tree-grid";
import { LightShape } from "../../ui/light";
import css from "./ledger.module.css";
import { type LedgerRow, spanOf } from "./rows";

/** A chart asks for the days off of so many years at most. */
const years = 6;

/** LedgerChart is the ledger as a Gantt chart over the working days of its calendar. */
export default function LedgerChart({
  rows,
  columns,
  scale,
  ...rest
}: {
  label: string;
  rows: LedgerRow[];
  columns: GridColumn<LedgerRow>[];
  links: Link[];
  scale: Scale;
  sort?: Sort;
  onSort: (sort: Sort | undefined) => void;
  onOpen: (row: LedgerRow) => void;
  shutFirst: (row: LedgerRow) => boolean;
}) {
  const { today } = useMe();
  const { from, to } = useMemo(() => spanOf(rows, today), [rows, today]);
  const beginnings = Array.from(
    { length: Math.min(years, Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1) },
    (_, i) => `${Number(from.slice(0, 4)) + i}-01-01`,
  );
  const days = useWorkdays(...beginnings);
  const shown = useMemo(() => beside(columns), [columns]);
  return <Gantt {...rest} rows={rows} columns={shown} from={from} to={to} today={today} days={days} scale={scale} />;
}

/**
 * beside is the column before the bars: the task with its light, which stays in sight. It takes a good third of what the window has
 * at the reader's size of text; where that is little, the light is its shape alone.
 */
function beside(columns: GridColumn<LedgerRow>[]): GridColumn<LedgerRow>[] {
  const width = Math.max(10, Math.min(25, (innerWidth / rem() - 14) * 0.35));
  const small = width < 20;
  const light = columns.find(column => column.key === "light");
  return columns
    .filter(column => column.key === "task")
    .map(column => ({
      ...column,
      width,
      cell: row => (
        <>
          {small && (
            <span className={css.shape}>
              <LightShape light={row.light} />
            </span>
          )}
          {column.cell(row)}
          {!small && light && <span className={css.push}>{light.cell(row)}</span>}
        </>
      ),
      text: row => [column.text?.(row), light?.text?.(row)].filter(Boolean).join(" · "),
    }));
}
