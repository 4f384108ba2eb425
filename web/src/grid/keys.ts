import type { Leaf, Line } from "./tree";

/** Moves is what the keys of a grid can do. */
export interface Moves<T> {
  go: (to: number, extend: boolean) => void;
  open: (row: T) => void;
  fold: (row: T, out: boolean) => void;
  foldAll: (out: boolean) => void;
  toggle: (row: T) => void;
  all: () => void;
  none: () => void;
  edit: (row: T) => void;
  /** Missing where nothing can be filled down. */
  fill?: () => void;
}

interface Stroke {
  key: string;
  shift: boolean;
  ctrl: boolean;
}

/** press carries out a key in a grid whose current line is `at`; it reports whether the key was one of the grid's (WAI-ARIA treegrid). */
export function press<T extends Leaf>(
  stroke: Stroke,
  lines: Line<T>[],
  at: number,
  page: number,
  letters: boolean,
  moves: Moves<T>,
): boolean {
  const line = lines[at];
  const { key, shift, ctrl } = stroke;
  if (ctrl) {
    const all = { a: moves.all, d: moves.fill }[key];
    all?.();
    return all !== undefined;
  }
  if (shift && (key === "ArrowRight" || key === "ArrowLeft")) {
    moves.foldAll(key === "ArrowRight");
    return true;
  }
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: lines.length - 1,
  };
  if (letters) Object.assign(steps, { j: at + 1, k: at - 1 });
  const to = steps[key];
  if (to !== undefined) {
    moves.go(Math.max(0, Math.min(lines.length - 1, to)), shift);
    return true;
  }
  if (!line) return false;
  const acts: Record<string, (() => void) | undefined> = {
    Enter: () => moves.open(line.row),
    " ": () => moves.toggle(line.row),
    x: letters ? () => moves.toggle(line.row) : undefined,
    e: letters ? () => moves.edit(line.row) : undefined,
    F2: () => moves.edit(line.row),
    Escape: () => moves.none(),
    ArrowRight: () =>
      line.inner && !line.open
        ? moves.fold(line.row, true)
        : moves.go(Math.min(at + (line.inner ? 1 : 0), lines.length - 1), false),
    ArrowLeft: () => {
      if (line.open) return moves.fold(line.row, false);
      const above = lines.findIndex(other => other.row.id === line.row.parent);
      if (above >= 0) moves.go(above, false);
    },
  };
  const act = acts[key];
  act?.();
  return act !== undefined;
}
