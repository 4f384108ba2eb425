import { type CSSProperties, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { addDays, monthOf } from "../lib/dates";
import { plainWeek, type Workdays } from "../lib/workdays";
import type { LightName } from "../ui/light";
import { type Axis, axisOf, mondaysOf, monthsOf, type Scale, shade } from "./axis";
import css from "./gantt.module.css";
import type { Leaf } from "./tree";
import { type GridColumn, rem, type Sort, TreeGrid } from "./tree-grid";

export type { Scale } from "./axis";

/** Bar is a row's time: from its first day to its due date; without one it goes on. Planned is the due date it had at first. */
export interface Bar extends Leaf {
  from?: string;
  to?: string;
  planned?: string;
  /** Whether its time is that of the rows below it: then it is drawn as a bracket. */
  sums?: boolean;
  progress: number;
  light: LightName;
}

/** Link is a dependency: the second begins when the first is done. */
export interface Link {
  from: string;
  to: string;
}

/** The inner edge of a cell, in rem (tree-grid.module.css). */
const cellPadding = 0.5;

/** At first today stands this far from the left edge of what is in sight of the axis. */
const todayAt = 0.4;

/**
 * Gantt is the TreeGrid with a time axis: the first due date as a ghost, the present bar with progress, today, the links. It opens at
 * today, which keeps its place when the scale or the stretch of time changes.
 */
export function Gantt<T extends Bar>({
  label,
  columns,
  rows,
  links = [],
  from,
  to,
  today,
  days = plainWeek,
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
  days?: Workdays;
  scale: Scale;
  sort?: Sort;
  onSort?: (sort: Sort | undefined) => void;
  onOpen?: (row: T) => void;
  shutFirst?: (row: T) => boolean;
  height?: string;
}) {
  const { t, i18n } = useTranslation();
  const axis = useMemo(() => axisOf(from, to, scale), [from, to, scale]);
  const ground = useMemo(() => shade(axis, days), [axis, days]);
  const before = columns.reduce((sum, column) => sum + column.width, cellPadding);
  const frame = useToday(axis.x(today), before, scale);
  const all = useMemo(() => {
    const words = (row: T) => t("grid.bar", { from: row.from ?? "—", to: row.to ?? "—", n: row.progress });
    const time: GridColumn<T> = {
      key: "axis",
      name: t("grid.axis"),
      width: axis.width + 1,
      title: <Ruler axis={axis} today={today} lang={i18n.language} />,
      cell: row => <Lane bar={row} axis={axis} today={today} words={words(row)} />,
      text: words,
    };
    return [...columns, time];
  }, [columns, axis, today, t, i18n.language]);
  const byId = useMemo(() => new Map(rows.map(row => [row.id, row])), [rows]);
  return (
    <div className={css.chart} style={{ "--ground": ground } as CSSProperties}>
      <TreeGrid
        label={label}
        columns={all}
        rows={rows}
        sort={sort}
        onSort={onSort}
        onOpen={onOpen}
        shutFirst={shutFirst}
        height={height}
        frameRef={frame}
        overlay={(place, row) => (
          <Links links={links} byId={byId} place={place} row={row} axis={axis} left={before} frame={frame} />
        )}
      />
    </div>
  );
}

/** useToday scrolls to today once, and then keeps it where the reader has it, whatever the axis grows to. */
function useToday(x: number, before: number, scale: Scale) {
  const frame = useRef<HTMLDivElement>(null);
  const last = useRef<{ x: number; scale: Scale }>(undefined);
  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    const was = last.current;
    if (was?.scale === scale) box.scrollLeft += (x - was.x) * rem();
    else box.scrollLeft = x * rem() - (box.clientWidth - before * rem()) * todayAt;
    last.current = { x, scale };
  }, [x, before, scale]);
  return frame;
}

