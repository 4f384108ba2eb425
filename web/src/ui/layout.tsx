import type { CSSProperties, ReactNode } from "react";
import css from "./layout.module.css";

interface Box {
  children?: ReactNode;
  gap?: number;
}

const sized = (gap?: number) => (gap === undefined ? undefined : ({ "--g": `${gap}rem` } as CSSProperties));
const join = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(" ");

/** Stack puts things below each other; gap in rem. */
export function Stack({ children, gap }: Box) {
  return (
    <div className={css.stack} style={sized(gap)}>
      {children}
    </div>
  );
}

/** Row puts things beside each other. */
export function Row({ children, gap, wrap, spread, end }: Box & { wrap?: boolean; spread?: boolean; end?: boolean }) {
  return (
    <div className={join(css.row, wrap && css.wrap, spread && css.spread, end && css.end)} style={sized(gap)}>
      {children}
    </div>
  );
}

/** Grid puts equal boxes beside each other as long as each has min rem of room; low lets them stand on one line, for fields of which some have a hint. */
export function Grid({ children, gap, min = 18, low }: Box & { min?: number; low?: boolean }) {
  return (
    <div className={join(css.grid, low && css.low)} style={{ ...sized(gap), "--min": `${min}rem` } as CSSProperties}>
      {children}
    </div>
  );
}

/** Split is the main column with a side column of `side` rem; below each other on narrow screens. */
export function Split({ main, aside, side = 20 }: { main: ReactNode; aside: ReactNode; side?: number }) {
  return (
    <div className={css.split} style={{ "--side": `${side}rem` } as CSSProperties}>
      <div className={css.stack}>{main}</div>
      <div className={css.stack}>{aside}</div>
    </div>
  );
}

/** Panel is a framed part of a page with an optional title and acts at its right. */
export function Panel({
  title,
  acts,
  flush,
  children,
}: {
  title?: ReactNode;
  acts?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={css.panel}>
      {title !== undefined && (
        <div className={css.panelHead}>
          <h2>{title}</h2>
          {acts}
        </div>
      )}
      <div className={join(css.panelBody, flush && css.flush)}>{children}</div>
    </section>
  );
}

/** PageHead is the one h1 of a page with its acts. */
export function PageHead({ title, lead, acts }: { title: ReactNode; lead?: ReactNode; acts?: ReactNode }) {
  return (
    <header className={css.head}>
      <div className={css.headText}>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <div className={css.lead}>{lead}</div>}
      </div>
      {acts && <div className={join(css.row, css.wrap, "no-print")}>{acts}</div>}
    </header>
  );
}

/** Facts is a list of names and values; a missing value is a dash. */
export function Facts({ items }: { items: [name: ReactNode, value: ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {items.map(([name, value], i) => (
        <div key={i} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{value === undefined || value === null || value === "" || value === false ? "—" : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** told leaves out the facts that have no value yet. */
export const told = (items: [name: ReactNode, value: ReactNode][]) => items.filter(([, value]) => value);

export function Muted({ children }: { children: ReactNode }) {
  return <span className={css.muted}>{children}</span>;
}

/** Prose is a text as it was written, with its line ends. */
export function Prose({ children }: { children: ReactNode }) {
  return <p className={css.prose}>{children}</p>;
}

/** Hidden is read by screen readers only. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className="hidden">{children}</span>;
}
