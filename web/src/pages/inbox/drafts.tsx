import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Table } from "../../ui/table";
import { Frame } from "./lanes";

/** DraftLane lists the plans that are being drawn up and have not been issued. */
export function DraftLane() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = usePages(["plans", "lane"], (after, signal) =>
    take(api.GET("/api/v1/plans", { signal, params: { query: { after, limit: 10, status: "draft" } } })),
  );
  return (
    <Frame title={t("inbox.drafts")} list={list}>
      <Table
        label={t("inbox.drafts")}
        rows={list.items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.plan(row.id) })}
        columns={[
          {
            key: "title",
            title: t("inbox.plan"),
            phone: "main",
            cell: row => <Link to={paths.plan(row.id) as never}>{row.title}</Link>,
          },
          { key: "at", title: t("inbox.begun"), kind: "tight", cell: row => instant(row.created_at).slice(0, 10) },
        ]}
      />
    </Frame>
  );
}
