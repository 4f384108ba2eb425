import { useTranslation } from "react-i18next";
import type { Plan } from "../../api/duties";
import { useMe } from "../../api/session";
import type { Scale } from "../../grid/gantt";
import { shortTitle } from "../../lib/numbers";
import { Button } from "../../ui/button";
import { Select } from "../../ui/select";
import { Segments } from "../../ui/tabs";
import type { LedgerKey } from "./index";
import css from "./ledger.module.css";
import { QueryField } from "./query-field";

type Url = Partial<Record<LedgerKey, string>>;
const scales: Scale[] = ["day", "week", "month", "quarter"];
const chosen = [
  "status",
  "light",
  "part",
  "unit_id",
  "leader_id",
  "mine",
  "overdue",
  "ended",
  "due_from",
  "due_to",
  "q",
] as const;

/** Filters narrow the ledger; what is chosen stands in the address and can be taken away again. */
export function Filters({
  url,
  setUrl,
  plans,
  planId,
  gantt,
  error,
}: {
  url: Url;
  setUrl: (part: Url) => void;
  plans: Plan[];
  planId?: string;
  gantt: boolean;
  error?: unknown;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const on = chosen.filter(key => url[key]);
  return (
    <div className={`${css.filters} no-print`}>
      <Select
        bare
        label={t("ledger.plan")}
        width="16rem"
        value={planId ?? ""}
        onChange={plan_id => setUrl({ plan_id })}
        options={plans.filter(plan => plan.status !== "draft").map(plan => ({ value: plan.id, label: shortTitle(plan.title) }))}
      />
      <QueryField value={url.q ?? ""} onChange={q => setUrl({ q: q || undefined })} error={error} />
      {me.permissions.includes("duty.accept") && (
        <Toggle on={url.mine === "true"} onChange={value => setUrl({ mine: value })} label={t("ledger.mine")} />
      )}
      <Toggle on={url.overdue === "true"} onChange={value => setUrl({ overdue: value })} label={t("ledger.overdue")} />
      <Toggle on={url.ended === "true"} onChange={value => setUrl({ ended: value })} label={t("ledger.ended")} />
      {gantt && (
        <Segments
          label={t("ledger.scale")}
          value={(url.scale as Scale) ?? "month"}
          onChange={scale => setUrl({ scale })}
          options={scales.map(value => ({ value, label: t(`ledger.scale.${value as "week"}`) }))}
        />
      )}
      <Segments
        label={t("ledger.clock")}
        value={url.clock === "original" ? "original" : "current"}
        onChange={clock => setUrl({ clock: clock === "current" ? undefined : clock })}
        options={(["current", "original"] as const).map(value => ({ value, label: t(`ledger.clock.${value}`) }))}
      />
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
