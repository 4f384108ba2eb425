import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useDuty } from "../../api/duties";
import { useOne } from "../../api/read";
import { useReportsAsked } from "../../api/reporting";
import { useUrl } from "../../app/url";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Crumbs } from "../../ui/crumbs";
import { PageHead } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { ReportForm } from "./form";

/** ReportPage writes a progress report or a completion request; one that was begun is gone on with. */
export default function ReportPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const [{ report: reportId, kind = "progress", asked: wished }] = useUrl<"report" | "kind" | "asked">();
  const duty = useDuty(id);
  const asked = useReportsAsked(id);
  const begun = useOne(
    ["report", reportId],
    signal => take(api.GET("/api/v1/reports/{id}", { signal, params: { path: { id: reportId ?? "" } } })),
    reportId !== undefined,
  );
  return (
    <Loaded whole query={duty}>
      {data => {
        const what = begun.data?.kind ?? (kind as "progress" | "completion");
        const form = (report?: typeof begun.data) => (
          <Loaded query={asked}>
            {list => (
              <ReportForm
                key={report?.id ?? "new"}
                duty={data}
                kind={what}
                report={report}
                asked={what === "progress" ? list.items : []}
                wished={wished}
              />
            )}
          </Loaded>
        );
        return (
          <>
            <Crumbs
              items={[
                { label: t("nav.ledger"), to: paths.ledger },
                { label: titled(data.task_number, data.task_title), to: paths.duty(id) },
                { label: t(`report.kind.${what}`) },
              ]}
            />
            <PageHead
              title={t(`report.kind.${what}`)}
              lead={`${titled(data.task_number, data.task_title)} · ${data.unit_name}`}
            />
            {reportId ? <Loaded query={begun}>{report => form(report)}</Loaded> : form()}
          </>
        );
      }}
    </Loaded>
  );
}
