import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import type { Indicator } from "../../api/reporting";
import { ActForm } from "../../forms/act-dialog";
import type { Values } from "../../forms/act-form";

const everies = ["week", "month", "quarter", "half_year", "semester", "year"] as const;
const gathers = ["sum", "last", "avg", "max"] as const;

/** IndicatorForm makes an indicator or changes one. */
export function IndicatorForm({ indicator, onClose }: { indicator?: Indicator; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct({
    quiet: true,
    done: t(indicator ? "indicator.changed" : "indicator.created"),
    send: (v: Values) => {
      const body = {
        name: String(v.name),
        measure: String(v.measure) || undefined,
        every: v.every as Indicator["every"],
        gather: v.gather as Indicator["gather"],
        definition: String(v.definition) || undefined,
      } satisfies Schemas["SaveIndicatorInput"];
      return indicator
        ? take(
            api.PUT("/api/v1/indicators/{id}", {
              params: { path: { id: indicator.id }, header: match(indicator.version) },
              body,
            }),
          )
        : take(api.POST("/api/v1/indicators", { body }));
    },
  });
  return (
    <ActForm
      title={t(indicator ? "indicator.edit" : "indicator.create")}
      act={t("indicator.save")}
      lead={indicator ? t("indicator.edit_lead") : undefined}
      fields={[
        { name: "name", label: t("indicator.name"), kind: "line", required: true, max: 100, initial: indicator?.name },
        { name: "measure", label: t("indicator.measure"), kind: "line", max: 20, initial: indicator?.measure },
        {
          name: "every",
          label: t("indicator.every"),
          kind: "select",
          required: true,
          initial: indicator?.every ?? "quarter",
          options: everies.map(value => ({ value, label: t(`indicator.every.${value}`) })),
        },
        {
          name: "gather",
          label: t("indicator.gather"),
          kind: "choice",
          required: true,
          initial: indicator?.gather ?? "sum",
          options: gathers.map(value => ({ value, label: t(`indicator.gather.${value}`) })),
        },
        { name: "definition", label: t("indicator.definition"), kind: "text", max: 2000, initial: indicator?.definition },
      ]}
      onSend={v => save.mutateAsync(v)}
      onClose={onClose}
    />
  );
}
