import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { percent, usePlans } from "../../api/duties";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Segments } from "../../ui/tabs";
import { ImportPlan } from "./import";

/** Plans lists the plans of all years; a new one begins with its document. */
export default function Plans() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [importing, setImporting] = useState(false);
  const [{ show }, setUrl] = useUrl<"show">();
  const templates = show === "templates";
  const list = usePlans(templates);
  const act = me.permissions.includes("plan.create") && (
    <Button kind="primary" icon="upload" onClick={() => setImporting(true)}>
      {t("plan.import")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("nav.plans")} lead={t("plan.lead")} acts={act} />
      <Panel
        flush
        title={templates ? t("plan.templates") : t("plan.all")}
        acts={
          <Segments
            label={t("nav.plans")}
            value={templates ? "templates" : "all"}
            onChange={value => setUrl({ show: value === "all" ? undefined : value })}
            options={(["all", "templates"] as const).map(value => ({ value, label: t(`plan.${value}`) }))}
          />
        }
      >
        {list.isPending && <SkeletonRows />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && (
          <Empty title={t(templates ? "plan.no_templates" : "plan.none")} icon="file" act={!templates && act}>
            {t(templates ? "plan.no_templates_help" : "plan.none_help")}
          </Empty>
        )}
        {list.items.length > 0 && (
          <Table
            label={t("nav.plans")}
            rows={list.items}
            id={row => row.id}
            onOpen={row => void navigate({ href: paths.plan(row.id) })}
            columns={[
              {
                key: "title",
                title: t("plan.title"),
                phone: "main",
                cell: row => <Link to={paths.plan(row.id) as never}>{row.title}</Link>,
              },
              { key: "number", title: t("plan.number"), kind: "tight", cell: row => row.number },
              { key: "year", title: t("plan.year"), kind: "num", cell: row => row.year },
              {
                key: "status",
                title: t("duty.status"),
                kind: "tight",
                cell: row => (
                  <Tag tone={row.status === "issued" ? "blue" : row.status === "closed" ? "green" : "plain"}>
                    {word("status.plan", row.status)}
                  </Tag>
                ),
              },
              { key: "issued", title: t("plan.issued_on"), kind: "tight", phone: "hide", cell: row => row.issued_on },
              {
                key: "duties",
                title: t("plan.duties"),
                kind: "num",
                phone: "hide",
                cell: row => (row.duties > 0 ? `${row.closed_duties} / ${row.duties}` : undefined),
              },
              {
                key: "progress",
                title: t("duty.progress"),
                kind: "tight",
                cell: row => <Progress value={percent(row.progress)} label={row.title} />,
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
      {importing && <ImportPlan onClose={() => setImporting(false)} />}
    </>
  );
}
