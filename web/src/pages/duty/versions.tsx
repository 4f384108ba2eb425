import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { percent } from "../../api/duties";
import { useOne } from "../../api/read";
import { type Indicator, useIndicators } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { instant } from "../../lib/dates";
import { Prose } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Modal } from "../../ui/modal";
import css from "./versions.module.css";

type Report = Schemas["Report"];

interface Line {
  key: string;
  name: string;
  old: string;
  fresh: string;
}

/** Versions puts a corrected report and its correction side by side, line by line, and marks what differs. */
export function Versions({ correction, onClose }: { correction: Report; onClose: () => void }) {
  const { t } = useTranslation();
  const old = useOne(["report", correction.corrects_id], signal =>
    take(api.GET("/api/v1/reports/{id}", { signal, params: { path: { id: correction.corrects_id ?? "" } } })),
  );
  const known = useIndicators((correction.figures?.length ?? 0) > 0);
  const lines = useLines(known.data ?? []);
  return (
    <Modal wide open title={t("version.title")} onClose={onClose}>
      <Loaded query={old}>
        {before => (
          <div className={css.versions}>
            <div className={css.pair}>
              <strong>{titleOf(before)}</strong>
              <strong>{titleOf(correction)}</strong>
            </div>
            {lines(before, correction).map(line => (
              <section key={line.key} aria-label={line.name}>
                <h3>
                  {line.name} {line.old !== line.fresh && <Tag tone="amber">{t("version.changed")}</Tag>}
                </h3>
                <div className={css.pair}>
                  <Prose>{line.old || "—"}</Prose>
                  <Prose>{line.fresh || "—"}</Prose>
                </div>
              </section>
            ))}
          </div>
        )}
      </Loaded>
    </Modal>
  );
  function titleOf(report: Report) {
    const at = report.confirmed_at ? t("version.confirmed", { at: instant(report.confirmed_at) }) : t("version.open");
    return t("version.number", { n: report.revision, at });
  }
}

function useLines(indicators: Indicator[]): (old: Report, fresh: Report) => Line[] {
  const { t } = useTranslation();
  const named = usePeriod();
  return (old, fresh) => {
    const texts = [
      ["responsible", old.responsible, fresh.responsible],
      ["measures", old.measures, fresh.measures],
      ["narrative", old.narrative, fresh.narrative],
      ["problems", old.problems, fresh.problems],
      ["next_steps", old.next_steps, fresh.next_steps],
    ] as const;
    const keys = [...new Set([...(old.figures ?? []), ...(fresh.figures ?? [])].map(one => `${one.indicator_id} ${one.period}`))];
    const figure = (report: Report, key: string) =>
      String(report.figures?.find(one => `${one.indicator_id} ${one.period}` === key)?.value ?? "");
    return [
      {
        key: "progress",
        name: t("report.progress"),
        old: `${percent(old.progress)}%`,
        fresh: `${percent(fresh.progress)}%`,
      },
      ...texts
        .filter(([, was, is]) => was || is)
        .map(([field, was, is]) => ({ key: field, name: t(`asked.field.${field}`), old: was ?? "", fresh: is ?? "" })),
      ...keys.map(key => {
        const [id = "", period] = key.split(" ");
        const one = indicators.find(row => row.id === id);
        return {
          key,
          name: t("figure.of", { name: one?.name ?? id, period: named(period) }),
          old: figure(old, key),
          fresh: figure(fresh, key),
        };
      }),
    ];
  };
}
