import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan } from "../../api/duties";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import type { Scale } from "../../grid/gantt";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Select } from "../../ui/select";
import { Segments } from "../../ui/tabs";
import type { LedgerKey } from "./index";
import css from "./ledger.module.css";

type Url = Partial<Record<LedgerKey, string>>;
const statuses = ["assigned", "returned", "active", "review", "closed", "cancelled"] as const;
const lights = ["red", "yellow", "green", "grey", "done"] as const;
const scales: Scale[] = ["week", "month", "quarter"];

/** The search waits so long after the last key before it goes into the address. */
const rest = 250;

/** Filters narrow the ledger; what is chosen stands in the address and can be taken away one by one. */
export function Filters({
  url,
  setUrl,
  plans,
  planId,
  gantt,
}: {
  url: Url;
  setUrl: (part: Url) => void;
  plans: Plan[];
  planId?: string;
  gantt: boolean;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const { nodes } = useUnitNodes();
  const mine = me.permissions.includes("duty.accept");
  const on = (["status", "light", "part", "unit_id", "mine", "overdue", "due_from", "due_to", "q"] as const).filter(
    key => url[key],
  );
  const options = (values: readonly string[], prefix: string) => values.map(value => ({ value, label: word(prefix, value) }));
  return (
    <div className={`${css.filters} no-print`}>
      <Select
        bare
        label={t("ledger.plan")}
        width="14rem"
        value={planId ?? ""}
        onChange={plan_id => setUrl({ plan_id })}
        options={plans.filter(plan => plan.status !== "draft").map(plan => ({ value: plan.id, label: plan.title }))}
      />
      <Find value={url.q ?? ""} onChange={q => setUrl({ q: q || undefined })} />
      <Select
        bare
        clearable
        label={t("duty.light")}
        width="7rem"
        value={url.light ?? ""}
        onChange={light => setUrl({ light: light || undefined })}
        options={options(lights, "light")}
      />
      <Select
        bare
        clearable
        label={t("duty.status")}
        width="8rem"
        value={url.status ?? ""}
        onChange={status => setUrl({ status: status || undefined })}
        options={options(statuses, "status.duty")}
      />
      <Select
        bare
        clearable
        label={t("duty.part")}
        width="6.5rem"
        value={url.part ?? ""}
        onChange={part => setUrl({ part: part || undefined })}
        options={options(["lead", "support"], "duty.part")}
      />
      {!mine && (
        <Select
          bare
          clearable
          label={t("duty.unit")}
          width="9rem"
          value={url.unit_id ?? ""}
          onChange={unit_id => setUrl({ unit_id: unit_id || undefined })}
          options={nodes.map(node => ({ value: node.id, label: node.label }))}
        />
      )}
      {mine && <Toggle on={url.mine === "true"} onChange={value => setUrl({ mine: value })} label={t("ledger.mine")} />}
      <Toggle on={url.overdue === "true"} onChange={value => setUrl({ overdue: value })} label={t("ledger.overdue")} />
      {gantt && (
        <Segments
          label={t("ledger.scale")}
          value={(url.scale as Scale) ?? "month"}
          onChange={scale => setUrl({ scale })}
          options={scales.map(value => ({ value, label: t(`ledger.scale.${value as "week"}`) }))}
        />
      )}
      {on.length > 0 && (
        <Button kind="quiet" size="xs" icon="close" onClick={() => setUrl(Object.fromEntries(on.map(key => [key, undefined])))}>
          {t("ledger.clear_filters", { count: on.length })}
        </Button>
      )}
    </div>
  );
}

function Toggle({ on, onChange, label }: { on: boolean; onChange: (value: string | undefined) => void; label: string }) {
  return (
    <button type="button" className={css.toggle} aria-pressed={on} onClick={() => onChange(on ? undefined : "true")}>
      {label}
    </button>
  );
}

function Find({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), rest);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <label className={css.find}>
      <Icon name="search" />
      <span className="hidden">{t("ledger.find")}</span>
      <input
        type="search"
        value={text}
        placeholder={t("ledger.find_hint")}
        onChange={event => setText(event.currentTarget.value)}
      />
    </label>
  );
}
