import type { ReactNode } from "react";
import css from "./charts.module.css";

/** Funnel is how many got how far, each step as a bar with its number. */
export function Funnel({ steps, label }: { steps: { name: ReactNode; key: string; n: number }[]; label: string }) {
  const most = Math.max(1, ...steps.map(step => step.n));
  return (
    <div className={css.funnel} role="group" aria-label={label}>
      {steps.map(step => (
        <div key={step.key}>
          <span>{step.name}</span>
          <b style={{ width: `${(step.n / most) * 100}%` }} aria-hidden="true" />
          <span className={css.total}>{step.n}</span>
        </div>
      ))}
    </div>
  );
}
