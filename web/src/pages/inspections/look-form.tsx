import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { DateField } from "../../forms/date-field";
import { word } from "../../i18n";
import { versionOf } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { NumberField, TextArea, TextField } from "../../ui/field";
import { Grid, Muted, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { FormFoot, Modal } from "../../ui/modal";
import { ErrorNote } from "../../ui/states";

/** LookForm draws what a look-back looks at again, shows the draw, and registers it. The same year, seed and size draw the same. */
export function LookForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const last = Number(me.today.slice(0, 4)) - 1;
  const [year, setYear] = useState<number | "">(last);
  const [seed, setSeed] = useState(me.today);
  const [size, setSize] = useState<number | "">("");
  const [title, setTitle] = useState(t("look.title_of", { year: last }));
  const [basis, setBasis] = useState("");
  const [scope, setScope] = useState(t("look.scope_of", { year: last }));
  const [from, setFrom] = useState(me.today);
  const [to, setTo] = useState("");
  const drawn = { year: Number(year) || undefined, seed: seed || undefined, size: Number(size) || undefined };
  const draw = useOne(["look-draw", year, seed, size], signal =>
    take(api.GET("/api/v1/look-back-draw", { signal, params: { query: drawn } })),
  );
  const create = useAct({
    quiet: true,
    send: () =>
      take(
        api.POST("/api/v1/look-backs", {
          body: {
            ...drawn,
            title,
            basis,
            scope,
            methods: ["visit", "material"],
            starts_on: from,
            ends_on: to,
            leader_id: me.user.id,
          },
        }),
      ),
    after: made => void navigate({ href: paths.inspection(made.id) }),
  });
  const fault = (name: string) => (create.error instanceof Problem ? create.error.field(name) : undefined);
  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }
  return (
    <Modal title={t("look.create")} open onClose={onClose} wide>
      <form onSubmit={submit} noValidate>
        <Stack gap={1}>
          <p>{t("look.lead")}</p>
          {create.isError && <ErrorNote error={create.error} />}
          <Grid min={12}>
            <NumberField
              label={t("look.year")}
              hint={t("look.year_hint")}
              min={2000}
              max={2100}
              value={year}
              onChange={setYear}
              error={fault("year")}
            />
            <TextField label={t("look.seed")} hint={t("look.seed_hint")} value={seed} onChange={setSeed} max={100} />
            <NumberField label={t("look.size")} hint={t("look.size_hint")} min={1} max={500} value={size} onChange={setSize} />
          </Grid>
          {draw.isError && <ErrorNote error={draw.error} />}
          {draw.data && (
            <Stack gap={0.5}>
              <strong>{t("look.draw", { population: draw.data.population, size: draw.data.size })}</strong>
              <Muted>{t("look.rule", { n: versionOf(draw.data.rule) })}</Muted>
              <ol>
                {draw.data.items.map(item => (
                  <li key={item.subject + item.subject_id}>
                    <Row wrap>
                      <Tag>{word("looked", item.subject)}</Tag>
                      <span>{[item.number, item.title].filter(Boolean).join(" ")}</span>
                      <Muted>{item.unit_name}</Muted>
                    </Row>
                  </li>
                ))}
              </ol>
            </Stack>
          )}
          <TextField label={t("inspection.title")} required value={title} onChange={setTitle} error={fault("title")} max={200} />
          <TextArea label={t("inspection.basis")} required rows={2} value={basis} onChange={setBasis} error={fault("basis")} />
          <TextArea label={t("inspection.scope")} required rows={2} value={scope} onChange={setScope} error={fault("scope")} />
          <Grid min={12}>
            <DateField label={t("inspection.starts_on")} required value={from} onChange={setFrom} error={fault("starts_on")} />
            <DateField
              label={t("inspection.ends_on")}
              required
              min={from}
              value={to}
              onChange={setTo}
              error={fault("ends_on")}
              countFrom={from}
            />
          </Grid>
          <FormFoot>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button
              type="submit"
              kind="primary"
              busy={create.isPending}
              disabled={draw.data?.size === 0}
              reason={draw.data?.size === 0 ? t("look.nothing", { year }) : undefined}
            >
              {t("look.create")}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  );
}
