import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./light.module.css";

export type LightName = "grey" | "green" | "yellow" | "red" | "done";

/** Every light has a shape of its own, so that it reads without colour. */
const shapes: Record<LightName, ReactNode> = {
  grey: <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  green: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  yellow: <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />,
  red: <path d="M1 1h10v10H1z" fill="currentColor" />,
  done: <path d="M1.5 6.5 4.8 9.7 10.5 2.5" fill="none" stroke="currentColor" strokeWidth="2" />,
};

/** Light is a light as colour, shape and word; words replace the standard one ("逾期 6 个工作日"). */
export function Light({ light, words }: { light: LightName; words?: string }) {
  return (
    <span className={`${css.light} ${css[light]}`}>
      <LightShape light={light} />
      {words ?? <Named light={light} />}
    </span>
  );
}

function Named({ light }: { light: LightName }) {
  const { t } = useTranslation();
  return t(`light.${light}`);
}

export function LightShape({ light }: { light: LightName }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={css[light]}>
      {shapes[light]}
    </svg>
  );
}

export type Tone = "plain" | "blue" | "red" | "amber" | "green";

/** Tag is a state or a kind in one word. */
export function Tag({ children, tone = "plain" }: { children: ReactNode; tone?: Tone }) {
  return (
    <span className={css.tag} data-tone={tone}>
      {children}
    </span>
  );
}

/** Progress is done against planned, both in percent; planned is the mark on the track. */
export function Progress({ value, planned, label }: { value: number; planned?: number; label?: string }) {
  const { t } = useTranslation();
  const words = planned === undefined ? t("ui.progress", { value }) : t("ui.progress_planned", { value, planned });
  return <Bar value={value} planned={planned} words={label ? `${label} ${words}` : words} />;
}

/** Bar is the same with its words given, for tables of many rows: it asks nobody for texts. */
export function Bar({ value, planned, words }: { value: number; planned?: number; words: string }) {
  const behind = planned !== undefined && value < planned;
  return (
    <span className={`${css.progress} ${behind ? css.behind : ""}`}>
      <span className={css.track} role="img" aria-label={words}>
        <span className={css.fill} style={{ width: `${clamp(value)}%` }} />
        {planned !== undefined && <span className={css.mark} style={{ left: `${clamp(planned)}%` }} />}
      </span>
      <span className={css.figure} aria-hidden="true">
        {value}%{planned !== undefined && <small> / {planned}%</small>}
      </span>
    </span>
  );
}

const clamp = (n: number) => Math.min(100, Math.max(0, n));
