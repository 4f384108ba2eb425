import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Panel } from "../../ui/layout";
import { Light } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { type Column, More, Table } from "../../ui/table";

type Item = Schemas["HandOverItem"];

/** Items are the rows of a list, as they stood when it was drawn. */
export function Items({ id }: { id: string }) {
  const { t } = useTranslation();
  const columns = useItemColumns();
  const list = usePages(["hand-over", id, "items"], (after, signal) =>
    take(api.GET("/api/v1/hand-overs/{id}/items", { signal, params: { path: { id }, query: { after, limit: 200 } } })),
  );
  return (
    <Panel flush>
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("hand_over.nothing_open")} icon="check">
          {t("hand_over.nothing_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table label={t("hand_over.items")} rows={list.items} id={row => String(row.ordinal)} columns={columns} />
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

/** place is where a row's object is to be found. */
function place(item: Item): string | undefined {
  if (item.kind === "notice") return paths.notice(item.object_id);
  if (item.kind === "instruction") return paths.instruction(item.object_id);
  return item.duty_id ? paths.duty(item.duty_id) : undefined;
}

export function useItemColumns(): Column<Item>[] {
  const { t } = useTranslation();
  return [
    { key: "ordinal", title: t("hand_over.ordinal"), kind: "tight", phone: "hide", cell: row => row.ordinal },
    { key: "kind", title: t("hand_over.kind"), kind: "tight", cell: row => t(`hand_over.kind.${row.kind}`) },
    {
      key: "title",
      title: t("hand_over.what"),
      phone: "main",
      cell: row => {
        const to = place(row);
        const text = titled(row.number, row.title);
        return to ? <Link to={to as never}>{text}</Link> : text;
      },
    },
    { key: "original", title: t("hand_over.original_due"), kind: "tight", phone: "hide", cell: row => row.original_due_date },
    { key: "due", title: t("duty.due"), kind: "tight", cell: row => row.due_date },
    {
      key: "light",
      title: t("duty.light"),
      kind: "tight",
      cell: row => row.light && <Light light={row.light as Schemas["Duty"]["light"]} />,
    },
    { key: "next", title: t("hand_over.next"), cell: row => row.next },
  ];
}
