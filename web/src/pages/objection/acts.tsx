import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useHolders } from "../../api/holders";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { Acts } from "../../forms/acts";
import { DateField } from "../../forms/date-field";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { Stack } from "../../ui/layout";
import { FormFoot, Modal } from "../../ui/modal";
import { MultiSelect } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import type { Objection } from "./index";

type Decision = "uphold" | "change" | "revoke";
const decide = {
  uphold: (params: Params, body: Body) => take(api.POST("/api/v1/objections/{id}/uphold", { params, body })),
  change: (params: Params, body: Body) => take(api.POST("/api/v1/objections/{id}/change", { params, body })),
  revoke: (params: Params, body: Body) => take(api.POST("/api/v1/objections/{id}/revoke", { params, body })),
};
type Params = { path: { id: string }; header: ReturnType<typeof match> };
type Body = Schemas["DecideObjectionInput"];

/** ObjectionActs are the decisions on an objection and its retraction. */
export function ObjectionActs({ objection }: { objection: Objection }) {
  const { t } = useTranslation();
  const params = { path: { id: objection.id }, header: match(objection.version) };
  return (
    <Acts
      subject="objection"
      allowed={objection.allowed_actions}
      specs={{
        uphold: { dialog: onClose => <Decide objection={objection} as="uphold" onClose={onClose} /> },
        change: { dialog: onClose => <Decide objection={objection} as="change" onClose={onClose} /> },
        revoke: { dialog: onClose => <Decide objection={objection} as="revoke" onClose={onClose} /> },
        retract: {
          danger: true,
          lead: t("objection.retract_lead"),
          run: () => take(api.POST("/api/v1/objections/{id}/retract", { params })),
        },
      }}
    />
  );
}

/** Decide asks for the opinion, who decides together, and what a change leads to; people who had a part cannot be picked. */
function Decide({ objection, as, onClose }: { objection: Objection; as: Decision; onClose: () => void }) {
  const { t } = useTranslation();
  const holders = useHolders("objection.uphold", "objection", objection.id);
  const [body, setBody] = useState<Body>({ opinion: "", decider_ids: [] });
  const apart = new Set(objection.parts.map(part => part.user_id));
  const act = useAct({
    quiet: true,
    send: () => decide[as]({ path: { id: objection.id }, header: match(objection.version) }, body),
    after: onClose,
  });
  const fault = (name: string) => (act.error instanceof Problem ? act.error.field(name) : undefined);
  const notice = objection.subject === "notice";
  return (
    <Modal title={word("action.objection", as)} open onClose={onClose}>
      <Stack gap={1}>
        <p>{t(`objection.${as}_lead.${objection.subject}`)}</p>
        {act.isError && <ErrorNote error={act.error} />}
        <TextArea
          label={t("objection.opinion")}
          required
          autoFocus
          rows={4}
          max={8000}
          value={body.opinion}
          onChange={opinion => setBody({ ...body, opinion })}
          error={fault("opinion")}
        />
        {as === "change" && notice && (
          <>
            <TextArea
              label={t("objection.new_requirement")}
              rows={3}
              value={body.requirement ?? ""}
              onChange={requirement => setBody({ ...body, requirement: requirement || undefined })}
              error={fault("requirement")}
            />
            <DateField
              label={t("notice.new_due")}
              value={body.due_date ?? ""}
              onChange={due_date => setBody({ ...body, due_date: due_date || undefined })}
              error={fault("due_date")}
            />
          </>
        )}
        {as === "change" && !notice && (
          <TextArea
            label={t("objection.new_content")}
            required
            rows={4}
            max={20_000}
            value={body.content ?? ""}
            onChange={content => setBody({ ...body, content: content || undefined })}
            error={fault("content")}
          />
        )}
        <MultiSelect
          label={t("objection.deciders")}
          hint={t("objection.deciders_hint")}
          values={body.decider_ids ?? []}
          onChange={decider_ids => setBody({ ...body, decider_ids })}
          options={holders.people.filter(person => !apart.has(person.value))}
          error={fault("decider_ids")}
        />
        <FormFoot>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind={as === "revoke" ? "danger" : "primary"} busy={act.isPending} onClick={() => act.mutate()}>
            {word("action.objection", as)}
          </Button>
        </FormFoot>
      </Stack>
    </Modal>
  );
}
