import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type AskedFigure, useAskedFigures, useIndicators } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { TextButton } from "../../ui/button";
import { NumberField, TextField } from "../../ui/field";
import { Muted, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import type { FigureDraft } from "./draft";
import css from "./report.module.css";

const same = (a: { indicator_id: string; period: string }, b: { indicator_id: string; period: string }) =>
  a.indicator_id === b.indicator_id && a.period === b.period;

/** Figures are the numbers that a report gives. What is confirmed already stands there with its source and need not be typed again. */
export function Figures({
  duty,
  occurrence,
  value,
  tried,
  onChange,
  error,
}: {
  duty: string;
  occurrence: string;
  value: FigureDraft[];
  tried: boolean;
  onChange: (figures: FigureDraft[]) => void;
  error?: string;
}) {
  const { t } = useTranslation();
  const asked = useAskedFigures(duty, occurrence);
  const known = useIndicators(value.length > 0);
  const nameOf = (id: string) => known.data?.find(one => one.id === id)?.name ?? id;
  const put = (figure: FigureDraft) => onChange([...value.filter(one => !same(one, figure)), figure]);
  const drop = (figure: FigureDraft) => onChange(value.filter(one => !same(one, figure)));
  return (
    <Loaded query={asked} rows={2}>
      {data => {
        const extra = value.filter(one => !data.items.some(item => same(item, one)));
        if (data.items.length + extra.length === 0) return null;
        return (
          <section>
            <h3>{t("figure.title")}</h3>
            <Stack>
              <p>{t("figure.lead")}</p>
              {error && <p role="alert">{error}</p>}
              {data.items.map(item => (
                <One
                  key={item.indicator_id + item.period}
                  item={item}
                  value={value.find(one => same(one, item))}
                  tried={tried}
                  onChange={put}
                  onDrop={drop}
                />
              ))}
              {extra.map(one => (
                <One
                  key={one.indicator_id + one.period}
                  item={{ indicator_id: one.indicator_id, period: one.period, name: nameOf(one.indicator_id) }}
                  value={one}
                  tried={false}
                  onChange={put}
                  onDrop={drop}
                  extra
                />
              ))}
            </Stack>
          </section>
        );
      }}
    </Loaded>
  );
}

function One({
  item,
  value,
  tried,
  extra,
  onChange,
  onDrop,
}: {
  item: AskedFigure;
  value?: FigureDraft;
  tried: boolean;
  extra?: boolean;
  onChange: (figure: FigureDraft) => void;
  onDrop: (figure: FigureDraft) => void;
}) {
  const { t } = useTranslation();
  const named = usePeriod();
  const confirmed = item.confirmed;
  const begin: FigureDraft = { indicator_id: item.indicator_id, period: item.period, value: confirmed?.value ?? "", reason: "" };
  const now = value ?? begin;
  const label = t("figure.of", { name: item.name, period: named(item.period) });
  const differs = confirmed !== undefined && now.value !== "" && now.value !== confirmed.value;
  if (confirmed && !value) {
    return (
      <div className={css.figure}>
        <strong>{label}</strong>
        <span className={css.number}>
          {confirmed.value} {item.measure}
        </span>
        <Muted>
          {t("figure.confirmed", { at: instant(confirmed.confirmed_at).slice(0, 10), plan: confirmed.plan_title })}{" "}
          <Link to={`${paths.duty(confirmed.duty_id)}?tab=reports` as never}>{confirmed.task_title}</Link>
        </Muted>
        <TextButton onClick={() => onChange(begin)}>{t("figure.differs")}</TextButton>
      </div>
    );
  }
  return (
    <div className={css.figure}>
      <NumberField
        label={label}
        hint={item.definition}
        required={!extra}
        unit={item.measure}
        value={now.value}
        error={tried && now.value === "" && !extra ? t("form.fill", { name: item.name }) : undefined}
        onChange={typed => onChange({ ...now, value: typed })}
      />
      {confirmed && (
        <Muted>
          {t("figure.before", { value: confirmed.value, measure: item.measure ?? "" })} {confirmed.plan_title}
        </Muted>
      )}
      {differs && (
        <TextField
          label={t("figure.reason")}
          required
          max={500}
          value={now.reason}
          error={tried && !now.reason.trim() ? t("form.fill", { name: t("figure.reason") }) : undefined}
          onChange={reason => onChange({ ...now, reason })}
        />
      )}
      {value && (confirmed || extra) && (
        <TextButton onClick={() => onDrop(value)}>{t(extra ? "figure.drop" : "figure.keep")}</TextButton>
      )}
    </div>
  );
}
