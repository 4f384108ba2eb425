import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { type Duty, percent } from "../../api/duties";
import { usePages } from "../../api/pages";
import { Acts } from "../../forms/acts";
import { EvidenceList } from "../../forms/evidence";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Facts, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Empty, ErrorNote, Note, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";

type Report = Schemas["Report"];
const tone = { draft: "plain", submitted: "blue", reviewed: "blue", confirmed: "green", sent_back: "amber" } as const;

/** Reports are the progress reports and completion requests on a duty, newest first, with the acts on each. */
export function Reports({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const list = usePages(["reports", duty.id], (after, signal) =>
    take(api.GET("/api/v1/duties/{id}/reports", { signal, params: { path: { id: duty.id }, query: { after, limit: 50 } } })),
  );
  if (list.isPending) return <SkeletonRows />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0) {
    return (
      <Panel>
        <Empty title={t("report.none")}>{t("report.none_help", { unit: duty.unit_name })}</Empty>
      </Panel>
    );
  }
  return (
    <Stack>
      {[...list.items].reverse().map(report => (
        <OneReport key={report.id} duty={duty} report={report} />
      ))}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Stack>
  );
}

function OneReport({ duty, report }: { duty: Duty; report: Report }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={
        <Row wrap>
          {t(`report.kind.${report.kind}`)} {report.period}
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
        <Prose>{report.narrative}</Prose>
        <Facts
          items={(
            [
              [t("report.problems"), report.problems],
              [t("report.next_steps"), report.next_steps],
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

function ReportActs({ duty, report }: { duty: Duty; report: Report }) {
  const { t } = useTranslation();
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
        send_back: {
          fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true, hint: t("report.send_back_hint") }],
          run: v => take(api.POST("/api/v1/reports/{id}/send-back", { params, body: { reason: String(v.reason) } })),
        },
      }}
    />
  );
}
