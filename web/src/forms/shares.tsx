import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useUnitNodes } from "../api/units";
import { Grid } from "../ui/layout";
import { MultiSelect } from "../ui/select";

export type Share = Schemas["MatterShare"];

/** Shares picks the units of a matter: those that lead and those that support; nobody does both. */
export function Shares({ value, onChange, error }: { value: Share[]; onChange: (value: Share[]) => void; error?: string }) {
  const { t } = useTranslation();
  const { nodes } = useUnitNodes();
  const of = (part: Share["part"]) => value.filter(one => one.part === part).map(one => one.unit_id);
  const set = (part: Share["part"], ids: string[]) =>
    onChange([
      ...value.filter(one => one.part !== part && !ids.includes(one.unit_id)),
      ...ids.map(unit_id => ({ unit_id, part })),
    ]);
  const options = nodes.map(node => ({ value: node.id, label: node.label }));
  return (
    <Grid min={16}>
      <MultiSelect
        label={t("matter.lead_units")}
        required
        values={of("lead")}
        onChange={ids => set("lead", ids)}
        options={options}
        error={error}
      />
      <MultiSelect
        label={t("matter.support_units")}
        values={of("support")}
        onChange={ids => set("support", ids)}
        options={options}
      />
    </Grid>
  );
}
