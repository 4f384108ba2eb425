import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../ui/button";
import { Table } from "../ui/table";
import css from "./line.module.css";

/** Point is one month: a share that was planned, and, up to now, the share that was reached; both in percent. */
export interface Point {
  key: string;
  name: string;
  planned: number;
  reached?: number;
}

/** Lines are two lines over the months of a year: a dashed one for the plan, a solid one with marks for what was reached. A table says the same. */
export function Lines({
  points,
  label,
  names,
  head,
}: {
  points: Point[];
  label: string;
  names: { planned: string; reached: string };
  head: string;
}) {
  const { t } = useTranslation();
  const [table, setTable] = useState(false);
  if (table) {
    return (
      <>
        <Table
          label={label}
          rows={points}
          id={point => point.key}
          columns={[
            { key: "month", title: head, phone: "main", cell: point => point.name },
            { key: "reached", title: names.reached, kind: "num", cell: point => percent(point.reached) },
            { key: "planned", title: names.planned, kind: "num", cell: point => percent(point.planned) },
          ]}
        />
        <TextButton onClick={() => setTable(false)}>{t("ui.chart.chart")}</TextButton>
      </>
    );
  }
  const x = (i: number) => ((i + 0.5) / points.length) * 100;
  const reached = points.flatMap((point, i) => (point.reached === undefined ? [] : [{ x: x(i), y: point.reached }]));
  const path = (all: { x: number; y: number }[]) => all.map(one => `${one.x},${100 - one.y}`).join(" ");
  return (
    <>
      <div className={css.chart} role="img" aria-label={label}>
        <div className={css.scale} aria-hidden="true">
          {[100, 50, 0].map(n => (
            <span key={n}>{n}%</span>
          ))}
        </div>
        <div className={css.field}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {[0, 50, 100].map(y => (
              <line key={y} x1="0" x2="100" y1={y} y2={y} className={css.rule} />
            ))}
            <polyline points={path(points.map((point, i) => ({ x: x(i), y: point.planned })))} className={css.planned} />
            <polyline points={path(reached)} className={css.reached} />
          </svg>
          {reached.map(one => (
            <i key={one.x} style={{ left: `${one.x}%`, bottom: `${one.y}%` }} />
          ))}
        </div>
        <div className={css.months} aria-hidden="true">
          {points.map(point => (
            <span key={point.key}>{Number(point.key.slice(5))}</span>
          ))}
        </div>
      </div>
      <div className={css.legend}>
        <Sample css={css.reached} name={names.reached} />
        <Sample css={css.planned} name={names.planned} />
        <TextButton onClick={() => setTable(true)}>{t("ui.chart.table")}</TextButton>
      </div>
    </>
  );
}

const percent = (n: number | undefined): ReactNode => (n === undefined ? undefined : `${n}%`);

function Sample({ css: line, name }: { css?: string; name: string }) {
  return (
    <span>
      <svg viewBox="0 0 24 4" aria-hidden="true">
        <line x1="0" x2="24" y1="2" y2="2" className={line} />
      </svg>
      {name}
    </span>
  );
}
