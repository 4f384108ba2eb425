import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import type { DueReport } from "../../api/reporting";
import { EvidenceDrop, EvidenceList } from "../../forms/evidence";
import { word } from "../../i18n";
import { clock } from "../../lib/dates";
import { dropDraft, useDraft } from "../../lib/draft";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PercentField, TextArea, TextField } from "../../ui/field";
import { Panel, Row, Split, Stack } from "../../ui/layout";
import { ErrorNote, Note } from "../../ui/states";
import { AskedFor } from "./asked";
import { Check } from "./check";
import { beginning, type Draft, next, open, type Report } from "./draft";
import { Figures } from "./figures";
import { Guide } from "./guide";
import { useServerDraft } from "./server-draft";

/** The text of a report is asked to say something. */
const shortest = 10;

/** What a content rule can ask for, in the order of the form, with its place in the draft. */
const parts = [
  ["responsible", "responsible", 2],
  ["measures", "measures", 3],
  ["narrative", "narrative", 6],
  ["problems", "problems", 3],
  ["next_steps", "nextSteps", 3],
] as const;
/** Those that are there only where they are asked for, or were filled in before. */
const rare = ["responsible", "measures"];

/** ReportForm writes a report: kept on this device at once, on the server when the writer rests, sent after one look over it. */
export function ReportForm({
  duty,
  kind,
  report,
  asked,
  wished,
}: {
  duty: Duty;
  kind: Report["kind"];
  report?: Report;
  asked: DueReport[];
  wished?: string;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = `report.${duty.id}.${report?.id ?? kind}`;
  const initial = beginning(duty, kind, kind === "progress" ? next(asked, wished) : undefined, report);
  const draft = useDraft<Draft>(name, initial);
  const value = { ...initial, ...draft.value };
  const set = (part: Partial<Draft>) => draft.set({ ...value, ...part });
  const server = useServerDraft({ duty, kind, report, value });
  const [checking, setChecking] = useState(false);
  const [tried, setTried] = useState(false);
  const choices = open(asked, server.saved);
  const current = choices.find(one => one.occurrence_id === value.occurrence);
  const needed: readonly string[] = current && current.ask.length > 0 ? current.ask : ["narrative"];
  const short = needed.includes("narrative") && [...value.narrative.trim()].length < shortest;
  const fault = (field: string) => (server.error instanceof Problem ? server.error.field(field) : undefined);
  const unsaid = (field: string, text: string) => {
    if (field === "narrative" && short) return t("report.too_short", { n: shortest });
    return needed.includes(field) && !text.trim() ? t("form.fill", { name: word("asked.field", field) }) : undefined;
  };
  const lacking = parts.some(([field, key]) => unsaid(field, value[key]));

  const send = useAct({
    quiet: true,
    send: async () => {
      const saved = await server.save();
      return take(api.POST("/api/v1/reports/{id}/submit", { params: { path: { id: saved.id }, header: match(saved.version) } }));
    },
    done: t("report.sent"),
    undo: sent =>
      take(api.POST("/api/v1/reports/{id}/withdraw", { params: { path: { id: sent.id }, header: match(sent.version) } })),
    after: () => {
      dropDraft(name);
      void navigate({ href: `${paths.duty(duty.id)}?tab=reports` });
    },
  });
  function check() {
    setTried(true);
    if (!lacking) setChecking(true);
  }
  return (
    <>
      <Split
        side={18}
        main={
          <Panel>
            <Stack gap={1}>
              {report?.send_back_reason && <Note tone="amber">{t("report.sent_back", { reason: report.send_back_reason })}</Note>}
              {draft.restored && !report && <Note tone="blue">{t("report.restored")}</Note>}
              {server.error !== undefined && (
                <ErrorNote error={server.error} onRetry={() => void server.save().catch(() => undefined)} />
              )}
              {kind === "progress" && (
                <AskedFor
                  choices={choices}
                  value={value.occurrence}
                  fixed={Boolean(report?.handed_in_on) || (report?.revision ?? 1) > 1}
                  error={fault("occurrence_id")}
                  onChange={occurrence => set({ occurrence, figures: [] })}
                />
              )}
              {!value.occurrence && (
                <TextField
                  label={t("report.period")}
                  hint={t("report.period_hint")}
                  value={value.period}
                  onChange={period => set({ period })}
                  max={20}
                  error={fault("period")}
                />
              )}
              {kind === "progress" && (
                <PercentField
                  label={t("report.progress")}
                  value={value.progress}
                  onChange={progress => set({ progress })}
                  error={fault("progress")}
                />
              )}
              {parts
                .filter(([field, key]) => !rare.includes(field) || needed.includes(field) || value[key])
                .map(([field, key, rows]) => (
                  <TextArea
                    key={field}
                    label={t(`asked.field.${field}`)}
                    required={needed.includes(field)}
                    rows={rows}
                    max={20_000}
                    min={field === "narrative" && needed.includes(field) ? shortest : undefined}
                    value={value[key]}
                    onChange={text => set({ [key]: text })}
                    error={fault(field) ?? (tried ? unsaid(field, value[key]) : undefined)}
                  />
                ))}
              {kind === "progress" && (
                <Figures
                  duty={duty.id}
                  occurrence={value.occurrence}
                  value={value.figures}
                  tried={tried}
                  onChange={figures => set({ figures })}
                  error={fault("figures")}
                />
              )}
              <section>
                <h3>{t("reply.evidence")}</h3>
                {server.saved ? (
                  <Stack>
                    <EvidenceDrop subject="report" id={server.saved.id} />
                    <EvidenceList subject="report" id={server.saved.id} />
                  </Stack>
                ) : (
                  <Row wrap>
                    <span>{t("report.save_first")}</span>
                    <Button size="xs" busy={server.busy} onClick={() => void server.save().catch(() => undefined)}>
                      {t("report.save")}
                    </Button>
                  </Row>
                )}
              </section>
              <Row spread wrap>
                <span role="status">{status(server.savedAt, draft.keptAt, t("report.saved_at"), t("report.kept_at"))}</span>
                <Row>
                  <Button busy={server.busy} onClick={() => void server.save().catch(() => undefined)}>
                    {t("report.save")}
                  </Button>
                  <Button kind="primary" onClick={check}>
                    {t("report.check")}
                  </Button>
                </Row>
              </Row>
            </Stack>
          </Panel>
        }
        aside={<Guide duty={duty} kind={kind} />}
      />
      {checking && (
        <Check
          duty={duty}
          kind={kind}
          value={value}
          period={current?.period}
          saved={server.saved}
          error={send.isError ? send.error : undefined}
          busy={send.isPending}
          onClose={() => setChecking(false)}
          onSend={() => send.mutate()}
        />
      )}
    </>
  );
}

/** status says where the text is kept and since when: on the server, else on this device. */
function status(server: Date | undefined, device: Date | undefined, onServer: string, onDevice: string): string {
  if (server && (!device || server >= device)) return `${onServer} ${clock(server)}`;
  return device ? `${onDevice} ${clock(device)}` : "";
}
