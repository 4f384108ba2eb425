import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import css from "./tip.module.css";

/** The wait before a hovered target explains itself, so that moving across a bar stays quiet. */
const wait = 350;

/** Tip shows a line of text while its child is hovered, focused or held; Esc puts it away (WCAG 1.4.13). */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  const target = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [at, setAt] = useState<DOMRect>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = () => setAt(target.current?.getBoundingClientRect());
  const hide = () => {
    clearTimeout(timer.current);
    setAt(undefined);
  };
  return (
    <span
      ref={target}
      className={css.target}
      onMouseEnter={() => {
        timer.current = setTimeout(show, wait);
      }}
      onMouseLeave={hide}
      onFocus={event => event.target.matches(":focus-visible") && show()}
      onBlur={hide}
      onClick={hide}
      onTouchStart={() => {
        timer.current = setTimeout(show, wait);
      }}
      onTouchEnd={() => clearTimeout(timer.current)}
      onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && at && hide()}
    >
      {children}
      {at && <Bubble text={text} at={at} />}
    </span>
  );
}

/** Bubble stands below its target, above it where the window ends, and never outside. */
function Bubble({ text, at }: { text: string; at: DOMRect }) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: at.left, top: at.bottom + 6 });
  useLayoutEffect(() => {
    const size = box.current?.getBoundingClientRect();
    if (!size) return;
    const below = at.bottom + 6;
    setPlace({
      left: Math.max(8, Math.min(at.left + at.width / 2 - size.width / 2, innerWidth - size.width - 8)),
      top: below + size.height > innerHeight ? at.top - size.height - 6 : below,
    });
  }, [at]);
  return createPortal(
    <div ref={box} className={css.tip} style={place} aria-hidden="true">
      {text}
    </div>,
    document.body,
  );
}
