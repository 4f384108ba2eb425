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
