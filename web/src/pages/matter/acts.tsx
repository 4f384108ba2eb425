import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { type ActSpec, Acts } from "../../forms/acts";
import { MatterForm } from "../matters/form";
import type { Matter } from "../matters/index";

/** MatterActs are the acts on a matter; each names the version that it is based on. */
export function MatterActs({ matter }: { matter: Matter }) {
  const { t } = useTranslation();
  const params = { path: { id: matter.id }, header: match(matter.version) };
  const reason = { name: "reason", label: t("form.reason"), kind: "text", required: true, max: 2000 } as const;
  const specs: Record<string, ActSpec> = {
    approve: {
      lead: t("matter.approve_lead", { count: matter.units.length }),
      fields: [{ name: "note", label: t("matter.note"), kind: "text", max: 2000 }],
      run: v => take(api.POST("/api/v1/matters/{id}/approve", { params, body: { note: String(v.note) || undefined } })),
    },
    propose: {
      lead: t("matter.propose_lead"),
      run: () => take(api.POST("/api/v1/matters/{id}/propose", { params })),
    },
    close: {
      fields: [{ name: "text", label: t("matter.conclusion"), kind: "text", required: true }],
      run: v => take(api.POST("/api/v1/matters/{id}/close", { params, body: { text: String(v.text) } })),
    },
    edit: { dialog: onClose => <MatterForm matter={matter} onClose={onClose} /> },
    withdraw: { run: () => take(api.POST("/api/v1/matters/{id}/withdraw", { params })) },
    refuse: {
      fields: [reason],
      run: v => take(api.POST("/api/v1/matters/{id}/refuse", { params, body: { reason: String(v.reason) } })),
    },
    void: {
      danger: true,
      lead: t("matter.void_lead"),
      fields: [reason],
      run: v => take(api.POST("/api/v1/matters/{id}/void", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject="matter" allowed={matter.allowed_actions} specs={specs} />;
}
