import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { settings } from "../ui/settings";
import { toast } from "../ui/toast";
import { type Drop, type Edit, Head, Row } from "./grid-row";
import { press } from "./keys";
import { childrenOf, filled, type Leaf, lines, type Pasted, parseTsv, pasted, type Start, tsv } from "./tree";
import css from "./tree-grid.module.css";

/** GridColumn is one column; widths are in rem, so that large text keeps them readable. */
export interface GridColumn<T> {
  key: string;
  title: ReactNode;
  /** The plain name, where the title is not a text. */
  name: string;
  width: number;
  cell: (row: T) => ReactNode;
  /** The cell as text: for the clipboard and the full text on hover. */
  text?: (row: T) => string;
  num?: boolean;
  compare?: (a: T, b: T) => number;
  /** edit is what the cell may be changed to, where the row permits it. */
  edit?: { value: (row: T) => string | undefined; save: (row: T, value: string) => void };
}

export interface Sort {
  key: string;
  down: boolean;
}

/** Beyond so many rows a list is not printed but saved as a file. */
export const printable = 2000;

/**
 * TreeGrid shows up to ten thousand rows as a tree or list: only what is in sight is in the document. The first column is
 * frozen. Keys: arrows, Home, End, Page Up and Down, right and left open and shut (with Shift all), Enter opens, Space selects, Shift extends,
 * Ctrl+A selects all, Ctrl+C copies for a spreadsheet, Ctrl+V takes from one, Ctrl+D fills down.
 */
