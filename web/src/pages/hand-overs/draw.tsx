import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Grid, Muted, Stack } from "../../ui/layout";
import { FormFoot, Modal } from "../../ui/modal";
import { Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import { TreePicker } from "../../ui/tree-picker";

type Person = Schemas["HandOverPerson"];

/** key names a giver together with the post that changes hands. */
const key = (one: Person) => `${one.role} ${one.user_id}`;

/** DrawHandOver draws up the list of what is open in a unit: whose post, who succeeds, who witnesses, and why. */
export function DrawHandOver({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { nodes, loading } = useUnitNodes();
  const own = me.posts.find(post => post.role === "unit_head" || post.role === "unit_clerk");
  const [input, setInput] = useState({ unit: own?.unit_id ?? "", giver: "", taker: "", witness: "", reason: "" });
  const set = (part: Partial<typeof input>) => setInput({ ...input, ...part });
  const people = useOne(
    ["hand-over-people", input.unit],
    signal => take(api.GET("/api/v1/hand-overs/people", { signal, params: { query: { unit_id: input.unit } } })),
    input.unit !== "",
  );
  const [role = "", giver = ""] = input.giver.split(" ");
  const draw = useAct({
    quiet: true,
    done: t("hand_over.was_drawn"),
    send: () =>
      take(
        api.POST("/api/v1/hand-overs", {
          body: {
            unit_id: input.unit,
            role: role as "unit_clerk",
            giver_id: giver,
            taker_id: input.taker,
            witness_id: input.witness || undefined,
            reason: input.reason,
          },
        }),
      ),
    after: made => void navigate({ href: paths.handOver(made.id) }),
  });
  const fault = (name: string) => (draw.error instanceof Problem ? draw.error.field(name) : undefined);
  const missing = !input.unit || !giver || !input.taker || !input.reason.trim() ? t("hand_over.fill_first") : undefined;
  const named = (one: Person) => `${one.user_name} · ${one.unit_name} ${word("role", one.role)}`;
  const by = (list: Person[] | undefined, without: string[]) => {
    const found = new Map<string, string>();
    for (const one of list ?? [])
      if (!without.includes(one.user_id) && !found.has(one.user_id)) found.set(one.user_id, named(one));
    return [...found].map(([value, label]) => ({ value, label }));
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    draw.mutate();
  }
  return (
    <Modal title={t("hand_over.draw")} open onClose={onClose} wide>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          <Muted>{t("hand_over.draw_lead")}</Muted>
          {draw.isError && <ErrorNote error={draw.error} />}
          {people.isError && <ErrorNote error={people.error} />}
          <TreePicker
            label={t("duty.unit")}
            required
            nodes={nodes}
            loading={loading}
            value={input.unit}
            onChange={unit => set({ unit, giver: "", taker: "", witness: "" })}
            error={fault("unit_id")}
          />
          <Grid min={16}>
            <Select
              label={t("hand_over.giver")}
              required
              value={input.giver}
              onChange={value => set({ giver: value })}
              options={(people.data?.givers ?? [])
                .filter((one, i, all) => all.findIndex(other => key(other) === key(one)) === i)
                .map(one => ({ value: key(one), label: named(one) }))}
              error={fault("giver_id")}
            />
            <Select
              label={t("hand_over.taker")}
              required
              value={input.taker}
              onChange={taker => set({ taker })}
              options={by(people.data?.takers, [giver])}
              error={fault("taker_id")}
            />
          </Grid>
          <Select
            label={t("hand_over.witness")}
            hint={t("hand_over.witness_hint")}
            clearable
            value={input.witness}
            onChange={witness => set({ witness })}
            options={by(people.data?.witnesses, [giver, input.taker])}
            error={fault("witness_id")}
          />
          <TextField
            label={t("hand_over.occasion")}
            hint={t("hand_over.occasion_hint")}
            required
            max={500}
            value={input.reason}
            onChange={reason => set({ reason })}
            error={fault("reason")}
          />
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" kind="primary" busy={draw.isPending} reason={missing}>
              {t("hand_over.draw")}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}
