import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import css from "./table.module.css";

export interface Column<T> {
  key: string;
  title: ReactNode;
  cell: (row: T) => ReactNode;
  kind?: "num" | "tight";
  /** main leads the card on a phone; hide is left out there. */
  phone?: "main" | "hide";
}

/** Group is some rows of a table under a head of their own; a closed one shows its head only. */
export interface Group<T> {
  id: string;
  head: ReactNode;
  rows: T[];
  closed?: boolean;
}

/** Table is a short list (tens of rows), maybe in groups; on a phone each row becomes a card. Long ones are the TreeGrid's. */
export function Table<T>({
  label,
  columns,
  rows,
  groups = [{ id: "", head: undefined, rows }],
  id,
  onOpen,
  on,
  fit,
}: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  groups?: Group<T>[];
  id: (row: T) => string;
  onOpen?: (row: T) => void;
  on?: string;
  /** fit keeps a name and its few numbers together instead of parting them over the whole page. */
  fit?: boolean;
}) {
  return (
    <div className={css.frame} tabIndex={0} role="region" aria-label={label}>
      <table className={`${css.table} ${css.cards} ${fit ? css.fit : ""}`} aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" className={column.kind && css[column.kind]}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(group => (
          <tbody key={group.id}>
            {group.head !== undefined && (
              <tr className={css.group}>
                <th colSpan={columns.length} scope="rowgroup">
                  {group.head}
                </th>
              </tr>
            )}
            {!group.closed &&
              group.rows.map(row => (
                <tr
                  key={id(row)}
                  data-link={onOpen ? true : undefined}
                  data-on={on === id(row) || undefined}
                  onClick={event => {
                    if (!(event.target as Element).closest("a,button,input,label")) onOpen?.(row);
                  }}
                >
                  {columns.map(column => (
                    <Cell key={column.key} column={column} row={row} />
                  ))}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Numbers and dates say nothing on a phone's card without their name; these are the columns of dates. */
const dates = new Set(["due", "old", "new", "at", "by", "finish", "from", "to", "until"]);

/** Cell is one place of a row; on a phone an empty one is left out, and the acts stand at the end. */
function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const said = column.cell(row);
  const none = said === undefined || said === null || said === "" || said === false;
  const named = typeof column.title === "string" && !column.phone && (column.kind === "num" || dates.has(column.key));
  return (
    <td
      className={column.kind && css[column.kind]}
      data-main={column.phone === "main" || undefined}
      data-hide={column.phone === "hide" || undefined}
      data-name={named ? String(column.title) : undefined}
      data-pick={column.key === "pick" || undefined}
      data-end={/^acts?$/.test(column.key) || undefined}
      data-none={none || undefined}
    >
      {none ? "—" : said}
    </td>
  );
}

/** More loads the next page of a list; there are no totals (keyset paging). */
export function More({ shown, next, busy, onMore }: { shown: number; next: boolean; busy?: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  if (shown === 0) return null;
  return (
    <div className={`${css.more} no-print`}>
      <span role="status">{next ? t("ui.shown", { count: shown }) : t("ui.shown_all", { count: shown })}</span>
      {next && (
        <Button size="xs" busy={busy} onClick={onMore}>
          {t("ui.more")}
        </Button>
      )}
    </div>
  );
}
