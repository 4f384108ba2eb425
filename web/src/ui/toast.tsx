import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon";
import css from "./toast.module.css";

interface Toast {
  id: number;
  text: string;
  kind: "done" | "error";
  undo?: () => void;
}

/** How long a message stays: an undo can be taken for ten seconds. */
const stay = { plain: 5000, undo: 10_000 };

let toasts: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

function close(id: number) {
  set(toasts.filter(toast => toast.id !== id));
}

/** toast says in a line what has happened; undo takes the act back while the line is there. Errors stay until closed. */
export function toast(text: string, more: { undo?: () => void; kind?: "done" | "error" } = {}) {
  const id = ++last;
  const kind = more.kind ?? "done";
  set([...toasts.slice(-2), { id, text, kind, undo: more.undo }]);
  if (kind !== "error") setTimeout(() => close(id), more.undo ? stay.undo : stay.plain);
}

/** Toasts is the place of the messages, a live region. */
export function Toasts() {
  const { t } = useTranslation();
  const all = useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className={`${css.place} no-print`} role="status" aria-live="polite">
      {all.map(item => (
        <div key={item.id} className={css.toast} data-kind={item.kind}>
          <Icon name={item.kind === "error" ? "alert" : "check"} />
          <p>{item.text}</p>
          {item.undo && (
            <button
              type="button"
              onClick={() => {
                item.undo?.();
                close(item.id);
              }}
            >
              {t("ui.undo")}
            </button>
          )}
          <button type="button" data-close aria-label={t("ui.close")} onClick={() => close(item.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
