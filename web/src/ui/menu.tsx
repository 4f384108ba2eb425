import { cloneElement, type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from "react";
import { Icon, type IconName } from "./icon";
import css from "./menu.module.css";

export interface MenuItem {
  label: string;
  onPick?: () => void;
  icon?: IconName;
  /** Why it is not possible now: the entry stays and says so. */
  reason?: string;
  checked?: boolean;
  danger?: boolean;
}

export interface MenuGroup {
  title?: string;
  items: MenuItem[];
}

/** Menu opens a list of acts at its target: arrows move, Enter picks, Esc closes and focus returns (WAI-ARIA menu button). */
export function Menu({
  target,
  groups,
  left,
}: {
  target: ReactElement<Record<string, unknown>>;
  groups: MenuGroup[];
  left?: boolean;
}) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    items(root.current)[0]?.focus();
    const away = (event: PointerEvent) => !root.current?.contains(event.target as Element) && setOpen(false);
    addEventListener("pointerdown", away);
    return () => removeEventListener("pointerdown", away);
  }, [open]);

  function close() {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  }
  function key(event: KeyboardEvent) {
    if (!open) return;
    const all = items(root.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div ref={root} className={css.root} onKeyDown={key}>
      {cloneElement(target, {
        onClick: () => setOpen(!open),
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
      })}
      {open && (
        <div id={id} role="menu" className={css.list} data-left={left || undefined}>
          {groups.map((group, i) => (
            <div key={i} role="group" aria-label={group.title}>
              {i > 0 && <div className={css.line} />}
              {group.title && <div className={css.group}>{group.title}</div>}
              {group.items.map(item => (
                <Item key={item.label} item={item} onDone={close} />
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  return (
    <button
      type="button"
      role={item.checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={item.checked}
      aria-disabled={item.reason ? true : undefined}
      tabIndex={-1}
      className={css.item}
      data-danger={item.danger || undefined}
      onClick={() => {
        if (item.reason) return;
        onDone();
        item.onPick?.();
      }}
    >
      {item.checked ? <Icon name="check" /> : item.icon ? <Icon name={item.icon} /> : <span />}
      <span>{item.label}</span>
      {item.reason && <span className={css.note}>{item.reason}</span>}
    </button>
  );
}
