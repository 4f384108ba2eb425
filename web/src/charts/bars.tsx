import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../ui/button";
import type { LightName } from "../ui/light";
import { Table } from "../ui/table";
import css from "./charts.module.css";

/** Bar of one unit: how many of its duties show which light. */
export interface LightBar {
  key: string;
  name: ReactNode;
  label: string;
  counts: Record<LightName, number>;
}

/** named is what a light is called among bars: red may show long before anything is late, so it is named by its colour. */
const named = (light: LightName) => (light === "red" ? "light.red_early" : `light.${light}`) as "light.red";

export const lightOrder: LightName[] = ["red", "yellow", "green", "grey", "done"];

/** LightBars are stacked bars, one for each unit; patterns tell the lights apart without colour, a table says the same. */
export function LightBars({ bars, label }: { bars: LightBar[]; label: string }) {
  const { t } = useTranslation();
  const [table, setTable] = useState(false);
  const total = (bar: LightBar) => lightOrder.reduce((sum, light) => sum + bar.counts[light], 0);
  const most = Math.max(1, ...bars.map(total));
  if (table) {
    return (
      <>
        <Table
          label={label}
          rows={bars}
          id={bar => bar.key}
          columns={[
            { key: "name", title: t("duty.unit"), phone: "main", cell: bar => bar.name },
            ...lightOrder.map(light => ({
              key: light,
              title: t(named(light)),
              kind: "num" as const,
              cell: (bar: LightBar) => bar.counts[light],
            })),
          ]}
        />
        <TextButton onClick={() => setTable(false)}>{t("ui.chart.chart")}</TextButton>
      </>
    );
  }
  return (
    <>
      <div className={css.bars} role="group" aria-label={label}>
        {bars.map(bar => (
          <Bar key={bar.key} bar={bar} total={total(bar)} most={most} />
        ))}
      </div>
      <div className={css.legend}>
        {lightOrder.map(light => (
          <span key={light}>
            <i className={css[light]} />
            {t(named(light))}
          </span>
        ))}
        <TextButton onClick={() => setTable(true)}>{t("ui.chart.table")}</TextButton>
      </div>
    </>
  );
}

function Bar({ bar, total, most }: { bar: LightBar; total: number; most: number }) {
  const { t } = useTranslation();
  const words = lightOrder.filter(light => bar.counts[light] > 0).map(light => `${t(named(light))} ${bar.counts[light]}`);
  return (
    <>
      <span className={css.name}>{bar.name}</span>
      <span className={css.track} role="img" aria-label={`${bar.label}: ${words.join(", ")}`} title={words.join("  ")}>
        {lightOrder.map(
          light =>
            bar.counts[light] > 0 && (
              <span
                key={light}
                className={`${css.part} ${css[light]}`}
                style={{ width: `${(bar.counts[light] / most) * 100}%` }}
              />
            ),
        )}
      </span>
      <span className={css.total}>{total}</span>
    </>
  );
}
