import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { DueDate } from "../../forms/due";
import { instructionTones } from "../../forms/instructions";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { PageHead, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { type Column, More, Table } from "../../ui/table";
import { Tabs } from "../../ui/tabs";

export type Instruction = Schemas["Instruction"];

const queries = {
  waiting: { waiting: true },
  mine: { mine: true },
  open: { status: "open" },
  overdue: { overdue: true },
  done: { status: "done" },
  all: {},
} as const;
type Tab = keyof typeof queries;

/** tabsOf are the lists that mean something to a person: whose units reply, who writes, who watches. */
function tabsOf(may: (permission: string) => boolean): Tab[] {
  const own: Tab[] = may("instruction.reply") ? ["waiting"] : [];
  if (may("instruction.give")) own.push("mine");
  return [...own, "open", "overdue", "done", "all"];
}

/** Instructions lists leaders' instructions: those that wait for feedback, my own, those that are late. */
export default function Instructions() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const tabs = tabsOf(permission => me.permissions.includes(permission));
  const first = tabs[0]!;
  const [{ tab = first }, setUrl] = useUrl<"tab">();
  const current = tabs.includes(tab as Tab) ? (tab as Tab) : first;
  const list = usePages(["instructions", current], (after, signal) =>
    take(api.GET("/api/v1/instructions", { signal, params: { query: { after, limit: 50, ...queries[current] } } })),
  );
  const columns = useColumns();
  return (
    <>
      <PageHead title={t("nav.instructions")} lead={t("instruction.lead")} />
      <Tabs
        label={t("notice.by_state")}
        value={current}
        onChange={value => setUrl({ tab: value === first ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: value === "all" ? t("inspection.all") : t(`instruction.tab.${value}`) }))}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={t("instruction.none")} icon="brush">
              {t("instruction.none_help")}
            </Empty>
          )}
          {list.items.length > 0 && (
            <Table
              label={t("nav.instructions")}
              rows={list.items}
              id={row => row.id}
              columns={columns}
              onOpen={row => void navigate({ href: paths.instruction(row.id) })}
            />
          )}
          <More
            shown={list.items.length}
            next={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </Panel>
      </Tabs>
    </>
  );
}

function useColumns(): Column<Instruction>[] {
  const { t } = useTranslation();
  return [
    {
      key: "text",
      title: t("instruction.text"),
      phone: "main",
      cell: row => (
        <Stack gap={0.125}>
          <Link to={paths.instruction(row.id) as never}>{row.text}</Link>
          <small>
            {t(`instruction.on.${row.subject}`)} {row.subject_title}
          </small>
        </Stack>
      ),
    },
    { key: "author", title: t("instruction.author"), kind: "tight", cell: row => row.author_name },
    {
      key: "urgency",
      title: t("instruction.urgency"),
      kind: "tight",
      phone: "hide",
      cell: row => (row.informs ? t("instruction.informed") : t(`urgency.${row.urgency}`)),
    },
    {
      key: "replies",
      title: t("instruction.replies"),
      kind: "tight",
      cell: row => (row.informs ? "—" : `${row.units.length - row.waiting} / ${row.units.length}`),
    },
    {
      key: "status",
      title: t("duty.status"),
      kind: "tight",
      cell: row => <Tag tone={instructionTones[row.status]}>{word("status.instruction", row.status)}</Tag>,
    },
    {
      key: "due",
      title: t("instruction.due"),
      kind: "tight",
      cell: row =>
        row.due_date ? (
          <Row>
            <DueDate due={row.due_date} />
            {row.overdue && <Tag tone="red">{t("light.red")}</Tag>}
          </Row>
        ) : (
          "—"
        ),
    },
  ];
}
