import { describe, expect, it } from "vitest";
import { childrenOf, type Field, filled, lines, parseTsv, pasted, tsv } from "./tree";

const rows = [
  { id: "a", n: 1 },
  { id: "b", parent: "a", n: 3 },
  { id: "c", parent: "a", n: 2 },
  { id: "d", parent: "gone", n: 0 },
];

describe("lines", () => {
  it("lists a tree in order with depth and place", () => {
    const seen = lines(childrenOf(rows), new Set(), (a, b) => a.n - b.n);
    expect(seen.map(l => `${l.row.id}${l.depth}${l.at}/${l.of}`)).toEqual(["d01/2", "a02/2", "c11/2", "b12/2"]);
  });
  it("leaves out what lies in a shut row", () => {
    expect(lines(childrenOf(rows), new Set(["a"])).map(l => l.row.id)).toEqual(["a", "d"]);
  });
});

describe("clipboard", () => {
  it("keeps quoted cells with tabs, line ends and quotes", () => {
    expect(parseTsv('a\t"b\n""c"""\r\nd\te\r\n')).toEqual([
      ["a", 'b\n"c"'],
      ["d", "e"],
    ]);
  });
  it("writes one line for each row", () => {
    expect(
      tsv([
        ["a", "b\nc"],
        ["d", "e\tf"],
      ]),
    ).toBe("a\tb c\r\nd\te f");
  });
});

describe("pasted", () => {
  interface Line {
    unit: string;
    task: string;
    done: string;
    shut?: boolean;
  }
  const [a, b, c]: Line[] = [
    { unit: "高教处", task: "一", done: "10" },
    { unit: "高教处", task: "二", done: "20" },
    { unit: "职教处", task: "一", done: "30", shut: true },
  ] as const;
  const all = [a!, b!, c!];
  const fields: Field<Line>[] = [
    { key: "unit", name: "单位", text: row => row.unit },
    { key: "task", name: "事项", text: row => row.task },
    { key: "done", name: "进度", text: row => `${row.done}%`, edit: { value: row => (row.shut ? undefined : row.done) } },
  ];
  const lay = (text: string, onto: Line[]) => pasted(parseTsv(text), fields, all, onto);
  it("goes over what may be changed from the first row on", () => {
    expect(lay("15\r\n25\r\n", all)).toEqual({
      found: [
        { row: a, values: { done: "15" } },
        { row: b, values: { done: "25" } },
      ],
      missed: 0,
    });
  });
  it("with a head finds each row by what cannot be changed, in any order", () => {
    expect(lay("进度\t事项\t单位\r\n50\t二\t高教处", [a!, b!]).found).toEqual([{ row: b, values: { done: "50" } }]);
  });
  it("leaves out cells that say the same, and those that may not be changed", () => {
    expect(lay("单位\t事项\t进度\r\n高教处\t一\t10%\r\n高教处\t二\t20\r\n职教处\t一\t90", [])).toEqual({ found: [], missed: 0 });
  });
  it("counts the lines of which nobody knows whose they are", () => {
    expect(lay("单位\t进度\r\n高教处\t60\r\n财务处\t70", [])).toEqual({ found: [], missed: 2 });
  });
  it("counts the lines below the last row", () => {
    expect(lay("15\n25\n35", [b!])).toEqual({ found: [{ row: b, values: { done: "15" } }], missed: 2 });
  });
});

describe("filled", () => {
  interface Line {
    id: string;
    done: string;
    word: string;
    shut?: boolean;
  }
  const [a, b, c, d]: Line[] = [
    { id: "a", done: "10", word: "已启动" },
    { id: "b", done: "20", word: "" },
    { id: "c", done: "30", word: "", shut: true },
    { id: "d", done: "10", word: "" },
  ] as const;
  const all = [a!, b!, c!, d!];
  const fields: Field<Line>[] = [
    { key: "id", name: "编号", text: row => row.id },
    { key: "done", name: "进度", text: row => `${row.done}%`, edit: { value: row => (row.shut ? undefined : row.done) } },
    { key: "word", name: "最新进展", text: row => row.word, edit: { value: row => (row.shut ? undefined : "") } },
  ];
  const every = new Set(["a", "b", "c", "d"]);
  it("takes the first selected row's cell into those below, as a paste would", () => {
    expect(filled(all, every, fields)).toEqual({ found: [{ row: b, values: { done: "10" } }], missed: 1 });
    expect(filled(all, new Set(["b", "d"]), fields).found).toEqual([{ row: d, values: { done: "20" } }]);
  });
  it("goes by the order in sight", () => {
    expect(filled([...all].reverse(), new Set(["a", "b"]), fields).found).toEqual([{ row: a, values: { done: "20" } }]);
  });
  it("takes the column asked for, and what its cell shows where it is typed anew each time", () => {
    expect(filled(all, every, fields, { key: "word" }).found.map(one => one.values)).toEqual([
      { word: "已启动" },
      { word: "已启动" },
    ]);
  });
  it("fills what is being typed into the selected rows below its own", () => {
    expect(filled(all, every, fields, { key: "done", id: "b", typed: " 55 " })).toEqual({
      found: [{ row: d, values: { done: "55" } }],
      missed: 1,
    });
  });
  it("fills from a row that may not be changed, but never into one", () => {
    expect(filled(all, new Set(["c", "d"]), fields).found).toEqual([{ row: d, values: { done: "30%" } }]);
    expect(filled(all, new Set(["a", "c"]), fields)).toEqual({ found: [], missed: 1 });
  });
  it("finds nothing without rows below, without a text, and in a column that is not typed into", () => {
    for (const [rows, start] of [
      [new Set(["a"]), {}],
      [new Set<string>(), {}],
      [new Set(["b", "d"]), { key: "word" }],
      [every, { key: "id" }],
      [every, { key: "done", id: "b", typed: " " }],
    ] as const) {
      expect(filled(all, rows, fields, start)).toEqual({ found: [], missed: 0 });
    }
  });
});
