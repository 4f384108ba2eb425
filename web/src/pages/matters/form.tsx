import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useHolders } from "../../api/holders";
import { usePages } from "../../api/pages";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { DateField } from "../../forms/date-field";
import { urgencies } from "../../forms/instructions";
import { Shares } from "../../forms/shares";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { TextArea, TextField } from "../../ui/field";
import { Grid, Stack } from "../../ui/layout";
import { FormFoot, Modal } from "../../ui/modal";
import { Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import type { Matter } from "./words";

type Input = Schemas["RegisterMatterInput"];
const sources = ["document", "minutes", "letter", "proposal", "media"] as const;
const supervisions = ["daily", "education", "government"] as const;

const blank: Input = {
  title: "",
  content: "",
  source: "document",
  basis: "",
  urgency: "ordinary",
  supervision: "daily",
  units: [],
};

/** from is what a draft says already. */
function from(matter: Matter): Input {
  return {
    title: matter.title,
    content: matter.content ?? "",
    source: matter.source,
    basis: matter.basis ?? "",
    received_on: matter.received_on,
    urgency: matter.urgency,
    supervision: matter.supervision,
    designation_id: matter.designation_id,
    due_date: matter.due_date,
    leader_id: matter.leader_id,
    units: matter.units.map(one => ({ unit_id: one.unit_id, part: one.part })),
  };
}

/** MatterForm registers a matter, or changes a draft: source and basis, what is asked for, units, due date. */
export function MatterForm({ matter, onClose }: { matter?: Matter; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { today, posts } = useMe();
  const unit = posts[0]?.unit_id ?? "";
  const leaders = useHolders("matter.approve", "unit", unit, unit !== "");
  const [input, setInput] = useState<Input>(() => (matter ? from(matter) : blank));
  const set = (part: Partial<Input>) => setInput({ ...input, ...part });
  const government = input.supervision === "government";
  const designations = usePages(
    ["designations"],
    (after, signal) => take(api.GET("/api/v1/designations", { signal, params: { query: { after, limit: 200 } } })),
    government,
  );
  const body: Input = {
    ...input,
    received_on: input.received_on || undefined,
    due_date: input.due_date || undefined,
    designation_id: government ? input.designation_id || undefined : undefined,
  };
  const save = useAct<void, Matter>({
    quiet: true,
    done: t(matter ? "matter.edited" : "matter.registered"),
    send: () =>
      take(
        matter
          ? api.PUT("/api/v1/matters/{id}", { params: { path: { id: matter.id }, header: match(matter.version) }, body })
          : api.POST("/api/v1/matters", { body }),
      ),
    after: made => {
      onClose();
      if (!matter) void navigate({ href: paths.matter(made.id) });
    },
  });
  const fault = (name: string) => (save.error instanceof Problem ? save.error.field(name) : undefined);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <Modal title={t(matter ? "matter.edit" : "matter.register")} open onClose={onClose} wide>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          {save.isError && <ErrorNote error={save.error} />}
          <TextField
            label={t("matter.title")}
            required
            autoFocus
            max={200}
            value={input.title}
            onChange={title => set({ title })}
            error={fault("title")}
          />
          <Grid min={14}>
            <Select
              label={t("matter.source")}
              value={input.source}
              onChange={source => set({ source: source as Input["source"] })}
              options={sources.map(value => ({ value, label: t(`matter.source.${value}`) }))}
            />
            <TextField
              label={t("matter.basis")}
              required={input.source === "document" || input.source === "minutes"}
              max={200}
              value={input.basis ?? ""}
              onChange={basis => set({ basis })}
              error={fault("basis")}
            />
            <DateField
              label={t("matter.received_on")}
              value={input.received_on ?? ""}
              onChange={received_on => set({ received_on })}
              error={fault("received_on")}
            />
          </Grid>
          <TextArea
            label={t("matter.content")}
            rows={4}
            max={8000}
            value={input.content ?? ""}
            onChange={content => set({ content })}
            error={fault("content")}
          />
          <Shares value={input.units} onChange={units => set({ units })} error={fault("units")} />
          <Grid min={14}>
            <Select
              label={t("instruction.urgency")}
              value={input.urgency ?? "ordinary"}
              onChange={urgency => set({ urgency: urgency as Input["urgency"] })}
              options={urgencies.map(value => ({ value, label: t(`urgency.${value}`) }))}
            />
            <Select
              label={t("matter.supervision")}
              value={input.supervision ?? "daily"}
              onChange={supervision => set({ supervision: supervision as Input["supervision"] })}
              options={supervisions.map(value => ({ value, label: t(`matter.supervision.${value}`) }))}
            />
          </Grid>
          <Grid min={14}>
            <Select
              label={t("matter.leader")}
              hint={t("matter.leader_hint")}
              clearable
              value={input.leader_id ?? ""}
              onChange={leader_id => set({ leader_id: leader_id || undefined })}
              options={leaders.people}
              error={fault("leader_id")}
            />
            <DateField
              label={t("duty.due")}
              hint={t("matter.due_hint")}
              min={today}
              value={input.due_date ?? ""}
              onChange={due_date => set({ due_date })}
              error={fault("due_date")}
            />
            {government && (
              <Select
                label={t("matter.designation")}
                hint={t("matter.designation_hint")}
                required
                value={input.designation_id ?? ""}
                onChange={designation_id => set({ designation_id })}
                options={designations.items.map(one => ({
                  value: one.id,
                  label: `${one.government} ${one.number} ${one.scope}`,
                }))}
                error={fault("designation_id")}
              />
            )}
          </Grid>
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" kind="primary" busy={save.isPending}>
              {t(matter ? "plan.save" : "matter.register")}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}
