import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

type Conclusion = Schemas["Conclusion"];

/** conclusionTone is the colour of a conclusion's state. */
export function conclusionTone(status: Conclusion["status"]) {
  return status === "received" ? "green" : status === "delivered" ? "amber" : "plain";
}

/** ConclusionRows are the parts of conclusions that the caller may see, of one inspection or of all. */
export function ConclusionRows({ inspection }: { inspection?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = usePages(["conclusions", inspection ?? ""], (after, signal) =>
    take(api.GET("/api/v1/conclusions", { signal, params: { query: { after, limit: 50, inspection_id: inspection } } })),
  );
  return (
    <Panel title={inspection && t("conclusion.parts")} flush>
      {list.isPending && <SkeletonRows rows={3} />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("conclusion.none")} icon="seal">
          {t("conclusion.none_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("conclusion.tab")}
          rows={list.items}
          id={row => row.id}
          onOpen={row => void navigate({ href: paths.conclusion(row.id) })}
          columns={[
            { key: "number", title: t("notice.number"), kind: "tight", cell: row => row.number },
            {
              key: "title",
              title: t(inspection ? "notice.unit" : "conclusion.of"),
              phone: "main",
              cell: row => (
                <Link to={paths.conclusion(row.id) as never}>{inspection ? row.unit_name : row.inspection_title}</Link>
              ),
            },
            ...(inspection ? [] : [{ key: "unit", title: t("notice.unit"), cell: (row: Conclusion) => row.unit_name }]),
            { key: "at", title: t("notice.served_at"), kind: "tight", phone: "hide", cell: row => instant(row.delivered_at) },
            {
              key: "received",
              title: t("notice.signed_at"),
              kind: "tight",
              phone: "hide",
              cell: row => row.received_at && instant(row.received_at),
            },
            { key: "until", title: t("conclusion.object_until"), kind: "tight", cell: row => row.object_until },
            {
              key: "status",
              title: t("notice.status"),
              kind: "tight",
              cell: row => <Tag tone={conclusionTone(row.status)}>{word("status.conclusion", row.status)}</Tag>,
            },
          ]}
        />
      )}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Panel>
  );
}
