import { type ReactNode, useMemo, useState } from "react";
import css from "./graph.module.css";
import { type Arrow, type Layout, layout, type Net, netOf, reach, type Vertex } from "./layout";

/** Box is one vertex with what is written in it; mark sets it off. */
export interface Box extends Vertex {
  title: string;
  note?: ReactNode;
  mark?: "critical" | "moved" | "broken";
  /** Said in words beside the mark. */
  word?: string;
}

/** Sizes in rem: a box, the way between columns, the way between rows, the head of a band. */
const size = { width: 12, height: 3.5, across: 3, down: 0.75, head: 1.75, edge: 0.75 };

const left = (column: number) => size.edge + column * (size.width + size.across);

/** topOf adds the heads of the bands above to the rows above. */
function topOf(made: Layout): (row: number) => number {
  const heads = made.bands.length > 1 ? made.bands.map(band => band.row) : [];
  return row => heads.filter(head => head <= row).length * size.head + row * (size.height + size.down) + size.down;
}

/**
 * Graph draws who waits for whom from left to right, a band for each group. The chosen box, or the one under the pointer or the focus,
 * brings out all that it hangs on and all that hangs on it. Screen readers take the list that stands beside it.
 */
export function Graph({
  label,
  boxes,
  arrows,
  names,
  chosen,
  onChoose,
}: {
  label: string;
  boxes: Box[];
  arrows: Arrow[];
  names: ReadonlyMap<string, string>;
  chosen?: string;
  onChoose: (id: string) => void;
}) {
  const [over, setOver] = useState<string>();
  const made = useMemo(() => layout(boxes, arrows), [boxes, arrows]);
  const net = useMemo(() => netOf(boxes, arrows), [boxes, arrows]);
  const lit = useLit(over ?? chosen, net);
  const top = topOf(made);
  const width = left(made.columns) - size.across + size.edge;
  const height = top(made.rows - 1) + size.height + size.edge;
  return (
    <div className={css.frame} role="group" aria-label={label} tabIndex={0}>
      <div className={css.sheet} style={{ width: `${width}rem`, height: `${height}rem` }}>
        {made.bands.length > 1 &&
          made.bands.map((band, i) => (
            <div
              key={band.group}
              className={css.band}
              data-odd={i % 2 === 1 || undefined}
              style={{
                top: `${top(band.row) - size.head - size.down / 2}rem`,
                height: `${band.rows * (size.height + size.down) + size.head}rem`,
              }}
            >
              <span>{names.get(band.group)}</span>
            </div>
          ))}
        <svg className={css.arrows} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMin meet" aria-hidden="true">
          {arrows.map(arrow => {
            const [a, b] = [made.spots.get(arrow.from), made.spots.get(arrow.to)];
            if (!a || !b) return null;
            const [x1, y1] = [left(a.column) + size.width, top(a.row) + size.height / 2];
            const [x2, y2] = [left(b.column), top(b.row) + size.height / 2];
            const on = lit?.has(arrow.from) && lit.has(arrow.to);
            return (
              <g
                key={`${arrow.from}-${arrow.to}`}
                className={css.arrow}
                data-on={on || undefined}
                data-dim={(lit && !on) || undefined}
              >
                <path d={`M${x1} ${y1}C${x1 + size.across / 2} ${y1} ${x2 - size.across / 2} ${y2} ${x2 - 0.4} ${y2}`} />
                <path className={css.tip} d={`M${x2} ${y2}l-.5 -.28v.56z`} />
              </g>
            );
          })}
        </svg>
        {boxes.map(box => {
          const spot = made.spots.get(box.id);
          if (!spot) return null;
          return (
            <button
              key={box.id}
              type="button"
              className={css.box}
              data-mark={box.mark}
              data-dim={(lit && !lit.has(box.id)) || undefined}
              aria-pressed={box.id === chosen}
              title={box.title}
              style={{
                left: `${left(spot.column)}rem`,
                top: `${top(spot.row)}rem`,
                width: `${size.width}rem`,
                height: `${size.height}rem`,
              }}
              onClick={() => onChoose(box.id)}
              onMouseEnter={() => setOver(box.id)}
              onMouseLeave={() => setOver(undefined)}
              onFocus={() => setOver(box.id)}
              onBlur={() => setOver(undefined)}
            >
              <span className={css.title}>{box.title}</span>
              <span className={css.note}>
                {box.word && <strong>{box.word}</strong>}
                {box.note}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** useLit is the box with all before and after it; undefined when none is brought out. */
function useLit(id: string | undefined, net: Net): ReadonlySet<string> | undefined {
  return useMemo(() => {
    if (!id || !net.before.has(id)) return undefined;
    return new Set([id, ...reach(id, net.before), ...reach(id, net.after)]);
  }, [id, net]);
}
