import { useTranslation } from "react-i18next";
import { ActForm } from "../../forms/act-dialog";
import { word } from "../../i18n";
import { toast } from "../../ui/toast";
import type { Inspection } from "./index";
import type { KeptFindings, Written } from "./kept-findings";

const severities = ["minor", "major", "serious"] as const;

/** RecordFinding asks for a finding, with what is known of it already; without a network it is kept on this device. */
export function RecordFinding({
  inspection,
  kept,
  known,
  onClose,
}: {
  inspection: Inspection;
  kept: KeptFindings;
  known?: { unit_id: string; description: string };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const title = word("action.inspection", "record_finding");
  const only = inspection.units.length === 1 ? inspection.units[0]!.id : "";
  return (
    <ActForm
      title={title}
      act={title}
      fields={[
        {
          name: "unit_id",
          label: t("notice.unit"),
          kind: "choice",
          required: true,
          options: inspection.units.map(unit => ({ value: unit.id, label: unit.name })),
          initial: known?.unit_id ?? only,
        },
        { name: "description", label: t("finding.description"), kind: "text", required: true, initial: known?.description },
        { name: "basis", label: t("finding.basis"), kind: "line", required: true, hint: t("finding.basis_hint") },
        { name: "requirement", label: t("finding.requirement"), kind: "text" },
        {
          name: "severity",
          label: t("finding.severity"),
          kind: "choice",
          required: true,
          initial: "minor",
          options: severities.map(value => ({ value, label: t(`finding.severity.${value}`) })),
        },
      ]}
      onSend={async v => {
        const result = await kept.record({
          unit_id: String(v.unit_id),
          description: String(v.description),
          basis: String(v.basis),
          requirement: String(v.requirement) || undefined,
          severity: v.severity as Written["body"]["severity"],
        });
        toast(t(result === "sent" ? "finding.recorded" : "finding.kept"));
      }}
      onClose={onClose}
    />
  );
}
