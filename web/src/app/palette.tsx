import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Hit, type Mark, useSearch } from "../api/search";
import { units } from "../api/units";
import { titled } from "../lib/numbers";
import { paths } from "../lib/path";
import { matches } from "../lib/pinyin";
import { Icon, type IconName } from "../ui/icon";
import { Modal } from "../ui/modal";
import { change, useSettings } from "../ui/settings";
import { type NavKey, places } from "./nav";
import css from "./palette.module.css";
import { stringifySearch } from "./url";

interface Entry {
  id: string;
  group: string;
  label: string;
  note?: string;
  icon: IconName;
  /** Where the words that were looked for stand, in characters. */
  marks?: Mark[];
  excerpt?: { text: string; marks: Mark[] };
  run: () => void;
}

/** Marked is a text with the words that were looked for marked; spans count characters, not units of UTF-16. */
function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  const chars = [...text];
  const parts: ReactNode[] = [];
  let done = 0;
  for (const { from, to } of marks) {
    parts.push(chars.slice(done, from).join(""), <mark key={from}>{chars.slice(from, to).join("")}</mark>);
    done = to;
  }
  return (
    <>
      {parts}
      {chars.slice(done).join("")}
    </>
  );
}

/** Palette finds places and acts by words or pinyin initials; arrows choose, Enter runs. */
export default function Palette({ rail, onClose }: { rail: NavKey[]; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const near = [...useEntries(rail), ...useUnitEntries(rail, text)].filter(entry => matches(entry.label, text));
  const { hits, busy } = useHits(rail, text);
  const entries = [...near, ...hits];
  const current = entries[Math.min(at, entries.length - 1)];
  useEffect(() => {
    if (current) list.current?.querySelector(`[data-id="${current.id}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  function run(entry: Entry) {
    onClose();
    entry.run();
  }
  function key(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && current) run(current);
    else return;
    event.preventDefault();
  }
  return (
    <Modal title={t("palette.title")} open onClose={onClose}>
      <input
        className={css.input}
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        aria-label={t("shell.search")}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t("palette.title")}
        className={css.list}
        hidden={entries.length === 0}
      >
        {entries.map((entry, i) => (
          <div key={entry.id}>
            {entry.group !== entries[i - 1]?.group && (
              <div className={css.group} aria-hidden="true">
                {entry.group}
              </div>
            )}
            <div
              id={`${id}-${entry.id}`}
              data-id={entry.id}
              role="option"
              tabIndex={-1}
              aria-selected={entry === current}
              className={css.item}
              onClick={() => run(entry)}
              onKeyDown={undefined}
              onMouseMove={() => setAt(i)}
            >
              <Icon name={entry.icon} />
              <span className={css.label}>
                {entry.marks ? <Marked text={entry.label} marks={entry.marks} /> : entry.label}
                {entry.excerpt && (
                  <span className={css.excerpt}>
                    <Marked text={entry.excerpt.text} marks={entry.excerpt.marks} />
                  </span>
                )}
              </span>
              {entry.note && <small>{entry.note}</small>}
            </div>
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className={css.group}>{t(busy ? "ui.loading" : "palette.none")}</p>}
      <p className={css.hint}>{t("palette.hint")}</p>
    </Modal>
  );
}

/** useEntries is all that can be found: the places of the rail, the acts of the shell. */
function useEntries(rail: NavKey[]): Entry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const settings = useSettings();
  const go = (to: string) => () => void navigate({ href: to });
  const group = t("palette.go");
  const found = rail.map(
    (key): Entry => ({ id: key, group, label: t(`nav.${key}`), icon: places[key].icon, run: go(places[key].to) }),
  );
  const others: Entry[] = [
    { id: "settings", group, label: t("shell.settings"), icon: "user", run: go("/settings") },
    { id: "help", group, label: t("shell.help"), note: "?", icon: "help", run: go("/help") },
    { id: "reference", group, label: t("reference.title"), icon: "link", run: go("/reference") },
  ];
  const act = t("palette.act");
  const acts: Entry[] = [
    ...(["standard", "large", "huge"] as const).map(
      (text): Entry => ({ id: text, group: act, label: t(`shell.text.${text}`), icon: "text", run: () => change({ text }) }),
    ),
    {
      id: "scheme",
      group: act,
      label: t(settings.scheme === "dark" ? "shell.scheme.light" : "shell.scheme.dark"),
      icon: "eye",
      run: () => change({ scheme: settings.scheme === "dark" ? "light" : "dark" }),
    },
    { id: "print", group: act, label: t("shell.print"), icon: "print", run: () => print() },
  ];
  return [...found, ...others, ...acts];
}

/** So many units are offered; typing more narrows them. */
const most = 8;

/** useUnitEntries leads to the duties of a unit that fits what was typed. */
function useUnitEntries(rail: NavKey[], text: string): Entry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = text.trim() !== "" && rail.includes("ledger");
  const { data } = useQuery({ ...units, enabled: wanted });
  if (!wanted) return [];
  const found = (data ?? []).filter(unit => matches(unit.name, text)).slice(0, most);
  return found.map(unit => ({
    id: unit.id,
    group: t("palette.units"),
    label: unit.name,
    note: t("nav.ledger"),
    icon: "people",
    run: () => void navigate({ href: `/ledger?layout=list&unit_id=${unit.id}` }),
  }));
}

const hitIcons = { task: "tree", plan: "file", notice: "flag", finding: "alert" } as const;

/** addressOf is where a hit is opened: a task among its duties, a finding in its notices. */
function addressOf(hit: Hit): string {
  if (hit.kind === "plan") return paths.plan(hit.id);
  if (hit.kind === "notice") return paths.notice(hit.id);
  if (hit.kind === "finding") return `${paths.notices}?finding_id=${hit.id}`;
  return `${paths.ledger}${stringifySearch({ plan_id: hit.plan_id, layout: "list", ended: "true", q: `task:${hit.id}` })}`;
}

/** useHits are the tasks, plans, notices and findings in which the words stand, the best first. */
function useHits(rail: NavKey[], text: string): { hits: Entry[]; busy: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { items, busy } = useSearch(text, rail.includes("ledger"));
  const hits = items.map(hit => {
    const number = hit.number ? [...titled(hit.number, "")].length : 0;
    return {
      id: `${hit.kind}-${hit.id}`,
      group: t("palette.hits"),
      label: titled(hit.number, hit.title),
      marks: hit.title_spans.map(one => ({ from: one.from + number, to: one.to + number })),
      excerpt: hit.excerpt ? { text: hit.excerpt, marks: hit.excerpt_spans } : undefined,
      note: [t(`palette.kind.${hit.kind}`), hit.unit_name].filter(Boolean).join(" · "),
      icon: hitIcons[hit.kind],
      run: () => void navigate({ href: addressOf(hit) }),
    };
  });
  return { hits, busy };
}
