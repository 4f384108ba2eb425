import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../api/ledger";
import { Problem } from "../../api/problem";
import { Icon } from "../../ui/icon";
import { complete, type Suggestion, suggestions } from "./query";
import css from "./query.module.css";

/** The question waits so long after the last key before it goes into the address. */
const rest = 400;

/** faultOf is what is wrong with the question, and at which character, from 1. */
export function faultOf(error: unknown): { message: string; at: number } | undefined {
  if (!(error instanceof Problem)) return undefined;
  const fault = error.fields.find(field => field.code.startsWith("query."));
  return fault && { message: fault.message, at: Number(fault.params?.position ?? 1) };
}

/** QueryField takes a question in the query language, completes its words and shows where it goes wrong. */
export function QueryField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: unknown }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(-1);
  const composing = useRef(false);
  const words = useLanguage(i18n.language).data?.items ?? [];
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value || composing.current) return;
    const timer = setTimeout(() => onChange(text), rest);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  const offered = open ? suggestions(text, caret, words) : [];
  const fault = faultOf(error);

  function pick(one: Suggestion) {
    const next = complete(text, caret, one);
    setText(next.text);
    setCaret(next.caret);
    setAt(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  }
  function key(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const one = offered[at];
    if (event.key === "ArrowDown" && offered.length > 0) setAt((at + 1) % offered.length);
    else if (event.key === "ArrowUp" && offered.length > 0) setAt((at - 1 + offered.length) % offered.length);
    else if ((event.key === "Enter" || event.key === "Tab") && one) pick(one);
    else if (event.key === "Enter") {
      setOpen(false);
      onChange(text);
    } else if (event.key === "Escape" && open) setOpen(false);
    else return;
    event.preventDefault();
  }
  return (
    <div className={css.box}>
      <label className={css.find} data-wrong={fault ? true : undefined}>
        <Icon name="search" />
        <span className="hidden">{t("ledger.find")}</span>
        <input
          ref={input}
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          maxLength={400}
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={offered[at] ? `${id}-${at}` : undefined}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
          value={text}
          placeholder={t("ledger.find_hint")}
          onChange={event => {
            setText(event.currentTarget.value);
            setCaret(event.currentTarget.selectionStart ?? 0);
            setOpen(true);
            setAt(-1);
          }}
          onSelect={event => setCaret(event.currentTarget.selectionStart ?? 0)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onCompositionStart={() => {
            composing.current = true;
          }}
          onCompositionEnd={event => {
            composing.current = false;
            setText(`${event.currentTarget.value}`);
            onChange(event.currentTarget.value);
          }}
          onKeyDown={key}
        />
        {text !== "" && (
          <button
            type="button"
            className={css.clear}
            aria-label={t("ui.clear")}
            onClick={() => {
              setText("");
              onChange("");
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </label>
      {offered.length > 0 && (
        <div id={`${id}-list`} role="listbox" aria-label={t("ledger.suggestions")} className={css.list}>
          {offered.map((one, i) => (
            <div
              key={one.text}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              className={css.option}
              onMouseDown={event => {
                event.preventDefault();
                pick(one);
              }}
            >
              {one.text}
              {one.hint && <small>{one.hint}</small>}
            </div>
          ))}
        </div>
      )}
      {fault && (
        <p id={`${id}-fault`} role="alert" className={css.fault}>
          <span aria-hidden="true" className={css.spot}>
            {[...text].slice(0, fault.at - 1).join("")}
            <mark>{[...text][fault.at - 1] ?? " "}</mark>
            {[...text].slice(fault.at).join("")}
          </span>
          {fault.message}
        </p>
      )}
    </div>
  );
}
