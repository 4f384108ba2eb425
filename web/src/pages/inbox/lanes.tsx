import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Duty, type DutyQuery, useDuties } from "../../api/duties";
import { stringifySearch } from "../../app/url";
import { DueDate, DutyLight } from "../../forms/due";
import { word } from "../../i18n";
import { titled } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { ErrorNote } from "../../ui/states";
import { More, Table } from "../../ui/table";
import css from "./inbox.module.css";

/** A lane shows so many rows before one asks for more. */
const first = 10;

interface Listed {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
  items: unknown[];
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Frame is a lane: left out while it is empty. */
export function Frame({ title, list, acts, children }: { title: string; list: Listed; acts?: ReactNode; children: ReactNode }) {
  if (!list.isError && list.items.length === 0) return null;
  const count = list.items.length > 0 ? ` ${list.items.length}${list.hasNextPage ? "+" : ""}` : "";
  return (
    <Panel
      title={
        <>
          {title}
          <span className={css.count}>{count}</span>
        </>
      }
      acts={acts}
      flush
    >
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.items.length > 0 && children}
      {list.items.length > 0 && list.hasNextPage && (
        <More shown={list.items.length} next busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      )}
    </Panel>
  );
}

/** DutyLane lists duties that wait; those to be signed for can be signed for in the row. */
export function DutyLane({ name, query }: { name: "over" | "soon" | "mine" | "late"; query: DutyQuery }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useDuties(query, first);
  const all = `${paths.ledger}${stringifySearch({ ...query, layout: "list" })}`;
  return (
    <Frame
      title={t(`inbox.${name}`)}
      list={list}
      acts={list.items.length > 0 && <Link to={all as never}>{t("inbox.in_ledger")}</Link>}
    >
      <Table
        label={t(`inbox.${name}`)}
        rows={list.items}
        id={row => row.id}
        onOpen={row => void navigate({ href: paths.duty(row.id) })}
        columns={[
          {
            key: "task",
            title: t("duty.task"),
            phone: "main",
            cell: row => <Link to={paths.duty(row.id) as never}>{titled(row.task_number, row.task_title)}</Link>,
          },
          { key: "unit", title: t("duty.unit"), cell: row => row.unit_name },
          {
            key: "part",
            title: t("duty.part"),
            kind: "tight",
            phone: "hide",
            cell: row => <Tag tone={row.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${row.part}`)}</Tag>,
          },
          {
            key: "due",
            title: t("duty.due"),
            kind: "tight",
            cell: row => <DueDate due={row.due_date} original={row.original_due_date} />,
          },
          { key: "light", title: t("duty.light"), kind: "tight", cell: row => <DutyLight duty={row} /> },
          { key: "act", title: t("form.acts"), kind: "tight", cell: row => <Quick duty={row} /> },
        ]}
      />
    </Frame>
  );
}

/** Quick is the one act of a row: report on it, or look. */
function Quick({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = (action: string) => duty.allowed_actions.some(one => one.action === action && one.enabled);
  if (can("report")) {
    return (
      <Button size="xs" onClick={() => void navigate({ href: paths.report(duty.id) })}>
        {word("action.duty", "report")}
      </Button>
    );
  }
  return (
    <Button size="xs" onClick={() => void navigate({ href: paths.duty(duty.id) })}>
      {t("inbox.look")}
    </Button>
  );
}
