import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { addDays } from "../../lib/dates";
import { Button } from "../../ui/button";
import { DateField } from "../../ui/date-field";
import { TextArea, TextField } from "../../ui/field";
import { Grid, Panel, Row, Stack } from "../../ui/layout";
import { Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import { Result } from "./result";

type Book = Schemas["RuleBook"];

/** Try is a candidate rule file: tried on what happened, then proposed for approval by another person. */
export function Try({ book, text, onText }: { book?: Book; text: string; onText: (text: string) => void }) {
  const { t } = useTranslation();
  const { today, permissions } = useMe();
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01-01`);
  const [to, setTo] = useState(today);
  const [applies, setApplies] = useState(addDays(today, 1));
  const [note, setNote] = useState("");
  const test = useAct({ quiet: true, send: () => take(api.POST("/api/v1/rules/test", { body: { content: text, from, to } })) });
  const propose = useAct({
    quiet: true,
    done: t("rules.proposed"),
    send: () =>
      take(api.POST("/api/v1/rule-versions", { body: { content: text, applies_from: applies, note: note || undefined } })),
  });
  return (
    <Stack>
      <Panel title={t("rules.content")}>
        <Stack>
          <Select
            label={t("rules.start_from")}
            value=""
            clearable
            onChange={name => {
              const file = book?.shipped.find(one => one.name === name);
              if (file) onText(file.content);
            }}
            options={(book?.shipped ?? []).map(one => ({ value: one.name, label: one.name }))}
          />
          <TextArea
            label={t("rules.content")}
            hint={t("rules.content_hint")}
            required
            rows={14}
            value={text}
            onChange={value => {
              onText(value);
              test.reset();
              propose.reset();
            }}
          />
          <Grid min={14}>
            <DateField label={t("rules.period_from")} required value={from} onChange={setFrom} />
            <DateField label={t("rules.period_to")} required min={from} value={to} onChange={setTo} />
          </Grid>
          {test.isError && <ErrorNote error={test.error} />}
          <Row end>
            <Button kind="primary" busy={test.isPending} disabled={!text.trim()} onClick={() => test.mutate()}>
              {t("rules.test")}
            </Button>
          </Row>
        </Stack>
      </Panel>
      {test.data && <Result result={test.data} />}
      {permissions.includes("rule.propose") && (
        <Panel title={t("rules.propose")}>
          <Stack>
            <Grid min={14}>
              <DateField label={t("rules.applies_from")} required min={addDays(today, 1)} value={applies} onChange={setApplies} />
              <TextField label={t("rules.note")} value={note} onChange={setNote} max={2000} />
            </Grid>
            {propose.isError && <ErrorNote error={propose.error} />}
            <Row end>
              <Button busy={propose.isPending} disabled={!text.trim() || propose.isSuccess} onClick={() => propose.mutate()}>
                {t("rules.propose")}
              </Button>
            </Row>
          </Stack>
        </Panel>
      )}
    </Stack>
  );
}
