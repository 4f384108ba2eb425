import { useTranslation } from "react-i18next";
import { addDays, addMonths, daysBetween, monthOf } from "../lib/dates";
import type { LightName } from "../ui/light";
import css from "./gantt.module.css";
import type { Leaf } from "./tree";
import { type GridColumn, rem, type Sort, TreeGrid } from "./tree-grid";

/** Bar is a row's time: from its first day to its due date; planned is the due date it had at first. */
export interface Bar extends Leaf {
  from?: string;
  to?: string;
  planned?: string;
  progress: number;
  light: LightName;
}

/** Link is a dependency: the second begins when the first is done. */
export interface Link {
  from: string;
  to: string;
}

/** How many rem a day is wide. */
export const scales = { day: 1.5, week: 0.5, month: 0.15, quarter: 0.06 } as const;
export type Scale = keyof typeof scales;

/** The inner edge of a cell, in rem (tree-grid.module.css). */
const cellPadding = 0.5;

/** Gantt is the TreeGrid with a time axis: the first due date as a ghost, the present bar with progress, today, the links. */
export function Gantt<T extends Bar>({
  label,
  columns,
  rows,
  links = [],
  from,
  to,
  today,
  scale,
  sort,
  onSort,
  onOpen,
  shutFirst,
  height,
}: {
  label: string;
  columns: GridColumn<T>[];
  rows: T[];
  links?: Link[];
  from: string;
  to: string;
  today: string;
  scale: Scale;
  sort?: Sort;
  onSort?: (sort: Sort | undefined) => void;
  onOpen?: (row: T) => void;
  shutFirst?: (row: T) => boolean;
  height?: string;
}) {
  const { t, i18n } = useTranslation();
  const day = scales[scale];
  const width = (daysBetween(from, to) + 1) * day;
  const x = (date: string) => Math.max(0, Math.min(width, daysBetween(from, date) * day));
  const axis: GridColumn<T> = {
    key: "axis",
    name: t("grid.axis"),
    width: width + 1,
    title: <Axis from={from} to={to} x={x} lang={i18n.language} />,
    cell: row => (
      <Lane
        bar={row}
        x={x}
        today={today}
        day={day}
        words={t("grid.bar", { from: row.from ?? "—", to: row.to ?? "—", n: row.progress })}
      />
    ),
    text: row => t("grid.bar", { from: row.from ?? "—", to: row.to ?? "—", n: row.progress }),
  };
  const before = columns.reduce((sum, column) => sum + column.width, cellPadding);
  const byId = new Map(rows.map(row => [row.id, row]));
  return (
    <TreeGrid
      label={label}
      columns={[...columns, axis]}
      rows={rows}
      sort={sort}
      onSort={onSort}
      onOpen={onOpen}
      shutFirst={shutFirst}
      height={height}
      overlay={(place, row) => (
        <Links links={links} byId={byId} place={place} row={row} x={x} left={before} width={width} day={day} />
      )}
    />
  );
}

function Axis({ from, to, x, lang }: { from: string; to: string; x: (date: string) => number; lang: string }) {
  const months: string[] = [];
  for (let m = `${from.slice(0, 7)}-01`; m <= to; m = addMonths(m, 1)) months.push(m);
  return (
    <div className={css.axis} aria-hidden="true">
      {months.map(month => (
        <span
          key={month}
          className={css.tick}
          style={{ left: `${x(month)}rem`, width: `${x(addMonths(month, 1)) - x(month)}rem` }}
        >
          {month.endsWith("-01-01") || month === months[0] ? monthOf(month, lang) : Number(month.slice(5, 7))}
        </span>
      ))}
    </div>
  );
}

function Lane({
  bar,
  x,
  today,
  day,
  words,
}: {
  bar: Bar;
  x: (date: string) => number;
  today: string;
  day: number;
  words: string;
}) {
  const end = bar.to && addDays(bar.to, 1);
  const start = bar.from ?? bar.to;
  return (
    <div className={css.lane} role="img" aria-label={words}>
      <span className={css.now} style={{ left: `${x(today)}rem` }} />
      {bar.planned && start && bar.planned !== bar.to && (
        <span
          className={css.ghost}
          style={{ left: `${x(start)}rem`, width: `${Math.max(day, x(addDays(bar.planned, 1)) - x(start))}rem` }}
        />
      )}
      {start && end && (
        <span
          className={css.bar}
          data-light={bar.light}
          style={{ left: `${x(start)}rem`, width: `${Math.max(0.25, x(end) - x(start))}rem` }}
        >
          <span className={css.fill} style={{ width: `${bar.progress}%` }} />
        </span>
      )}
    </div>
  );
}

function Links<T extends Bar>({
  links,
  byId,
  place,
  row,
  x,
  left,
  width,
  day,
}: {
  links: Link[];
  byId: Map<string, T>;
  place: (id: string) => number | undefined;
  row: number;
  x: (date: string) => number;
  left: number;
  width: number;
  day: number;
}) {
  const px = rem();
  return (
    <svg
      className={css.links}
      style={{ left: `max(${left}rem, 100% - ${width + cellPadding}rem)`, width: `${width}rem` }}
      aria-hidden="true"
    >
      {links.map(link => {
        const [a, b] = [byId.get(link.from), byId.get(link.to)];
        const [top, bottom] = [place(link.from), place(link.to)];
        if (!a?.to || !b || top === undefined || bottom === undefined) return null;
        const x1 = (x(a.to) + day) * px;
        const x2 = x(b.from ?? b.to ?? a.to) * px;
        const [y1, y2] = [top + row / 2, bottom + row / 2];
        const bend = x1 + 0.4 * px;
        return (
          <path
            key={`${link.from}-${link.to}`}
            d={`M${x1} ${y1}H${bend}V${y2}H${x2}`}
            fill="none"
            stroke="var(--edge)"
            strokeWidth="1.2"
          />
        );
      })}
    </svg>
  );
}
