import { describe, expect, it } from "vitest";
import { childrenOf, lines, parseTsv, tsv } from "./tree";

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
