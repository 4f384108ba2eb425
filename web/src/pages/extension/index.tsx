import { useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { type Duty, percent, useDuty } from "../../api/duties";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { DateField } from "../../forms/date-field";
import { addDays, daysBetween } from "../../lib/dates";
import { dropDraft, useDraft } from "../../lib/draft";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Crumbs } from "../../ui/crumbs";
import { PercentField, TextArea } from "../../ui/field";
import { Facts, PageHead, Panel, Row, Split, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { ErrorNote, Note } from "../../ui/states";

/** ExtensionPage asks for more time on a duty, before its due date has passed. */
export default function ExtensionPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const duty = useDuty(id);
  return (
    <Loaded whole query={duty}>
      {data => (
        <>
          <Crumbs
            items={[
              { label: t("nav.ledger"), to: paths.ledger },
              { label: titled(data.task_number, data.task_title), to: paths.duty(id) },
              { label: t("extension.title") },
            ]}
          />
          <PageHead title={t("extension.title")} lead={`${titled(data.task_number, data.task_title)} · ${data.unit_name}`} />
          <Form duty={data} />
        </>
      )}
    </Loaded>
  );
}

function Form({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const { today } = useMe();
  const navigate = useNavigate();
  const name = `extension.${duty.id}`;
  const draft = useDraft(name, { date: "", reason: "", progress: percent(duty.progress) });
  const value = draft.value;
  const [tried, setTried] = useState(false);
  const ask = useAct({
    quiet: true,
    send: () =>
      take(
        api.POST("/api/v1/duties/{id}/extensions", {
          params: { path: { id: duty.id } },
          body: { due_date: value.date, reason: value.reason, progress: value.progress * 100 },
        }),
      ),
    done: t("extension.asked"),
    after: () => {
      dropDraft(name);
      void navigate({ href: `${paths.duty(duty.id)}?tab=extensions` });
    },
  });
  const fault = (field: string) => (ask.error instanceof Problem ? ask.error.field(field) : undefined);
  const action = duty.allowed_actions.find(one => one.action === "extend");
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (value.date && value.reason.trim()) ask.mutate();
  }
  const empty = (text: string, label: string) => (tried && !text.trim() ? t("form.fill", { name: label }) : undefined);
  return (
    <Split
      side={18}
      main={
        <Panel>
          <form onSubmit={submit} noValidate>
            <Stack gap={1}>
              {action && !action.enabled && <Note tone="amber">{action.reason}</Note>}
              {ask.isError && <ErrorNote error={ask.error} />}
              <DateField
                label={t("extension.wanted_date")}
                required
                min={duty.due_date && addDays(duty.due_date, 1)}
                countFrom={duty.due_date}
                value={value.date}
                onChange={date => draft.set({ ...value, date })}
                error={fault("due_date") ?? empty(value.date, t("extension.wanted_date"))}
              />
              <TextArea
                label={t("extension.reason")}
                required
                rows={5}
                max={4000}
                value={value.reason}
                onChange={reason => draft.set({ ...value, reason })}
                error={fault("reason") ?? empty(value.reason, t("extension.reason"))}
              />
              <PercentField
                label={t("extension.progress")}
                value={value.progress}
                onChange={progress => draft.set({ ...value, progress })}
                error={fault("progress")}
              />
              <Row end>
                <Button onClick={() => void navigate({ href: paths.duty(duty.id) })}>{t("ui.cancel")}</Button>
                <Button
                  kind="primary"
                  type="submit"
                  busy={ask.isPending}
                  reason={action && !action.enabled ? action.reason : undefined}
                >
                  {t("extension.ask")}
                </Button>
              </Row>
            </Stack>
          </form>
        </Panel>
      }
      aside={
        <Panel title={t("extension.clock")}>
          <Stack>
            <Facts
              items={[
                [t("duty.due"), duty.due_date],
                [t("due.old"), duty.original_due_date !== duty.due_date ? duty.original_due_date : undefined],
                [t("extension.left"), duty.due_date && t("extension.days", { n: daysBetween(today, duty.due_date) })],
                [
                  t("duty.due_revision"),
                  duty.due_revision > 1 ? t("duty.moved", { count: duty.due_revision - 1 }) : t("duty.never_moved"),
                ],
              ]}
            />
            <p>{t("extension.rule")}</p>
          </Stack>
        </Panel>
      }
    />
  );
}