function Ruler({ axis, today, lang }: { axis: Axis; today: string; lang: string }) {
  const months = monthsOf(axis);
  const next = [...months.slice(1), addDays(axis.to, 1)];
  const mondays = mondaysOf(axis);
  return (
    <div className={css.axis} data-days={mondays.length > 0 || undefined} aria-hidden="true">
      {months.map((month, i) => (
        <span
          key={month}
          className={css.tick}
          style={{ left: `${axis.x(month)}rem`, width: `${axis.x(next[i]!) - axis.x(month)}rem` }}
        >
          {mondays.length > 0 || month.endsWith("-01-01") || i === 0 ? monthOf(month, lang) : Number(month.slice(5, 7))}
        </span>
      ))}
      {mondays.map(day => (
        <span key={day} className={css.monday} style={{ left: `${axis.x(day)}rem` }}>
          {day.slice(5)}
        </span>
      ))}
      <span className={css.now} style={{ left: `${axis.x(today)}rem` }} />
    </div>
  );
}

function Lane({ bar, axis, today, words }: { bar: Bar; axis: Axis; today: string; words: string }) {
  const { x, day } = axis;
  const first = bar.from && bar.to && bar.from > bar.to ? bar.to : bar.from;
  const start = first ?? bar.to;
  const end = bar.to ? x(addDays(bar.to, 1)) : axis.width;
  const moved = bar.planned && bar.planned !== bar.to;
  return (
    <div className={css.lane} role="img" aria-label={words}>
      <span className={css.now} style={{ left: `${x(today)}rem` }} />
      {moved && start && (
        <span
          className={css.ghost}
          style={{ left: `${x(start)}rem`, width: `${Math.max(day, x(addDays(bar.planned!, 1)) - x(start))}rem` }}
        />
      )}
      {start && (
        <span
          className={bar.sums ? css.sum : css.bar}
          data-light={bar.light}
          data-open={!bar.to || undefined}
          style={{ left: `${x(start)}rem`, width: `${Math.max(0.25, end - x(start))}rem` }}
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
  axis,
  left,
  frame,
}: {
  links: Link[];
  byId: Map<string, T>;
  place: (id: string) => number | undefined;
  row: number;
  axis: Axis;
  left: number;
  frame: RefObject<HTMLDivElement | null>;
}) {
  const px = rem();
  const { x, day, width } = axis;
  const svg = useRef<SVGSVGElement>(null);
  useClip(frame, svg, width);
  return (
    <svg
      ref={svg}
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
        return <path key={`${link.from}-${link.to}`} d={route(x1, y1, x2, y2, row, px)} className={css.link} />;
      })}
    </svg>
  );
}

/** useClip keeps the links from lying over the frozen first column when the axis is scrolled. */
function useClip(frame: RefObject<HTMLDivElement | null>, drawn: RefObject<SVGSVGElement | null>, width: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width moves the picture
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    let last = -1;
    const clip = () => {
      const frozen = box.querySelector("[role=columnheader]");
      if (!drawn.current || !frozen || box.scrollLeft === last) return;
      last = box.scrollLeft;
      const hidden = frozen.getBoundingClientRect().right - drawn.current.getBoundingClientRect().left;
      drawn.current.style.clipPath = hidden > 0 ? `inset(0 -100vw 0 ${hidden}px)` : "";
    };
    clip();
    box.addEventListener("scroll", clip, { passive: true });
    return () => box.removeEventListener("scroll", clip);
  }, [frame, drawn, width]);
}

/** route leads from the end of a bar to the start of another one; where that lies to the left it goes between the rows and comes back. */
function route(x1: number, y1: number, x2: number, y2: number, row: number, px: number): string {
  const out = x1 + 0.4 * px;
  const tip = `M${x2 - 0.35 * px} ${y2 - 0.25 * px}L${x2} ${y2}L${x2 - 0.35 * px} ${y2 + 0.25 * px}`;
  if (x2 >= out + 0.4 * px) return `M${x1} ${y1}H${out}V${y2}H${x2}${tip}`;
  const gap = y2 - (Math.sign(y2 - y1) || 1) * (row / 2);
  return `M${x1} ${y1}H${out}V${gap}H${x2 - 0.6 * px}V${y2}H${x2}${tip}`;
}
