/** Leaf is what a row of a grid needs to be placed: its id and, in a tree, that of the row above it. */
export interface Leaf {
  id: string;
  parent?: string;
}

/** Line is a row in sight with its place in the tree. */
export interface Line<T> {
  row: T;
  depth: number;
  inner: boolean;
  open: boolean;
  /** Place among its siblings, from 1, and how many there are. */
  at: number;
  of: number;
}

export type Compare<T> = (a: T, b: T) => number;

/** childrenOf groups rows by the row above; rows whose parent is not among them stand at the top. */
export function childrenOf<T extends Leaf>(rows: T[]): Map<string, T[]> {
  const known = new Set(rows.map(row => row.id));
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const above = row.parent && known.has(row.parent) ? row.parent : "";
    const group = groups.get(above);
    if (group) group.push(row);
    else groups.set(above, [row]);
  }
  return groups;
}

/** lines lists the rows in sight, siblings in order; without compare as given. */
export function lines<T extends Leaf>(groups: Map<string, T[]>, shut: ReadonlySet<string>, compare?: Compare<T>): Line<T>[] {
  const all: Line<T>[] = [];
  const walk = (above: string, depth: number) => {
    const group = groups.get(above) ?? [];
    const ordered = compare ? [...group].sort(compare) : group;
    ordered.forEach((row, i) => {
      const inner = groups.has(row.id);
      const open = inner && !shut.has(row.id);
      all.push({ row, depth, inner, open, at: i + 1, of: ordered.length });
      if (open) walk(row.id, depth + 1);
    });
  };
  walk("", 0);
  return all;
}

/** tsv is rows as a spreadsheet takes them from the clipboard; tabs and line ends inside a cell become blanks. */
export function tsv(rows: string[][]): string {
  return rows.map(cells => cells.map(cell => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\r\n");
}

/** parseTsv reads what a spreadsheet put on the clipboard, with its quoted cells. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  const put = (s: string) => {
    const row = rows[rows.length - 1]!;
    row[row.length - 1] += s;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const cell = rows[rows.length - 1]!.at(-1)!;
    if (quoted) {
      if (c !== '"') put(c);
      else if (text[i + 1] === '"') put(text[++i]!);
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") rows[rows.length - 1]!.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") put(c);
  }
  if (rows.length > 1 && rows[rows.length - 1]!.length === 1 && rows[rows.length - 1]![0] === "") rows.pop();
  return rows;
}

/** Field is what a paste has to know of a column. */
export interface Field<T> {
  key: string;
  name: string;
  text?: (row: T) => string;
  edit?: { value: (row: T) => string | undefined };
}

/** Pasted is a row, and what a spreadsheet says for those of its cells that may be changed, by the key of the column. */
export interface Pasted<T> {
  row: T;
  values: Record<string, string>;
}

/** changes is whether a text would change a cell: one that may be changed, and says something else now. */
function changes<T>(field: Field<T>, row: T, now: string): boolean {
  const was = field.edit?.value(row);
  return was !== undefined && now !== was && now !== field.text?.(row);
}

/** Start is the cell that is filled down: its column, and while one types in it its row and what has been typed. */
export interface Start {
  key?: string;
  id?: string;
  typed?: string;
}

/**
 * filled fills a cell down (向下填充) into the selected rows below it, by the rules of a paste: what is being typed, else what the first
 * of the selected rows says in that column, or in the first one that may be changed. `missed` counts the rows below whose cell may not.
 */
export function filled<T extends Leaf>(
  rows: T[],
  selected: ReadonlySet<string>,
  fields: Field<T>[],
  start: Start = {},
): { found: Pasted<T>[]; missed: number } {
  const field = fields.find(one => one.edit && (start.key === undefined || one.key === start.key));
  const top = rows.findIndex(row => (start.id === undefined ? selected.has(row.id) : row.id === start.id));
  const first = rows[top];
  if (!field || !first) return { found: [], missed: 0 };
  const now = (start.typed ?? (field.edit?.value(first) || field.text?.(first) || "")).trim();
  const below = now === "" ? [] : rows.slice(top + 1).filter(row => selected.has(row.id));
  return {
    found: below.filter(row => changes(field, row, now)).map(row => ({ row, values: { [field.key]: now } })),
    missed: below.filter(row => field.edit?.value(row) === undefined).length,
  };
}

/**
 * pasted lays a block of a spreadsheet over the rows. A block with a head line goes by the names of the columns: each line to the one
 * row that says the same in all that cannot be changed. A block without goes over the columns that may be changed, row by row from the
 * first of `onto`. Cells that stay as they are are left out; `missed` counts the lines that found no row.
 */
export function pasted<T>(block: string[][], fields: Field<T>[], rows: T[], onto: T[]): { found: Pasted<T>[]; missed: number } {
  const head = block[0]?.map(cell => fields.find(field => field.name === cell.trim()));
  const named = head !== undefined && head.filter(Boolean).length * 2 > head.length;
  const over = named ? head : fields.filter(field => field.edit);
  const lines = (named ? block.slice(1) : block).filter(line => line.some(cell => cell.trim() !== ""));
  const fixed = over.flatMap((field, i) => (field?.text && !field.edit ? [{ i, text: field.text }] : []));
  const whose = (line: string[], nth: number) => {
    if (!named || lines.length === onto.length) return onto[nth];
    const same = rows.filter(row => fixed.every(({ i, text }) => text(row).trim() === (line[i] ?? "").trim()));
    return same.length === 1 ? same[0] : undefined;
  };
  const found: Pasted<T>[] = [];
  let missed = 0;
  lines.forEach((line, nth) => {
    const row = whose(line, nth);
    if (row === undefined) {
      missed++;
      return;
    }
    const values: Record<string, string> = {};
    over.forEach((field, i) => {
      const now = line[i]?.trim();
      if (field && now !== undefined && changes(field, row, now)) values[field.key] = now;
    });
    if (Object.keys(values).length > 0) found.push({ row, values });
  });
  return { found, missed };
}
