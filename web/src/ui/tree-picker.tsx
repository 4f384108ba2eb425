import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Paper.css";
import { Input, Popover } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { matches } from "../lib/pinyin";
import { described, type FieldProps, Wrap } from "./field";
import fieldCss from "./field.module.css";
import { Icon } from "./icon";
import css from "./tree-picker.module.css";

/** Node is one place in a tree given as a flat list; parents come before their children. */
export interface Node {
  id: string;
  parent?: string;
  label: string;
  /** Other words it is found by: short names, codes. */
  also?: string;
  disabled?: boolean;
}

interface Shown extends Node {
  depth: number;
  inner: boolean;
  path: string;
}

/** shown lists what is in sight: the open part of the tree, or all that match the search with their path. */
function shown(nodes: Node[], open: ReadonlySet<string>, search: string): Shown[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const inner = new Set(nodes.map(node => node.parent));
  const above = (node: Node): Node[] => {
    const parent = node.parent ? byId.get(node.parent) : undefined;
    return parent ? [...above(parent), parent] : [];
  };
  const rows = nodes.map(node => ({ node, line: above(node) }));
  const kept = search
    ? rows.filter(({ node }) => matches(node.label, search) || (node.also && matches(node.also, search)))
    : rows.filter(({ line }) => line.every(parent => open.has(parent.id)));
  return kept.slice(0, 300).map(({ node, line }) => ({
    ...node,
    depth: search ? 0 : line.length,
    inner: inner.has(node.id),
    path: search ? line.map(parent => parent.label).join(" / ") : "",
  }));
}

/**
 * TreePicker picks a unit: typing finds by name, short name or pinyin initials; arrows move, right and left open and close,
 * Enter picks, Esc closes. A screen reader follows through aria-activedescendant.
 */
export function TreePicker(p: FieldProps & { nodes: Node[]; value: string; onChange: (id: string) => void; loading?: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const chosen = p.nodes.find(node => node.id === p.value);
  const roots = useMemo(() => p.nodes.filter(node => !node.parent).map(node => node.id), [p.nodes]);
  const [search, setSearch] = useState<string>();
  const [folds, setFolds] = useState<ReadonlySet<string>>();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const unfolded = folds ?? new Set(roots);
  const rows = open ? shown(p.nodes, unfolded, search ?? "") : [];
  const current = rows[Math.min(at, rows.length - 1)];
  useEffect(() => {
    if (current) list.current?.querySelector(`[data-id="${current.id}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  function fold(node: Shown, out: boolean) {
    const next = new Set(unfolded);
    if (out) next.add(node.id);
    else next.delete(node.id);
    setFolds(next);
  }
  function pick(node: Shown) {
    if (node.disabled) return;
    p.onChange(node.id);
    setOpen(false);
    setSearch(undefined);
  }
  function key(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (!open && ["ArrowDown", "Enter"].includes(event.key)) {
      event.preventDefault();
      return setOpen(true);
    }
    const acts: Record<string, () => void> = {
      ArrowDown: () => setAt(Math.min(at + 1, rows.length - 1)),
      ArrowUp: () => setAt(Math.max(at - 1, 0)),
      Enter: () => current && pick(current),
      Escape: () => {
        setOpen(false);
        setSearch(undefined);
      },
    };
    if (!search && current?.inner) {
      if (event.key === "ArrowRight" && !unfolded.has(current.id)) acts.ArrowRight = () => fold(current, true);
      if (event.key === "ArrowLeft" && unfolded.has(current.id)) acts.ArrowLeft = () => fold(current, false);
    }
    const act = acts[event.key];
    if (!act || !open) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  return (
    <Wrap {...p} id={id}>
      <Popover opened={open} position="bottom-start" width="target" shadow="md" trapFocus={false} withRoles={false}>
        <Popover.Target>
          <Input
            id={id}
            role="combobox"
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={open && current ? `${id}-${current.id}` : undefined}
            value={search ?? chosen?.label ?? ""}
            error={Boolean(p.error)}
            classNames={{ input: fieldCss.input }}
            rightSection={<Icon name="down" />}
            autoComplete="off"
            onFocus={event => event.currentTarget.select()}
            onClick={() => setOpen(true)}
            onBlur={() => {
              setOpen(false);
              setSearch(undefined);
            }}
            onChange={event => {
              setSearch(event.currentTarget.value);
              setAt(0);
              setOpen(true);
            }}
            onKeyDown={key}
            {...described(id, p)}
          />
        </Popover.Target>
        <Popover.Dropdown>
          <div ref={list} id={`${id}-list`} role="listbox" aria-label={p.label} className={css.list}>
            {rows.length === 0 && <div className={css.none}>{p.loading ? t("ui.loading") : t("ui.nothing_found")}</div>}
            {rows.map(node => (
              <div
                key={node.id}
                id={`${id}-${node.id}`}
                data-id={node.id}
                role="option"
                tabIndex={-1}
                aria-selected={node.id === p.value}
                aria-disabled={node.disabled || undefined}
                data-at={node.id === current?.id || undefined}
                className={css.option}
                style={{ paddingLeft: `${0.5 + node.depth * 1.25}rem` }}
                onMouseDown={event => event.preventDefault()}
                onClick={() => pick(node)}
                onKeyDown={undefined}
              >
                {!search && (
                  <span
                    className={css.fold}
                    data-open={unfolded.has(node.id) || undefined}
                    aria-hidden="true"
                    onClick={event => {
                      event.stopPropagation();
                      fold(node, !unfolded.has(node.id));
                    }}
                  >
                    {node.inner && <Icon name="chevron" size={0.75} />}
                  </span>
                )}
                <span>{node.label}</span>
                {node.path && <span className={css.path}>{node.path}</span>}
              </div>
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
    </Wrap>
  );
}
