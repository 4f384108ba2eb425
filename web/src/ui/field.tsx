import "@mantine/core/styles/Input.css";
import { Input } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import css from "./field.module.css";

/** What every field has: a label above, an optional line of help, the error of its last check. */
export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  name?: string;
}

/** Wrap puts label, help and error around an input and ties them to it. */
export function Wrap({
  label,
  hint,
  error,
  required,
  id,
  foot,
  children,
}: FieldProps & { id: string; foot?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div>
      <label className={css.label} htmlFor={id}>
        {label}
        {required && <span className={css.need}>{t("ui.required")}</span>}
      </label>
      {hint && (
        <p className={css.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {foot}
      {error && (
        <p className={css.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** described ties help and error to the input. */
export function described(id: string, p: FieldProps) {
  const parts = [p.hint && `${id}-hint`, p.error && `${id}-error`].filter(Boolean);
  return {
    "aria-describedby": parts.join(" ") || undefined,
    "aria-invalid": p.error ? true : undefined,
    "aria-required": p.required || undefined,
  } as const;
}

export interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  max?: number;
  type?: "text" | "search" | "password" | "tel" | "email";
  autoComplete?: string;
  autoFocus?: boolean;
  disabled?: boolean;
}

/** TextField is one line of text. */
export function TextField(p: TextProps) {
  const id = useId();
  return (
    <Wrap {...p} id={id}>
      <Input
        id={id}
        name={p.name}
        type={p.type ?? "text"}
        value={p.value}
        maxLength={p.max}
        autoComplete={p.autoComplete ?? "off"}
        data-autofocus={p.autoFocus || undefined}
        disabled={p.disabled}
        error={Boolean(p.error)}
        classNames={{ input: css.input }}
        onChange={event => p.onChange(event.currentTarget.value)}
        onBlur={p.onBlur}
        {...described(id, p)}
      />
    </Wrap>
  );
}

/** TextArea is a text of several lines with a counter where there is a limit. */
export function TextArea(p: TextProps & { rows?: number; min?: number }) {
  const { t } = useTranslation();
  const id = useId();
  const length = [...p.value].length;
  const short = p.min !== undefined && length < p.min;
  const foot = (p.max || p.min) && (
    <div className={css.foot}>
      <span>{short ? t("ui.at_least", { n: p.min }) : ""}</span>
      <span>{p.max ? t("ui.count_of", { n: length, max: p.max }) : t("ui.count", { n: length })}</span>
    </div>
  );
  return (
    <Wrap {...p} id={id} foot={foot}>
      <Input
        component="textarea"
        id={id}
        name={p.name}
        rows={p.rows ?? 4}
        value={p.value}
        maxLength={p.max}
        data-autofocus={p.autoFocus || undefined}
        error={Boolean(p.error)}
        classNames={{ input: `${css.input} ${css.area}` }}
        onChange={event => p.onChange(event.currentTarget.value)}
        onBlur={p.onBlur}
        {...described(id, p)}
      />
    </Wrap>
  );
}

/** NumberField is a number with its unit; "" is no number. Arrow keys step it, the wheel does not. */
export function NumberField(
  p: Omit<TextProps, "value" | "onChange" | "max" | "type"> & {
    value: number | "";
    onChange: (value: number | "") => void;
    min?: number;
    max?: number;
    step?: number;
    unit?: string;
  },
) {
  const id = useId();
  return (
    <Wrap {...p} id={id}>
      <Input
        id={id}
        name={p.name}
        type="number"
        inputMode="decimal"
        value={p.value}
        min={p.min}
        max={p.max}
        step={p.step ?? "any"}
        error={Boolean(p.error)}
        classNames={{ input: css.input }}
        rightSection={p.unit}
        rightSectionWidth={p.unit ? `${Math.max(2, p.unit.length + 1)}rem` : undefined}
        onWheel={event => event.currentTarget.blur()}
        onChange={event => p.onChange(event.currentTarget.value === "" ? "" : Number(event.currentTarget.value))}
        onBlur={p.onBlur}
        {...described(id, p)}
      />
    </Wrap>
  );
}

/** PercentField is a slider with the number beside it; planned marks where the work should be by now. */
export function PercentField(p: FieldProps & { value: number; onChange: (value: number) => void; planned?: number }) {
  const { t } = useTranslation();
  const id = useId();
  const set = (text: string) => p.onChange(Math.min(100, Math.max(0, Math.round(Number(text) || 0))));
  return (
    <Wrap {...p} id={id}>
      <div className={css.slider}>
        <div className={css.range} style={{ paddingBottom: p.planned === undefined ? 0 : "1rem" }}>
          <input
            type="range"
            min={0}
            max={100}
            value={p.value}
            aria-label={p.label}
            onChange={event => set(event.currentTarget.value)}
          />
          {p.planned !== undefined && (
            <span className={css.planned} style={{ left: `${p.planned}%` }}>
              ▴ {t("ui.planned", { n: p.planned })}
            </span>
          )}
        </div>
        <Input
          id={id}
          type="number"
          min={0}
          max={100}
          value={p.value}
          rightSection="%"
          classNames={{ input: css.input }}
          onChange={event => set(event.currentTarget.value)}
          {...described(id, p)}
        />
      </div>
    </Wrap>
  );
}

/** Check is one box with its sentence. */
export function Check({
  label,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className={css.check}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={event => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Radios is a choice of one among few, all in sight. */
export function Radios<T extends string>(
  p: FieldProps & { value: T | ""; onChange: (value: T) => void; options: { value: T; label: ReactNode }[]; inline?: boolean },
) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset role="radiogroup" className={css.group} {...described(id, p)}>
      <legend className={css.label}>
        {p.label}
        {p.required && <span className={css.need}>{t("ui.required")}</span>}
      </legend>
      {p.hint && (
        <p className={css.hint} id={`${id}-hint`}>
          {p.hint}
        </p>
      )}
      <div className={p.inline ? `${css.options} ${css.inline}` : css.options}>
        {p.options.map(option => (
          <label key={option.value} className={css.check}>
            <input type="radio" name={id} checked={p.value === option.value} onChange={() => p.onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {p.error && (
        <p className={css.error} id={`${id}-error`} role="alert">
          {p.error}
        </p>
      )}
    </fieldset>
  );
}
