import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { type Duty, percent } from "../../api/duties";
import { usePages } from "../../api/pages";
import { useIndicators } from "../../api/reporting";
import { useUrl } from "../../app/url";
import { Acts } from "../../forms/acts";
import { EvidenceList } from "../../forms/evidence";
import { usePeriod } from "../../forms/period";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { TextButton } from "../../ui/button";
import { Facts, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Empty, ErrorNote, Note, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";
import { DueReports } from "./due-reports";
import { Versions } from "./versions";

type Report = Schemas["Report"];
const tone = { draft: "plain", submitted: "blue", reviewed: "blue", confirmed: "green", sent_back: "amber" } as const;

/** Reports are the progress reports and completion requests on a duty, newest first, with the acts on each. */
export function Reports({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const [{ version }, setUrl] = useUrl<"version">();
  const list = usePages(["reports", duty.id], (after, signal) =>
    take(api.GET("/api/v1/duties/{id}/reports", { signal, params: { path: { id: duty.id }, query: { after, limit: 50 } } })),
  );
  if (list.isPending) return <SkeletonRows />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  const compared = list.items.find(one => one.id === version && one.corrects_id);
  return (
    <Stack>
      <DueReports duty={duty} />
      {list.items.length === 0 && (
        <Panel>
          <Empty title={t("report.none")}>{t("report.none_help", { unit: duty.unit_name })}</Empty>
        </Panel>
      )}
      {[...list.items].reverse().map(report => (
        <OneReport key={report.id} duty={duty} report={report} onCompare={id => setUrl({ version: id })} />
      ))}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      {compared && <Versions correction={compared} onClose={() => setUrl({ version: undefined })} />}
    </Stack>
  );
}

function OneReport({ duty, report, onCompare }: { duty: Duty; report: Report; onCompare: (correction: string) => void }) {
  const { t } = useTranslation();
  const named = usePeriod();
  const figures = useFigures(report);
  const pair = report.corrects_id ? report.id : report.corrected_by_id;
  return (
    <Panel
      title={
        <Row wrap>
          {t(`report.kind.${report.kind}`)} {named(report.period)}
          {report.revision > 1 && <Tag tone="amber">{t("version.nth", { n: report.revision })}</Tag>}
          {report.days_late !== undefined && report.days_late > 0 && (
            <Tag tone="amber">{t("asked.late_by", { count: report.days_late })}</Tag>
          )}
          <Tag tone={tone[report.status]}>{word("status.report", report.status)}</Tag>
          <Progress value={percent(report.progress)} />
        </Row>
      }
      acts={
        <Row>
          <ReportActs duty={duty} report={report} />
        </Row>
      }
    >
      <Stack>
        {report.send_back_reason && <Note tone="amber">{t("report.sent_back", { reason: report.send_back_reason })}</Note>}
        {pair && (
          <Note tone="blue" acts={<TextButton onClick={() => onCompare(pair)}>{t("version.compare")}</TextButton>}>
            {t(report.corrects_id ? "version.is_correction" : "version.is_corrected")}
          </Note>
        )}
        <Prose>{report.narrative}</Prose>
        <Facts
          items={(
            [
              [t("asked.field.responsible"), report.responsible],
              [t("asked.field.measures"), report.measures],
              [t("report.problems"), report.problems],
              [t("report.next_steps"), report.next_steps],
              ...figures,
              [t("asked.due"), report.due_date],
              [t("asked.handed_in_on"), report.due_date && report.handed_in_on],
              [t("report.submitted_at"), report.submitted_at && instant(report.submitted_at)],
              [t("report.reviewed_at"), report.reviewed_at && instant(report.reviewed_at)],
              [t("report.confirmed_at"), report.confirmed_at && instant(report.confirmed_at)],
            ] as [string, string | undefined][]
          ).filter(([, value]) => value)}
        />
        <EvidenceList subject="report" id={report.id} />
      </Stack>
    </Panel>
  );
}

/** useFigures are the figures of a report as names and values. */
function useFigures(report: Report): [string, string][] {
  const { t } = useTranslation();
  const named = usePeriod();
  const figures = report.figures ?? [];
  const known = useIndicators(figures.length > 0);
  return figures.map(one => {
    const indicator = known.data?.find(row => row.id === one.indicator_id);
    const value = [one.value, indicator?.measure].filter(part => part !== undefined).join(" ");
    return [
      t("figure.of", { name: indicator?.name ?? one.indicator_id, period: named(one.period) }),
      one.reason ? `${value} · ${one.reason}` : value,
    ];
  });
}

function ReportActs({ duty, report }: { duty: Duty; report: Report }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params = { path: { id: report.id }, header: match(report.version) };
  return (
    <Acts
      subject="report"
      allowed={report.allowed_actions}
      specs={{
        save: { to: `${paths.report(duty.id)}?report=${report.id}`, label: t("report.go_on") },
        submit: { run: () => take(api.POST("/api/v1/reports/{id}/submit", { params })) },
        withdraw: { run: () => take(api.POST("/api/v1/reports/{id}/withdraw", { params })) },
        review: { run: () => take(api.POST("/api/v1/reports/{id}/review", { params })) },
        confirm: { run: () => take(api.POST("/api/v1/reports/{id}/confirm", { params })) },
        correct: {
          label: t("version.correct"),
          lead: t("version.lead"),
          fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true, hint: t("version.reason_hint") }],
          run: async v => {
            const made = await take(api.POST("/api/v1/reports/{id}/correct", { params, body: { reason: String(v.reason) } }));
            void navigate({ href: `${paths.report(duty.id)}?report=${made.id}` });
          },
        },
        send_back: {
          fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true, hint: t("report.send_back_hint") }],
          run: v => take(api.POST("/api/v1/reports/{id}/send-back", { params, body: { reason: String(v.reason) } })),
        },
      }}
    />
  );
}
