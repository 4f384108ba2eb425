import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Facets as Counts } from "../../api/ledger";
import { word } from "../../i18n";
import { LightShape } from "../../ui/light";
import { Select } from "../../ui/select";
import type { Filter } from "./query";
import css from "./query.module.css";

/** Facets are the counts of what fits, by light, state, unit and leader; each narrows the question, and again widens it. */
export function Facets({ counts, url, setUrl }: { counts?: Counts; url: Filter; setUrl: (part: Filter) => void }) {
  const { t } = useTranslation();
  if (!counts) return null;
  const options = (list: Counts["units"]) =>
    list.map(one => ({ value: one.value, label: `${one.name ?? one.value} · ${one.n}` }));
  return (
    <div className={`${css.facets} no-print`}>
      <Group title={t("duty.light")}>
        {counts.light.map(one => (
          <Chip
            key={one.value}
            on={url.light === one.value}
            n={one.n}
            hint={
              one.value === "red"
                ? t("ledger.light.red_hint")
                : one.value === "yellow"
                  ? t("ledger.light.yellow_hint")
                  : undefined
            }
            onFlip={on => setUrl({ light: on ? one.value : undefined })}
          >
            <LightShape light={one.value as "red"} /> {t(lightName(one.value))}
          </Chip>
        ))}
      </Group>
      <Group title={t("duty.status")}>
        {counts.status.map(one => (
          <Chip
            key={one.value}
            on={url.status === one.value}
            n={one.n}
            onFlip={on => setUrl({ status: on ? one.value : undefined })}
          >
            {word("status.duty", one.value)}
          </Chip>
        ))}
      </Group>
      <Select
        bare
        clearable
        label={t("duty.unit")}
        width="10rem"
        value={url.unit_id ?? ""}
        onChange={unit_id => setUrl({ unit_id: unit_id || undefined })}
        options={options(counts.units)}
      />
      {counts.leaders.length > 0 && (
        <Select
          bare
          clearable
          label={t("ledger.leader")}
          width="8rem"
          value={url.leader_id ?? ""}
          onChange={leader_id => setUrl({ leader_id: leader_id || undefined })}
          options={options(counts.leaders)}
        />
      )}
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.facet}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** lightName is the key of a light's name where all of its colour are meant: not every red one is late. */
const lightName = (light: string) =>
  light === "red" || light === "yellow" ? (`ledger.light.${light}` as const) : (`light.${light as "green"}` as const);

function Chip({
  on,
  n,
  hint,
  onFlip,
  children,
}: {
  on: boolean;
  n: number;
  hint?: string;
  onFlip: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={css.chip} aria-pressed={on} title={hint} onClick={() => onFlip(!on)}>
      {children} <span>{n}</span>
    </button>
  );
}
