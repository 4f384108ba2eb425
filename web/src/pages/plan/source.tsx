import { useEffect, useMemo, useRef } from "react";
import type { Task } from "../../api/duties";
import css from "./plan.module.css";

interface Piece {
  text: string;
  task?: Task;
}

/** Source is the document's text; every stretch that a node came from can be chosen, the rest stands in grey. */
export function Source({
  text,
  tasks,
  chosen,
  onChoose,
}: {
  text: string;
  tasks: Task[];
  chosen?: string;
  onChoose: (id: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const pieces = useMemo(() => piecesOf(text, tasks), [text, tasks]);
  useEffect(() => {
    const mark = chosen && box.current?.querySelector<HTMLElement>(`[data-task="${chosen}"]`);
    const pane = box.current?.parentElement;
    if (mark && pane)
      pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }, [chosen]);
  return (
    <div ref={box} className={css.text}>
      {pieces.map((piece, i) =>
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
