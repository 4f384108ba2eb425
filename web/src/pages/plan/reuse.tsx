import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { ActForm } from "../../forms/act-dialog";
import { paths } from "../../lib/path";
import { IconButton } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { ImportPlan } from "../plans/import";

/** Reuse makes something new of a plan: next year's draft, what is left over, a template, the document read once more. */
export function Reuse({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [form, setForm] = useState<"copy" | "carry" | "template" | "again">();
  const open = (made: Plan) => void navigate({ href: paths.plan(made.id) });
  const params = { path: { id: plan.id } };
  const copy = useAct<Schemas["CopyPlanInput"], Plan>({
    quiet: true,
    done: t("reuse.copied"),
    send: body => take(api.POST("/api/v1/plans/{id}/copy", { params, body })),
    after: open,
  });
  const keep = useAct<string, Plan>({
    quiet: true,
    done: t("reuse.kept"),
    send: title => take(api.POST("/api/v1/plans/{id}/template", { params, body: { title } })),
  });
  if (!me.permissions.includes("plan.create")) return null;
  const close = () => setForm(undefined);
  const next = (plan.year ?? Number(me.today.slice(0, 4))) + (plan.template ? 0 : 1);
  const issued = plan.status === "issued";
  return (
    <>
      <Menu
        target={<IconButton name="copy" label={t("reuse.title")} />}
        groups={[
          {
            title: t("reuse.title"),
            items: [
              { label: t("reuse.copy"), icon: "copy", onPick: () => setForm("copy") },
              {
                label: t("reuse.carry"),
                icon: "redo",
                reason: issued ? undefined : t("reuse.only_issued"),
                onPick: () => setForm("carry"),
              },
              { label: t("reuse.template"), icon: "file", onPick: () => setForm("template") },
              { label: t("reuse.again"), icon: "upload", onPick: () => setForm("again") },
            ],
          },
        ]}
      />
      {(form === "copy" || form === "carry") && (
        <ActForm
          title={t(`reuse.${form}`)}
          act={t(`reuse.${form}`)}
          lead={t(`reuse.${form}_lead`)}
          fields={[
            { name: "year", label: t("plan.year"), kind: "number", required: true, initial: next, max: 2200 },
            { name: "title", label: t("plan.title"), kind: "line", max: 300, hint: t("reuse.title_hint") },
            ...(form === "carry"
              ? [
                  {
                    name: "withdraw",
                    label: t("reuse.old_duties"),
                    kind: "choice" as const,
                    initial: "keep",
                    options: (["keep", "withdraw"] as const).map(value => ({ value, label: t(`reuse.old_duties.${value}`) })),
                  },
                ]
              : []),
          ]}
          onSend={v =>
            copy.mutateAsync({
              year: Number(v.year),
              title: String(v.title) || undefined,
              open_only: form === "carry" || undefined,
              withdraw: v.withdraw === "withdraw" || undefined,
            })
          }
          onClose={close}
        />
      )}
      {form === "template" && (
        <ActForm
          title={t("reuse.template")}
          act={t("reuse.template")}
          lead={t("reuse.template_lead")}
          fields={[
            { name: "title", label: t("reuse.template_name"), kind: "line", required: true, max: 300, initial: plan.title },
          ]}
          onSend={v => keep.mutateAsync(String(v.title))}
          onClose={close}
        />
      )}
      {form === "again" && <ImportPlan compareWith={plan.id} onClose={close} />}
    </>
  );
}
