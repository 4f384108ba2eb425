import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useDuties } from "../../api/duties";
import { usePages } from "../../api/pages";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useUnitNodes } from "../../api/units";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Radios, TextArea, TextField } from "../../ui/field";
import { Stack } from "../../ui/layout";
import { FormFoot, Modal } from "../../ui/modal";
import { MultiSelect } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import { TreePicker } from "../../ui/tree-picker";
import { kinds } from "./words";

type Input = Schemas["ProposeProceedingInput"];
type Basis = Input["basis"][number];

/** A picker offers so many objects of a unit. */
const offered = 200;

/** ProposeProceeding proposes an interview or a circular of a unit, with grounds and the objects that it rests on. */
export function ProposeProceeding({ about, onClose }: { about?: { unit: string; basis: Basis }; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { nodes, loading } = useUnitNodes();
  const [input, setInput] = useState<Input>({
    kind: "interview",
    unit_id: about?.unit ?? "",
    title: "",
    reason: "",
    audience: "unit",
    basis: about ? [about.basis] : [],
  });
  const set = (part: Partial<Input>) => setInput({ ...input, ...part });
  const { options, basisOf } = useBasis(input.unit_id);
  const propose = useAct({
    quiet: true,
    done: t("proceeding.proposed"),
    send: () => take(api.POST("/api/v1/proceedings", { body: input })),
    after: made => void navigate({ href: paths.proceeding(made.id) }),
  });
  const fault = (name: string) => (propose.error instanceof Problem ? propose.error.field(name) : undefined);
  const missing =
    !input.unit_id || !input.title.trim() || !input.reason.trim() || input.basis.length === 0
      ? t("proceeding.fill_first")
      : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    propose.mutate();
  }
  return (
    <Modal title={t("proceeding.propose")} open onClose={onClose} wide>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          {propose.isError && <ErrorNote error={propose.error} />}
          <Radios
            label={t("proceeding.kind")}
            inline
            value={input.kind}
            onChange={kind => set({ kind })}
            options={kinds.map(value => ({ value, label: t(`proceeding.kind.${value}`) }))}
          />
          <TreePicker
            label={t("duty.unit")}
            required
            nodes={nodes}
            loading={loading}
            value={input.unit_id}
            onChange={unit_id => set({ unit_id, basis: [] })}
            error={fault("unit_id")}
          />
          <MultiSelect
            label={t("proceeding.basis")}
            hint={t(input.unit_id ? "proceeding.basis_hint" : "proceeding.unit_first")}
            required
            values={input.basis.map(keyOf)}
            onChange={keys => set({ basis: keys.map(basisOf) })}
            options={options}
            error={fault("basis") ?? fault("basis[0]")}
          />
          <TextField
            label={t("proceeding.title")}
            required
            max={200}
            value={input.title}
            onChange={title => set({ title })}
            error={fault("title")}
          />
          <TextArea
            label={t("proceeding.grounds")}
            required
            max={4000}
            value={input.reason}
            onChange={reason => set({ reason })}
            error={fault("reason")}
          />
          {input.kind !== "interview" && (
            <Radios
              label={t("proceeding.audience")}
              value={input.audience ?? "unit"}
              onChange={audience => set({ audience })}
              options={(["unit", "authority"] as const).map(value => ({ value, label: t(`proceeding.audience.${value}`) }))}
            />
          )}
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" kind="primary" busy={propose.isPending} reason={missing}>
              {t("proceeding.propose")}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}

const keyOf = (one: Basis) => `${one.subject} ${one.subject_id}`;

/** useBasis are the unit's duties and notices to choose from. */
function useBasis(unit: string) {
  const { t } = useTranslation();
  const duties = useDuties({ unit_id: unit }, offered, unit !== "");
  const notices = usePages(
    ["notices", "of", unit],
    (after, signal) => take(api.GET("/api/v1/notices", { signal, params: { query: { after, limit: offered, unit_id: unit } } })),
    unit !== "",
  );
  const options = [
    ...duties.items.map(one => ({
      value: `duty ${one.id}`,
      label: `${t("instruction.on.duty")} ${titled(one.task_number, one.task_title)}`,
    })),
    ...notices.items
      .filter(one => one.number)
      .map(one => ({ value: `notice ${one.id}`, label: `${t("instruction.on.notice")} ${one.number} ${one.title}` })),
  ];
  const basisOf = (key: string): Basis => {
    const [subject = "", subject_id = ""] = key.split(" ");
    return { subject: subject as Basis["subject"], subject_id };
  };
  return { options: unit ? options : [], basisOf };
}
