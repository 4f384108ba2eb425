import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { Task } from "../../api/duties";
import css from "./plan.module.css";

interface Piece {
  text: string;
  task?: Task;
}

/** Up to so many lines the whole text stands in the document, where the browser's own search finds it. */
const whole = 400;
/** A line is about so high before it is measured, in pixels. */
const guess = 50;

interface Props {
  text: string;
  tasks: Task[];
  chosen?: string;
  onChoose: (id: string) => void;
}

/** Source is the document's text; every stretch that a node came from can be chosen, the rest stands in grey. */
export function Source({ text, tasks, chosen, onChoose }: Props) {
  const lines = useMemo(() => linesOf(piecesOf(text, tasks)), [text, tasks]);
  const Shown = lines.length > whole ? Window : All;
  return <Shown lines={lines} chosen={chosen} onChoose={onChoose} />;
}

interface Lines {
  lines: Piece[][];
  chosen?: string;
  onChoose: (id: string) => void;
}

function All({ lines, chosen, onChoose }: Lines) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = chosen && box.current?.querySelector<HTMLElement>(`[data-task="${chosen}"]`);
    const pane = box.current?.parentElement;
    if (mark && pane)
      pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }, [chosen]);
  return (
    <div ref={box} className={css.text}>
      {lines.map((line, i) => (
        <Line key={i} line={line} chosen={chosen} onChoose={onChoose} />
      ))}
    </div>
  );
}

/** Window holds only the lines in sight in the document. */
function Window({ lines, chosen, onChoose }: Lines) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current?.parentElement ?? null,
    estimateSize: () => guess,
    overscan: 10,
  });
  const at = chosen ? lines.findIndex(line => line.some(piece => piece.task?.id === chosen)) : -1;
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "center" });
  }, [at, virtual]);
  return (
    <div ref={box} className={css.text} style={{ position: "relative", height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start, key }) => (
        <div
          key={key}
          ref={virtual.measureElement}
          data-index={index}
          style={{ position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
        >
          <Line line={lines[index] ?? []} chosen={chosen} onChoose={onChoose} />
        </div>
      ))}
    </div>
  );
}

function Line({ line, chosen, onChoose }: { line: Piece[]; chosen?: string; onChoose: (id: string) => void }) {
  return (
    <div className={css.line}>
      {line.map((piece, i) =>
        piece.task ? (
          <button
            key={i}
            type="button"
            className={css.span}
            data-task={piece.task.id}
            aria-pressed={piece.task.id === chosen}
            onClick={() => onChoose(piece.task?.id ?? "")}
          >
            {piece.text}
          </button>
        ) : (
          <span key={i} className={css.rest}>
            {piece.text}
          </span>
        ),
      )}
    </div>
  );
}

/** linesOf breaks the pieces at the ends of lines; an empty line is a line without pieces. */
export function linesOf(pieces: Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split("\n").forEach((text, i) => {
      if (i > 0) lines.push([]);
      if (text !== "") lines[lines.length - 1]?.push({ ...piece, text });
    });
  }
  return lines;
}

/** piecesOf cuts the text at the spans of the nodes; spans count characters, not code units. Where spans overlap the first holds. */
export function piecesOf(text: string, tasks: Pick<Task, "id" | "span">[]): Piece[] {
  const chars = Array.from(text);
  const pieces: Piece[] = [];
  let at = 0;
  const spans = (tasks as Task[]).filter(task => task.span).sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  for (const task of spans) {
    const start = Math.max(at, task.span?.start ?? 0);
    const end = task.span?.end ?? 0;
    if (end <= start) continue;
    if (start > at) pieces.push({ text: chars.slice(at, start).join("") });
    pieces.push({ text: chars.slice(start, end).join(""), task });
    at = end;
  }
  if (at < chars.length) pieces.push({ text: chars.slice(at).join("") });
  return pieces;
}
