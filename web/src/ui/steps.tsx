import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon";
import type { Tone } from "./light";
import css from "./steps.module.css";

export interface Step {
  name: string;
  state: "done" | "now" | "open" | "stopped";
  note?: string;
}

/** Steps is the node bar of a matter: what is behind it, where it stands, what is ahead. */
export function Steps({ steps, label }: { steps: Step[]; label: string }) {
  const { t } = useTranslation();
  return (
    <ol className={css.steps} aria-label={label}>
      {steps.map(step => (
        <li key={step.name} className={css.step} data-state={step.state} aria-current={step.state === "now" ? "step" : undefined}>
          <span className={css.dot}>
            {step.state === "done" && <Icon name="check" size={0.75} />}
            {step.state === "stopped" && <Icon name="close" size={0.75} />}
          </span>
          <span className={css.name}>
            {step.name}
            <span className="hidden">{t(`ui.step.${step.state}`)}</span>
          </span>
          {step.note && <span className={css.note}>{step.note}</span>}
        </li>
      ))}
    </ol>
  );
}

export interface Moment {
  id: string;
  title: ReactNode;
  who?: string;
  when: string;
  tone?: Tone;
  body?: ReactNode;
}

/** Timeline lists what has happened, newest or oldest first as given. */
export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <ol>
      {moments.map(moment => (
        <li key={moment.id} className={css.line} data-tone={moment.tone}>
          <div className={css.lineHead}>
            <strong>{moment.title}</strong>
            {moment.who && <span>{moment.who}</span>}
            <time className={css.when}>{moment.when}</time>
          </div>
          {moment.body && <div className={css.body}>{moment.body}</div>}
        </li>
      ))}
    </ol>
  );
}
