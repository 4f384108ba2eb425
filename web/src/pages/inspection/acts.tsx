import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { FieldSpec, Values } from "../../forms/act-form";
import { type ActSpec, Acts } from "../../forms/acts";
import { PlanForm } from "../inspections/plan-form";
import type { Inspection } from "./index";
import { Staff } from "./staff";

/** InspectionActs are the acts on an inspection, in the order in which it goes. */
export function InspectionActs({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const params = { path: { id: inspection.id }, header: match(inspection.version) };
  const reason: FieldSpec = { name: "reason", label: t("form.reason"), kind: "text", required: true, max: 2000 };
  const doubles = doublesOf(inspection);
  const specs: Record<string, ActSpec> = {
    approve: { lead: t("scheme.approve_lead"), run: () => take(api.POST("/api/v1/inspections/{id}/approve", { params })) },
    propose: {
      lead: doubles.length > 0 ? t("scheme.double_lead") : t("scheme.propose_lead"),
      fields: doubles.map(other => ({
        name: other.inspection_id,
        label: t("scheme.double_why", { title: other.title, unit: other.unit_name, similarity: other.similarity }),
        kind: "text",
        required: true,
        max: 1000,
        initial: other.answer ?? "",
      })),
      run: v =>
        take(
          api.POST("/api/v1/inspections/{id}/propose", {
            params,
            body: {
              duplicates: doubles.map(other => ({
                inspection_id: other.inspection_id,
                reason: String(v[other.inspection_id]),
              })),
            },
          }),
        ),
    },
    open: { lead: t("inspection.open_lead"), run: () => take(api.POST("/api/v1/inspections/{id}/open", { params })) },
    finish: { lead: t("inspection.finish_lead"), run: () => take(api.POST("/api/v1/inspections/{id}/finish", { params })) },
    conclude: {
      lead: t("scheme.conclude_lead"),
      fields: [
        { name: "conclusion", label: t("scheme.conclusion_whole"), kind: "text", required: true, max: 20_000 },
        ...inspection.units.map(
          unit =>
            ({ name: unit.id, label: t("scheme.conclusion_part", { unit: unit.name }), kind: "text", max: 20_000 }) as FieldSpec,
        ),
      ],
      run: v =>
        take(
          api.POST("/api/v1/inspections/{id}/conclude", {
            params,
            body: { conclusion: String(v.conclusion), parts: partsOf(inspection, v) },
          }),
        ),
    },
    edit: { dialog: onClose => <PlanForm existing={inspection} onClose={onClose} /> },
    staff: { dialog: onClose => <Staff inspection={inspection} onClose={onClose} /> },
    send_back: {
      fields: [reason],
      run: v => take(api.POST("/api/v1/inspections/{id}/send-back", { params, body: { reason: String(v.reason) } })),
    },
    amend: {
      lead: t("scheme.amend_lead"),
      fields: [
        { name: "starts_on", label: t("inspection.starts_on"), kind: "date", required: true, initial: inspection.starts_on },
        { name: "ends_on", label: t("inspection.ends_on"), kind: "date", required: true, initial: inspection.ends_on },
        ...(inspection.units.length > 1
          ? [
              {
                name: "drop",
                label: t("scheme.drop_unit"),
                kind: "select",
                options: [
                  { value: "", label: t("scheme.drop_none") },
                  ...inspection.units.map(u => ({ value: u.id, label: u.name })),
                ],
              } as FieldSpec,
            ]
          : []),
        reason,
      ],
      run: v => take(api.POST("/api/v1/inspections/{id}/amend", { params, body: amended(inspection, v) })),
    },
    cancel: {
      danger: true,
      lead: inspection.number ? t("scheme.cancel_lead", { number: inspection.number }) : undefined,
      fields: [reason],
      run: v => take(api.POST("/api/v1/inspections/{id}/cancel", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject="inspection" allowed={inspection.allowed_actions} specs={specs} />;
}

/** doublesOf are the other inspections that count as the same matter, each once. */
function doublesOf(inspection: Inspection) {
  const seen = new Set<string>();
  return inspection.overlaps.filter(other => {
    if (!other.duplicate || seen.has(other.inspection_id)) return false;
    seen.add(other.inspection_id);
    return true;
  });
}

function partsOf(inspection: Inspection, v: Values) {
  return inspection.units
    .filter(unit => String(v[unit.id] ?? "").trim())
    .map(unit => ({ unit_id: unit.id, content: String(v[unit.id]) }));
}

/** amended is the plan with what an approved one may still change; the server refuses whatever would widen it. */
function amended(inspection: Inspection, v: Values) {
  return {
    title: inspection.title,
    kind: inspection.kind,
    supervision: inspection.supervision,
    designation: inspection.designation,
    basis: inspection.basis,
    scope: inspection.scope,
    matters: inspection.matters,
    methods: inspection.methods,
    method: inspection.method,
    items: inspection.items,
    starts_on: String(v.starts_on),
    ends_on: String(v.ends_on),
    unit_ids: inspection.units.map(unit => unit.id).filter(id => id !== v.drop),
    reason: String(v.reason),
  };
}