export function TreeGrid<T extends Leaf>({
  label,
  columns,
  rows,
  sort,
  onSort,
  selected,
  onSelect,
  onOpen,
  onPaste,
  onFill,
  fillRef,
  onKey,
  onDrop,
  overlay,
  shutFirst,
  height,
  frameRef,
}: {
  label: string;
  columns: GridColumn<T>[];
  rows: T[];
  sort?: Sort;
  onSort?: (sort: Sort | undefined) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (ids: ReadonlySet<string>) => void;
  onOpen?: (row: T) => void;
  /** What a spreadsheet gave for rows and cells that may be changed, and how many of its lines found no row. */
  onPaste?: (found: Pasted<T>[], missed: number) => void;
  /** What filling down would change in the selected rows, and how many of them may not be changed. */
  onFill?: (found: Pasted<T>[], missed: number) => void;
  /** Fills down a column, for a button outside the grid. */
  fillRef?: RefObject<((start: Start) => void) | undefined>;
  /** A key on the current row, asked before the grid's own; true takes it. */
  onKey?: (row: T, event: KeyboardEvent) => boolean;
  /** A row was let go over another one: on its upper edge, or on it. */
  onDrop?: Drop;
  overlay?: (place: (id: string) => number | undefined, row: number) => ReactNode;
  /** Which rows are shut when the grid is first shown. */
  shutFirst?: (row: T) => boolean;
  height?: string;
  /** The element that scrolls, for who has to move it. */
  frameRef?: RefObject<HTMLDivElement | null>;
}) {
  const { t } = useTranslation();
  const id = useId();
  const ownFrame = useRef<HTMLDivElement>(null);
  const frame = frameRef ?? ownFrame;
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [at, setAt] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const [edit, setEdit] = useState<Edit>();
  const groups = useMemo(() => childrenOf(rows), [rows]);
  const shut = useMemo(
    () => new Set(rows.filter(row => folds.get(row.id) ?? shutFirst?.(row) ?? false).map(row => row.id)),
    [rows, folds, shutFirst],
  );
  const { key: sortKey, down } = sort ?? { key: undefined, down: false };
  const seen = useMemo(() => {
    const compare = columns.find(column => column.key === sortKey)?.compare;
    return lines(groups, shut, compare && (down ? (a, b) => compare(b, a) : compare));
  }, [groups, shut, sortKey, down, columns]);
  const charted = overlay !== undefined;
  const placeOf = useMemo(() => (charted ? new Map(seen.map((line, i) => [line.row.id, i])) : undefined), [seen, charted]);
  const printing = usePrinting(seen.length <= printable);
  const rowHeight = 2 * rem();
  const virtual = useVirtualizer({
    count: seen.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 5,
  });
  const current = Math.min(at, seen.length - 1);

  function select(ids: Iterable<string>) {
    onSelect?.(new Set(ids));
  }
  function toggle(row: T) {
    const next = new Set(selected);
    if (!next.delete(row.id)) next.add(row.id);
    select(next);
  }
  function go(to: number, extend: boolean) {
    setAt(to);
    virtual.scrollToIndex(to);
    if (!extend) return setAnchor(to);
    const [from, till] = [Math.min(anchor, to), Math.max(anchor, to)];
    select(seen.slice(from, till + 1).map(line => line.row.id));
  }
  function fold(row: T, out: boolean) {
    setFolds(new Map(folds).set(row.id, !out));
  }
  function foldAll(out: boolean) {
    setFolds(new Map(rows.filter(row => groups.has(row.id)).map(row => [row.id, !out])));
    setAt(0);
    virtual.scrollToIndex(0);
  }
  function fill(start?: Start) {
    const { found, missed } = filled(
      seen.map(line => line.row),
      selected ?? new Set(),
      columns,
      start,
    );
    onFill?.(found, missed);
  }
  useImperativeHandle(fillRef, () => fill);
  // Rows are drawn again only when their own line changes: while one scrolls, their acts stay the same functions.
  const acts = useRef({ go, fold, toggle, fill });
  acts.current = { go, fold, toggle, fill };
  const [steady] = useState(() => ({
    go: (to: number, extend: boolean) => acts.current.go(to, extend),
    fold: (row: T, out: boolean) => acts.current.fold(row, out),
    toggle: (row: T) => acts.current.toggle(row),
    fill: (start: Start) => acts.current.fill(start),
  }));
  function startEdit(row: T) {
    const column = columns.find(c => c.edit?.value(row) !== undefined);
    if (column) setEdit({ id: row.id, key: column.key });
  }
  function key(event: KeyboardEvent<HTMLDivElement>) {
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
    const here = seen[current]?.row;
    if (here && onKey?.(here, event)) return event.preventDefault();
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2);
    const stroke = {
      key: event.key.length === 1 ? event.key.toLowerCase() : event.key,
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
    };
    const taken = press(stroke, seen, current, page, settings().shortcuts, {
      go,
      fold,
      foldAll,
      toggle,
      open: row => onOpen?.(row),
      all: () => select(seen.map(line => line.row.id)),
      none: () => select([]),
      edit: startEdit,
      fill: onFill && (() => fill()),
    });
    if (taken) event.preventDefault();
  }
  function copy(event: React.ClipboardEvent) {
    if (String(getSelection() ?? "") || edit) return;
    const picked = seen.filter((line, i) => (selected?.size ? selected.has(line.row.id) : i === current));
    const cells = picked.map(line => columns.map(column => column.text?.(line.row) ?? ""));
    event.clipboardData.setData("text/plain", tsv([columns.map(column => column.name), ...cells]));
    event.preventDefault();
    toast(t("ui.grid.copied", { count: picked.length }));
  }
  const cols = `${onSelect ? "2.25rem " : ""}${columns.map((column, i) => (i === 0 ? `minmax(${column.width}rem, 1fr)` : `${column.width}rem`)).join(" ")}`;
  // On paper the ticks are gone and a list is as wide as the sheet; an axis of time keeps its measure.
  const paper = columns.map(column => (overlay ? `${column.width}rem` : `minmax(0, ${column.width}fr)`)).join(" ");
  const shown = printing ? seen.map((_, index) => ({ index, start: 0 })) : virtual.getVirtualItems();
  const everything = seen.length > 0 && selected !== undefined && selected.size >= seen.length;
  return (
    <div
      ref={frame}
      role="treegrid"
      aria-label={label}
      aria-rowcount={seen.length + 1}
      aria-multiselectable={onSelect ? true : undefined}
      aria-activedescendant={seen[current] ? `${id}-${seen[current].row.id}` : undefined}
      tabIndex={0}
      className={css.frame}
      style={{ "--cols": cols, "--paper-cols": paper, height } as CSSProperties}
      onKeyDown={key}
      onCopy={copy}
      onPaste={event => {
        if (!onPaste || edit) return;
        const shown = seen.map(line => line.row);
        const onto = selected?.size ? shown.filter(row => selected.has(row.id)) : shown.slice(current);
        const { found, missed } = pasted(parseTsv(event.clipboardData.getData("text/plain")), columns, shown, onto);
        onPaste(found, missed);
      }}
    >
      <Head
        columns={columns}
        sort={sort}
        onSort={onSort}
        onFoldAll={groups.size > 1 ? foldAll : undefined}
        all={onSelect && { on: everything, set: on => select(on ? seen.map(line => line.row.id) : []) }}
      />
      <div className={css.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const line = seen[index];
          return (
            line && (
              <Row
                key={line.row.id}
                t={t}
                domId={`${id}-${line.row.id}`}
                line={line}
                columns={columns}
                index={index}
                top={start}
                current={index === current}
                picked={selected?.has(line.row.id)}
                edit={edit?.id === line.row.id ? edit : undefined}
                onEdit={setEdit}
                onFill={onFill && steady.fill}
                onFold={steady.fold}
                onOpen={onOpen}
                onPick={onSelect && steady.toggle}
                onGo={steady.go}
                onDrop={onDrop}
              />
            )
          );
        })}
        {overlay && !printing && (
          <div className={css.overlay}>
            {overlay(rowId => {
              const place = placeOf?.get(rowId);
              return place === undefined ? undefined : place * rowHeight;
            }, rowHeight)}
          </div>
        )}
      </div>
    </div>
  );
}

/** rem is the size of one rem in pixels now. */
export function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** usePrinting puts all rows into the document while the page is printed. */
function usePrinting(possible: boolean): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(possible));
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, [possible]);
  return printing;
}
