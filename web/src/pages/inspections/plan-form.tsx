import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { DateField } from "../../forms/date-field";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { TextArea, TextField } from "../../ui/field";
import { Grid, Stack } from "../../ui/layout";
import { FormFoot, Modal } from "../../ui/modal";
import { MultiSelect, Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";

type Input = Schemas["CreateInspectionInput"];
type Inspection = Schemas["Inspection"];
type Method = Inspection["methods"][number];
const kinds = ["special", "comprehensive", "routine", "incident", "lead_check"] as const;
const supervisions = ["department", "government", "education"] as const;
const methods: Method[] = ["self_check", "hear_report", "visit", "meeting", "material", "leads", "interview", "internet"];

/** lines are the lines of a text that say something. */
const lines = (text: string) =>
  text
    .split("\n")
    .map(line => line.trim())
    .filter(Boolean);

/** PlanForm plans an inspection, or changes a plan that is not approved yet: basis, what is looked at, how, whom, when. */
export function PlanForm({ existing, onClose }: { existing?: Inspection; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { nodes } = useUnitNodes();
  const [input, setInput] = useState<Input>(existing ? inputOf(existing) : blank(me.today, me.user.id));
  const [matters, setMatters] = useState((existing?.matters ?? []).join("\n"));
  const [items, setItems] = useState((existing?.items ?? []).map(item => item.text).join("\n"));
  const create = useAct({
    quiet: true,
    send: () => {
      const kept = new Map(existing?.items.map(item => [item.text, item])); // an item keeps its clause
      const plan = { ...planOf(input), matters: lines(matters), items: lines(items).map(text => kept.get(text) ?? { text }) };
      if (!existing) {
        const team = { leader_id: input.leader_id, member_ids: input.member_ids };
        return take(api.POST("/api/v1/inspections", { body: { ...plan, ...team } }));
      }
      const params = { path: { id: existing.id }, header: match(existing.version) };
      return take(api.PUT("/api/v1/inspections/{id}", { params, body: plan }));
    },
    after: made => {
      onClose();
      void navigate({ href: paths.inspection(made.id) });
    },
  });
  const title = existing ? word("action.inspection", "edit") : t("inspection.create");
  const fault = (name: string) => (create.error instanceof Problem ? create.error.field(name) : undefined);
  const set = (part: Partial<Input>) => setInput({ ...input, ...part });
  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }
  return (
    <Modal title={title} open onClose={onClose} wide>
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
              options={(existing?.kind === "look_back" ? (["look_back"] as const) : kinds).map(value => ({
                value,
                label: t(`inspection.kind.${value}`),
              }))}
            />
            <Select
              label={t("scheme.supervision")}
              value={input.supervision ?? "department"}
              onChange={supervision => set({ supervision: supervision as Input["supervision"] })}
              options={supervisions.map(value => ({ value, label: word("supervision", value) }))}
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
          {input.supervision === "government" && (
            <TextField
              label={t("scheme.designation")}
              hint={t("scheme.designation_hint")}
              required
              value={input.designation ?? ""}
              onChange={designation => set({ designation })}
              error={fault("designation")}
              max={500}
            />
          )}
          <TextArea
            label={t("scheme.matters")}
            hint={t("scheme.one_a_line")}
            rows={2}
            value={matters}
            onChange={setMatters}
            error={fault("matters")}
          />
          <MultiSelect
            label={t("scheme.methods")}
            values={input.methods ?? []}
            onChange={picked => set({ methods: picked as Method[] })}
            options={methods.map(value => ({ value, label: word("inspection_method", value) }))}
            error={fault("methods")}
          />
          <TextArea
            label={t("scheme.items")}
            hint={t("scheme.items_hint")}
            rows={3}
            value={items}
            onChange={setItems}
            error={fault("items")}
          />
          <MultiSelect
            label={t("inspection.units")}
            required
            values={input.unit_ids}
            onChange={unit_ids => set({ unit_ids })}
            options={nodes.map(node => ({ value: node.id, label: node.label }))}
            error={fault("unit_ids")}
          />
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" kind="primary" busy={create.isPending}>
              {title}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}

function blank(today: string, me: string): Input {
  return {
    title: "",
    kind: "special",
    supervision: "department",
    basis: "",
    scope: "",
    methods: [],
    starts_on: today,
    ends_on: "",
    unit_ids: [],
    member_ids: [],
    leader_id: me,
  };
}

function inputOf(plan: Inspection): Input {
  return {
    ...planOf({ ...plan, starts_on: plan.starts_on ?? "", ends_on: plan.ends_on ?? "", unit_ids: [] }),
    unit_ids: plan.units.map(unit => unit.id),
  };
}

/** planOf is what creating and changing a plan have in common. */
function planOf(input: Input) {
  return {
    title: input.title,
    kind: input.kind,
    supervision: input.supervision,
    designation: input.supervision === "government" ? input.designation : undefined,
    basis: input.basis,
    scope: input.scope,
    methods: input.methods,
    method: input.method || undefined,
    starts_on: input.starts_on,
    ends_on: input.ends_on,
    unit_ids: input.unit_ids,
  };
}
