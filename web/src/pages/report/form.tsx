import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { type Duty, percent } from "../../api/duties";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { EvidenceDrop, EvidenceList } from "../../forms/evidence";
import { clock } from "../../lib/dates";
import { dropDraft, useDraft } from "../../lib/draft";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PercentField, TextArea, TextField } from "../../ui/field";
import { Facts, Panel, Prose, Row, Split, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { ErrorNote, Note } from "../../ui/states";
import { Guide } from "./guide";
import { useServerDraft } from "./server-draft";

type Report = Schemas["Report"];

export interface Draft {
  period: string;
  progress: number;
  narrative: string;
  problems: string;
  nextSteps: string;
}

/** The text of a report is asked to say something. */
const shortest = 10;

/** ReportForm writes a report: kept on this device at once, on the server when the writer rests, sent after one look over it. */
export function ReportForm({ duty, kind, report }: { duty: Duty; kind: Report["kind"]; report?: Report }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = `report.${duty.id}.${report?.id ?? kind}`;
  const draft = useDraft<Draft>(name, {
    period: report?.period ?? "",
    progress: kind === "completion" ? 100 : percent(report?.progress ?? duty.progress),
    narrative: report?.narrative ?? "",
    problems: report?.problems ?? "",
    nextSteps: report?.next_steps ?? "",
  });
  const value = draft.value;
  const set = (part: Partial<Draft>) => draft.set({ ...value, ...part });
  const server = useServerDraft({ duty, kind, report, value });
  const [checking, setChecking] = useState(false);
  const [tried, setTried] = useState(false);
  const short = [...value.narrative.trim()].length < shortest;
  const fault = (field: string) => (server.error instanceof Problem ? server.error.field(field) : undefined);

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
    if (!short) setChecking(true);
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
              <TextField
                label={t("report.period")}
                hint={t("report.period_hint")}
                value={value.period}
                onChange={period => set({ period })}
                max={20}
                error={fault("period")}
              />
              {kind === "progress" && (
                <PercentField
                  label={t("report.progress")}
                  value={value.progress}
                  onChange={progress => set({ progress })}
                  error={fault("progress")}
                />
              )}
              <TextArea
                label={t("report.narrative")}
                required
                rows={6}
                max={20_000}
                min={shortest}
                value={value.narrative}
                onChange={narrative => set({ narrative })}
                error={fault("narrative") ?? (tried && short ? t("report.too_short", { n: shortest }) : undefined)}
              />
              <TextArea
                label={t("report.problems")}
                rows={3}
                max={20_000}
                value={value.problems}
                onChange={problems => set({ problems })}
                error={fault("problems")}
              />
              <TextArea
                label={t("report.next_steps")}
                rows={3}
                max={20_000}
                value={value.nextSteps}
                onChange={nextSteps => set({ nextSteps })}
                error={fault("next_steps")}
              />
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
      <Modal
        title={t("report.check_title")}
        open={checking}
        onClose={() => setChecking(false)}
        foot={
          <>
            <Button onClick={() => setChecking(false)}>{t("report.edit_more")}</Button>
            <Button kind="primary" busy={send.isPending} onClick={() => send.mutate()}>
              {t("report.submit")}
            </Button>
          </>
        }
      >
        <Stack>
          {send.isError && <ErrorNote error={send.error} />}
          <Facts
            items={[
              [t("report.progress"), `${percent(duty.progress)}% → ${kind === "completion" ? 100 : value.progress}%`],
              [t("report.narrative"), <Prose key="n">{value.narrative}</Prose>],
              [t("report.problems"), value.problems],
              [t("report.next_steps"), value.nextSteps],
            ]}
          />
          {server.saved && <EvidenceList subject="report" id={server.saved.id} />}
        </Stack>
      </Modal>
    </>
  );
}

/** status says where the text is kept and since when: on the server, else on this device. */
function status(server: Date | undefined, device: Date | undefined, onServer: string, onDevice: string): string {
  if (server && (!device || server >= device)) return `${onServer} ${clock(server)}`;
  return device ? `${onDevice} ${clock(device)}` : "";
}
