import { expect, it } from "vitest";
import { linesOf, piecesOf } from "./source";

it("cuts by characters, also beyond the basic plane, and loses nothing", () => {
  const text = "\u{20BB7}ab\ncd";
  const pieces = piecesOf(text, [
    { id: "2", span: { start: 4, end: 6 } },
    { id: "1", span: { start: 0, end: 2 } },
  ]);
  expect(pieces.map(piece => [piece.text, piece.task?.id])).toEqual([
    ["\u{20BB7}a", "1"],
    ["b\n", undefined],
    ["cd", "2"],
  ]);
  expect(pieces.map(piece => piece.text).join("")).toBe(text);
});

it("lines keep every character and break where the text breaks", () => {
  const text = "ab\n\ncd\nef";
  const lines = linesOf(piecesOf(text, [{ id: "x", span: { start: 1, end: 6 } }] as never));
  expect(lines.map(line => line.map(piece => piece.text).join("")).join("\n")).toBe(text);
  expect(lines.map(line => line.length)).toEqual([2, 0, 1, 1]);
});
