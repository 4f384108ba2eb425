/** Vertex is what is drawn as a box; boxes of one group stand in one band. */
export interface Vertex {
  id: string;
  group: string;
}

/** Arrow says that `to` waits for `from`. */
export interface Arrow {
  from: string;
  to: string;
}

/** Spot is a place in the drawing: column from the left, row from the top. */
export interface Spot {
  column: number;
  row: number;
}

/** Band is the stretch of rows that belongs to a group. */
export interface Band {
  group: string;
  row: number;
  rows: number;
}

export interface Layout {
  spots: Map<string, Spot>;
  bands: Band[];
  columns: number;
  rows: number;
}

/**
 * layout puts every box to the right of all that it waits for (column = longest way to it) and each group into a band of its own,
 * in the order in which the groups come. Inside a band a box stands as near as it can to the rows of what it waits for.
 */
export function layout(vertices: Vertex[], arrows: Arrow[]): Layout {
  const net = netOf(vertices, arrows);
  const column = columnsOf(vertices, net);
  const spots = new Map<string, Spot>();
  const bands: Band[] = [];
  let top = 0;
  for (const group of new Set(vertices.map(one => one.group))) {
    const members = vertices.filter(one => one.group === group);
    const rows = placeBand(members, net, column, spots, top);
    bands.push({ group, row: top, rows });
    top += rows;
  }
  return { spots, bands, columns: Math.max(0, ...column.values()) + (vertices.length > 0 ? 1 : 0), rows: top };
}

/** Net is who stands directly before and after whom. */
export interface Net {
  before: Map<string, string[]>;
  after: Map<string, string[]>;
}

/** netOf keeps the arrows between boxes that are there. */
export function netOf(vertices: { id: string }[], arrows: Arrow[]): Net {
  const net: Net = { before: new Map(), after: new Map() };
  for (const { id } of vertices) {
    net.before.set(id, []);
    net.after.set(id, []);
  }
  for (const { from, to } of arrows) {
    if (from === to || !net.after.has(from) || !net.before.has(to)) continue;
    net.after.get(from)?.push(to);
    net.before.get(to)?.push(from);
  }
  return net;
}

/** columnsOf counts the longest way to each box; boxes of a circle, which the server refuses, stay in the first column. */
function columnsOf(vertices: Vertex[], { before, after }: Net): Map<string, number> {
  const column = new Map(vertices.map(one => [one.id, 0]));
  const open = new Map(vertices.map(one => [one.id, before.get(one.id)?.length ?? 0]));
  const ready = vertices.filter(one => open.get(one.id) === 0).map(one => one.id);
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    for (const next of after.get(id) ?? []) {
      column.set(next, Math.max(column.get(next) ?? 0, (column.get(id) ?? 0) + 1));
      const left = (open.get(next) ?? 0) - 1;
      open.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return column;
}

/** placeBand places one group from the row `top` on, column by column, and tells how many rows it took. */
function placeBand(members: Vertex[], net: Net, column: Map<string, number>, spots: Map<string, Spot>, top: number): number {
  const byColumn = new Map<number, string[]>();
  for (const { id } of members) {
    const at = column.get(id) ?? 0;
    byColumn.set(at, [...(byColumn.get(at) ?? []), id]);
  }
  let rows = 0;
  for (const at of [...byColumn.keys()].sort((a, b) => a - b)) {
    const wish = new Map((byColumn.get(at) ?? []).map(id => [id, wished(net.before.get(id) ?? [], spots, top)]));
    let free = top;
    for (const id of [...wish.keys()].sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))) {
      const row = Math.max(free, Math.floor(wish.get(id) ?? top));
      spots.set(id, { column: at, row });
      free = row + 1;
      rows = Math.max(rows, free - top);
    }
  }
  return rows;
}

/** wished is the mean row of what a box waits for, as far as that stands in the same band; without any, the first row. */
function wished(before: string[], spots: Map<string, Spot>, top: number): number {
  const rows = before.map(id => spots.get(id)?.row ?? -1).filter(row => row >= top);
  return rows.length === 0 ? top : rows.reduce((sum, row) => sum + row, 0) / rows.length;
}

/** reach is all that can be got to from a box along one direction of the net, the box left out. */
export function reach(id: string, along: Map<string, string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...(along.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id || found.has(next)) continue;
    found.add(next);
    open.push(...(along.get(next) ?? []));
  }
  return found;
}
