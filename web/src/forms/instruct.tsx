import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { Problem } from "../api/problem";
import { useAct } from "../api/query";
import { useMe } from "../api/session";
import { useUnitNodes } from "../api/units";
import { Button } from "../ui/button";
import { Check, Radios, TextArea, TextField } from "../ui/field";
import { Grid, Stack } from "../ui/layout";
import { FormFoot, Modal } from "../ui/modal";
import { MultiSelect } from "../ui/select";
import { ErrorNote } from "../ui/states";
import { DateField } from "./date-field";
import { type InstructionSubject, urgencies } from "./instructions";
import { type Share, Shares } from "./shares";

type Urgency = Schemas["Instruction"]["urgency"];

/** Instruct is a leader's dialog for an instruction on an object; it may open a supervised matter at once. */
export function Instruct({ subject, id, onClose }: { subject: InstructionSubject; id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { today } = useMe();
  const { nodes } = useUnitNodes();
  const [text, setText] = useState("");
  const [urgency, setUrgency] = useState<Urgency>("ordinary");
  const [due, setDue] = useState("");
  const [informs, setInforms] = useState(false);
  const [units, setUnits] = useState<string[]>([]);
  const [opens, setOpens] = useState(false);
  const [title, setTitle] = useState("");
  const [shares, setShares] = useState<Share[]>([]);
  const give = useAct({
    quiet: true,
    done: t("instruction.given"),
    send: () =>
      take(
        api.POST("/api/v1/instructions", {
          body: {
            subject,
            subject_id: id,
            text,
            urgency,
            informs: informs || undefined,
            due_date: (!informs && due) || undefined,
            unit_ids: opens || units.length === 0 ? undefined : units,
            matter: opens ? { title, units: shares } : undefined,
          },
        }),
      ),
    after: onClose,
  });
  const fault = (name: string) => (give.error instanceof Problem ? give.error.field(name) : undefined);
  function submit(event: FormEvent) {
    event.preventDefault();
    give.mutate();
  }
  return (
    <Modal title={t("instruction.give")} open wide onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          {give.isError && <ErrorNote error={give.error} />}
          <TextArea
            label={t("instruction.text")}
            required
            autoFocus
            max={4000}
            value={text}
            onChange={setText}
            error={fault("text")}
          />
          <Check label={t("instruction.informs")} checked={informs} onChange={on => [setInforms(on), on && setOpens(false)]} />
          {!informs && (
            <Grid min={16}>
              <Radios
                label={t("instruction.urgency")}
                inline
                value={urgency}
                onChange={setUrgency}
                options={urgencies.map(value => ({ value, label: t(`urgency.${value}`) }))}
              />
              <DateField
                label={t("instruction.due")}
                hint={t("instruction.due_hint")}
                min={today}
                value={due}
                onChange={setDue}
                error={fault("due_date")}
              />
            </Grid>
          )}
          {!opens && (
            <MultiSelect
              label={t("instruction.units")}
              hint={t("instruction.units_hint")}
              values={units}
              onChange={setUnits}
              options={nodes.map(node => ({ value: node.id, label: node.label }))}
              error={fault("unit_ids")}
            />
          )}
          {!informs && <Check label={t("instruction.opens")} checked={opens} onChange={setOpens} />}
          {opens && (
            <>
              <TextField
                label={t("matter.title")}
                required
                max={200}
                value={title}
                onChange={setTitle}
                error={fault("matter.title")}
              />
              <Shares value={shares} onChange={setShares} error={fault("matter.units")} />
            </>
          )}
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button
              type="submit"
              kind="primary"
              busy={give.isPending}
              reason={text.trim() ? undefined : t("instruction.say_first")}
            >
              {t("instruction.give")}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}
