import type { TFunction } from "i18next";
import { type DragEvent, memo, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon";
import type { Leaf, Line, Start } from "./tree";
import type { GridColumn, Sort } from "./tree-grid";
import css from "./tree-grid.module.css";

/** Edit is the cell that is being changed. */
export interface Edit {
  id: string;
  key: string;
}

/** Drop is told which row was let go over which, and where on it. */
export type Drop = (id: string, over: string, zone: "before" | "into") => void;

/** The upper part of a row that means "before it". */
const edge = 0.35;

/** dragging is what a row needs to be taken by the mouse; those who use keys have the grid's own. */
function dragging(id: string, onDrop: Drop) {
  const zoneOf = (event: DragEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientY - box.top < box.height * edge ? "before" : "into";
  };
  const clear = (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset.over;
  };
  return {
    draggable: true,
    onDragStart: (event: DragEvent<HTMLElement>) => event.dataTransfer.setData("text/duban-row", id),
    onDragOver: (event: DragEvent<HTMLElement>) => {
      if (!event.dataTransfer.types.includes("text/duban-row")) return;
      event.preventDefault();
      event.currentTarget.dataset.over = zoneOf(event);
    },
    onDragLeave: clear,
    onDragEnd: clear,
    onDrop: (event: DragEvent<HTMLElement>) => {
      event.preventDefault();
      clear(event);
      onDrop(event.dataTransfer.getData("text/duban-row"), id, zoneOf(event));
    },
  };
}

/** Head is the row of titles; a title sorts up, down, not. */
export function Head<T>({
  columns,
  sort,
  onSort,
  onFoldAll,
  all,
}: {
  columns: GridColumn<T>[];
  sort?: Sort;
  onSort?: (sort: Sort | undefined) => void;
  /** Opens or shuts everything; missing where nothing can be opened. */
  onFoldAll?: (out: boolean) => void;
  all?: { on: boolean; set: (on: boolean) => void };
}) {
  const { t } = useTranslation();
  const next = (key: string): Sort | undefined =>
    sort?.key !== key ? { key, down: false } : sort.down ? undefined : { key, down: true };
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={css.head}>
        {all && (
          <div role="columnheader" className={`${css.headCell} ${css.frozen} ${css.tick}`}>
            <input
              type="checkbox"
              aria-label={t("ui.grid.select_all")}
              checked={all.on}
              onChange={event => all.set(event.currentTarget.checked)}
            />
          </div>
        )}
        {columns.map((column, i) => {
          const on = sort?.key === column.key;
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-sort={on ? (sort.down ? "descending" : "ascending") : undefined}
              className={`${css.headCell} ${column.num ? css.num : ""} ${i === 0 ? css.frozen : ""}`}
              data-second={(i === 0 && Boolean(all)) || undefined}
            >
              {column.compare && onSort ? (
                <button
                  type="button"
                  className={css.sort}
                  aria-label={t("ui.grid.sort", { name: column.name })}
                  onClick={() => onSort(next(column.key))}
                >
                  {column.title}
                  {on && <span aria-hidden="true">{sort.down ? "▾" : "▴"}</span>}
                </button>
              ) : (
                column.title
              )}
              {i === 0 && onFoldAll && (
                <span className={`${css.foldAll} no-print`}>
                  {([true, false] as const).map(out => (
                    <button
                      key={String(out)}
                      type="button"
                      title={t(out ? "ui.grid.open_all" : "ui.grid.shut_all")}
                      aria-label={t(out ? "ui.grid.open_all" : "ui.grid.shut_all")}
                      onClick={() => onFoldAll(out)}
                    >
                      <Icon name={out ? "unfold" : "fold"} size={0.875} />
                    </button>
                  ))}
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps<T extends Leaf> {
  t: TFunction;
  line: Line<T>;
  columns: GridColumn<T>[];
  domId: string;
  index: number;
  top: number;
  current: boolean;
  picked?: boolean;
  edit?: Edit;
  onEdit: (edit: Edit | undefined) => void;
  onFill?: (start: Start) => void;
  onFold: (row: T, out: boolean) => void;
  onOpen?: (row: T) => void;
  onPick?: (row: T) => void;
  onGo: (index: number, extend: boolean) => void;
  onDrop?: Drop;
}

function RowOf<T extends Leaf>(p: RowProps<T>) {
  const { t, line, columns } = p;
  const name = columns[0]?.text?.(line.row) ?? line.row.id;
  return (
    <div
      id={p.domId}
      role="row"
      aria-level={line.depth + 1}
      aria-posinset={line.at}
      aria-setsize={line.of}
      aria-rowindex={p.index + 2}
      aria-expanded={line.inner ? line.open : undefined}
      aria-selected={p.onPick ? Boolean(p.picked) : undefined}
      data-at={p.current || undefined}
      data-inner={line.inner || undefined}
      className={css.row}
      {...(p.onDrop ? dragging(line.row.id, p.onDrop) : undefined)}
      style={{ transform: `translateY(${p.top}px)` }}
      onClick={event => {
        if ((event.target as Element).closest("button,a,input")) return;
        p.onGo(p.index, event.shiftKey);
      }}
      onDoubleClick={event => {
        if (!(event.target as Element).closest("button,a,input")) p.onOpen?.(line.row);
      }}
    >
      {p.onPick && (
        <div role="gridcell" className={`${css.cell} ${css.frozen} ${css.tick}`}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t("ui.grid.select", { name })}
            checked={Boolean(p.picked)}
            onChange={() => p.onPick?.(line.row)}
          />
        </div>
      )}
      {columns.map((column, i) => (
        <div
          key={column.key}
          role="gridcell"
          className={`${css.cell} ${column.num ? css.num : ""} ${i === 0 ? css.frozen : ""}`}
          data-second={(i === 0 && Boolean(p.onPick)) || undefined}
          title={column.text?.(line.row)}
          onDoubleClick={event => {
            if (column.edit?.value(line.row) === undefined) return;
            event.stopPropagation();
            p.onEdit({ id: line.row.id, key: column.key });
          }}
        >
          {i === 0 && <Fold t={t} line={line} onFold={p.onFold} />}
          {p.edit?.key === column.key && column.edit ? (
            <Editor
              label={t("ui.grid.edit", { name: column.name })}
              value={column.edit.value(line.row) ?? ""}
              onFill={p.onFill && (typed => p.onFill?.({ id: line.row.id, key: column.key, typed }))}
              onDone={value => {
                if (value !== undefined) column.edit?.save(line.row, value);
                p.onEdit(undefined);
              }}
            />
          ) : (
            <Cell>{column.cell(line.row)}</Cell>
          )}
        </div>
      ))}
    </div>
  );
}

/** Row is drawn again only when its own props change. */
export const Row = memo(RowOf) as typeof RowOf;

function Cell({ children }: { children: ReactNode }) {
  if (children === undefined || children === null || children === "") return <span>—</span>;
  return typeof children === "string" || typeof children === "number" ? <span className={css.text}>{children}</span> : children;
}

function Fold<T extends Leaf>({ t, line, onFold }: { t: TFunction; line: Line<T>; onFold: (row: T, out: boolean) => void }) {
  return (
    <>
      {line.depth > 0 && <span className={css.gap} style={{ width: `${line.depth * 1.25}rem` }} />}
      {line.inner && (
        <button
          type="button"
          tabIndex={-1}
          className={css.fold}
          data-open={line.open || undefined}
          aria-label={line.open ? t("ui.grid.shut") : t("ui.grid.open")}
          onClick={() => onFold(line.row, !line.open)}
        >
          <Icon name="chevron" size={0.75} />
        </button>
      )}
    </>
  );
}

function Editor({
  label,
  value,
  onDone,
  onFill,
}: {
  label: string;
  value: string;
  onDone: (value: string | undefined) => void;
  /** Fills what has been typed down, after it was kept here. */
  onFill?: (typed: string) => void;
}) {
  const done = useRef(false);
  const finish = (text: string | undefined) => {
    if (done.current) return;
    done.current = true;
    onDone(text === value ? undefined : text);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the cell was just opened for typing
      autoFocus
      className={css.edit}
      aria-label={label}
      defaultValue={value}
      onBlur={event => finish(event.currentTarget.value)}
      onKeyDown={event => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish(undefined);
        if (onFill && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
          event.preventDefault();
          const typed = event.currentTarget.value;
          finish(typed);
          onFill(typed);
        }
      }}
    />
  );
}
