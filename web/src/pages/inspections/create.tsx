import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { DateField } from "../../forms/date-field";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { TextArea, TextField } from "../../ui/field";
import { Grid, Row, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { MultiSelect, Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";

type Input = Schemas["CreateInspectionInput"];
const kinds = ["special", "comprehensive", "routine", "incident", "lead_check"] as const;

/** NewInspection plans an inspection: basis, what is looked at, whom, when. */
export function NewInspection({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { nodes } = useUnitNodes();
  const [input, setInput] = useState<Input>({
    title: "",
    kind: "special",
    basis: "",
    scope: "",
    method: "",
    starts_on: me.today,
    ends_on: "",
    unit_ids: [],
    member_ids: [me.user.id],
    leader_id: me.user.id,
  });
  const create = useAct({
    quiet: true,
    send: () => take(api.POST("/api/v1/inspections", { body: { ...input, method: input.method || undefined } })),
    after: made => void navigate({ href: paths.inspection(made.id) }),
  });
  const fault = (name: string) => (create.error instanceof Problem ? create.error.field(name) : undefined);
  const set = (part: Partial<Input>) => setInput({ ...input, ...part });
  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }
  return (
    <Modal title={t("inspection.create")} open onClose={onClose} wide>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          {create.isError && <ErrorNote error={create.error} />}
          <TextField
            label={t("inspection.title")}
            required
            autoFocus
            value={input.title}
            onChange={title => set({ title })}
            error={fault("title")}
            max={200}
          />
          <Grid min={14}>
            <Select
              label={t("inspection.kind")}
              value={input.kind}
              onChange={kind => set({ kind: kind as Input["kind"] })}
              options={kinds.map(value => ({ value, label: t(`inspection.kind.${value}`) }))}
            />
            <DateField
              label={t("inspection.starts_on")}
              required
              value={input.starts_on}
              onChange={starts_on => set({ starts_on })}
              error={fault("starts_on")}
            />
            <DateField
              label={t("inspection.ends_on")}
              required
              min={input.starts_on}
              value={input.ends_on}
              onChange={ends_on => set({ ends_on })}
              error={fault("ends_on")}
              countFrom={input.starts_on}
            />
          </Grid>
          <TextArea
            label={t("inspection.basis")}
            required
            rows={2}
            value={input.basis}
            onChange={basis => set({ basis })}
            error={fault("basis")}
          />
          <TextArea
            label={t("inspection.scope")}
            required
            rows={2}
            value={input.scope}
            onChange={scope => set({ scope })}
            error={fault("scope")}
          />
          <TextArea
            label={t("inspection.method")}
            rows={2}
            value={input.method ?? ""}
            onChange={method => set({ method })}
            error={fault("method")}
          />
          <MultiSelect
            label={t("inspection.units")}
            required
            values={input.unit_ids}
            onChange={unit_ids => set({ unit_ids })}
            options={nodes.map(node => ({ value: node.id, label: node.label }))}
            error={fault("unit_ids")}
          />
          <Row end>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" kind="primary" busy={create.isPending}>
              {t("inspection.create")}
            </Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  );
}
