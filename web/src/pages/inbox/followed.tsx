import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLedger } from "../../api/ledger";
import { DueDate, DutyLight } from "../../forms/due";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Panel } from "../../ui/layout";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

/** Followed lists the duties that this person follows, the ended ones too, with the latest word on each. */
export default function Followed() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useLedger({ q: "is:followed is:all" });
  return (
    <Panel flush>
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("inbox.followed_none")} icon="flag">
          {t("inbox.followed_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("inbox.tab.followed")}
          rows={list.items}
          id={row => row.id}
          onOpen={row => void navigate({ href: paths.duty(row.id) })}
          columns={[
            {
              key: "task",
              title: t("duty.task"),
              phone: "main",
              cell: row => (
                <>
                  <Link to={paths.duty(row.id) as never}>{titled(row.task_number, row.task_title)}</Link>
                  {row.last_word && <div>{row.last_word}</div>}
                </>
              ),
            },
            { key: "unit", title: t("duty.unit"), cell: row => row.unit_name },
            {
              key: "due",
              title: t("duty.due"),
              kind: "tight",
              cell: row => <DueDate due={row.due_date} original={row.original_due_date} />,
            },
            { key: "light", title: t("duty.light"), kind: "tight", cell: row => <DutyLight duty={row} /> },
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
