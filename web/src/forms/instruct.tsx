import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { Problem } from "../api/problem";
import { useAct } from "../api/query";
import { useMe } from "../api/session";
import { useUnitNodes } from "../api/units";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import { paths } from "../lib/path";
import { Button } from "../ui/button";
import { Check, Radios, TextArea, TextField } from "../ui/field";
import { Grid, Muted, Panel, Prose, Row, Stack } from "../ui/layout";
import { Tag } from "../ui/light";
import { Modal } from "../ui/modal";
import { MultiSelect } from "../ui/select";
import { ErrorNote } from "../ui/states";
import { DateField } from "./date-field";
import { type Share, Shares } from "./shares";

type Subject = Schemas["GiveInstructionInput"]["subject"];
type Urgency = Schemas["Instruction"]["urgency"];

export const urgencies = ["urgent", "ordinary", "hard"] as const;
export const instructionTones = { open: "blue", done: "green", revoked: "plain" } as const;

/** Instruct is a leader's dialog for an instruction on an object; it may open a supervised matter at once. */
export function Instruct({ subject, id, onClose }: { subject: Subject; id: string; onClose: () => void }) {
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
          <Row end>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button
              type="submit"
              kind="primary"
              busy={give.isPending}
              reason={text.trim() ? undefined : t("instruction.say_first")}
            >
              {t("instruction.give")}
            </Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  );
}

/** InstructButton opens the dialog for those who may write instructions. */
export function InstructButton({ subject, id }: { subject: Subject; id: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!useMe().permissions.includes("instruction.give")) return null;
  return (
    <>
      <Button icon="text" onClick={() => setOpen(true)}>
        {t("instruction.give")}
      </Button>
      {open && <Instruct subject={subject} id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

/** InstructionsOn are the instructions on an object, newest first; nothing where there are none. */
export function InstructionsOn({ subject, id }: { subject: Subject; id: string }) {
  const { t } = useTranslation();
  const may = useMe().permissions.includes("instruction.read");
  const list = usePages(
    ["instructions", subject, id],
    (after, signal) =>
      take(api.GET("/api/v1/instructions", { signal, params: { query: { subject, subject_id: id, after, limit: 20 } } })),
    may,
  );
  if (list.items.length === 0) return null;
  return (
    <Panel title={t("nav.instructions")}>
      <Stack gap={1}>
        {list.items.map(one => (
          <Stack key={one.id} gap={0.25}>
            <Row wrap>
              <Link to={paths.instruction(one.id) as never}>{one.author_name}</Link>
              <Tag tone={instructionTones[one.status]}>{word("status.instruction", one.status)}</Tag>
              <Muted>{instant(one.created_at)}</Muted>
            </Row>
            <Prose>{one.text}</Prose>
            {one.status === "open" && <Muted>{t("instruction.waits", { count: one.waiting, due: one.due_date })}</Muted>}
          </Stack>
        ))}
        {list.hasNextPage && (
          <Button size="xs" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("ui.more")}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}
