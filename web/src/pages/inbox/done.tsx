import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { actionOf } from "../../forms/events";
import { word } from "../../i18n";
import { addDays, instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Muted, Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Segments } from "../../ui/tabs";

type Item = Schemas["DoneItem"];

const periods = ["all", "week", "month", "year"] as const;
type Period = (typeof periods)[number];

/** from is the first day of a period that ends today. */
function from(period: Period, today: string): string | undefined {
  if (period === "week") return addDays(today, -6);
  if (period === "month") return addDays(today, -29);
  return period === "year" ? `${today.slice(0, 4)}-01-01` : undefined;
}

/** Where objects of each kind have their page. */
const pages: Record<Item["subject"], (item: Item) => string> = {
  calendar: () => paths.calendar,
  conclusion: item => paths.conclusion(item.subject_id),
  duty: item => paths.duty(item.subject_id),
  finding: item => paths.inspection(item.within_id ?? ""),
  hand_over: item => paths.handOver(item.subject_id),
  indicator: item => paths.indicator(item.subject_id),
  inspection: item => paths.inspection(item.subject_id),
  instruction: item => paths.instruction(item.subject_id),
  matter: item => paths.matter(item.subject_id),
  notice: item => paths.notice(item.subject_id),
  objection: item => paths.objection(item.subject_id),
  plan: item => paths.plan(item.subject_id),
  proceeding: item => paths.proceeding(item.subject_id),
  rule: () => paths.rules,
};
const address = (item: Item) => pages[item.subject](item);

/** titleOf is what a row is called; a rule set has a name of its own in each language. */
function titleOf(item: Item): string {
  if (item.subject !== "rule") return item.title ?? "";
  const [set = "", version] = (item.title ?? "").split("@");
  return `${word("rule_set", set)} @${version}`;
}

/** Done lists what this person has dealt with, one row for each object, by their latest act on it. */
export default function Done() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { today } = useMe();
  const [url, setUrl] = useUrl<"period">();
  const period = periods.find(one => one === url.period) ?? "all";
  const since = from(period, today);
  const list = usePages(["done", since], (after, signal) =>
    take(api.GET("/api/v1/done", { signal, params: { query: { from: since, after, limit: 50 } } })),
  );
  const open = (item: Item) => {
    if (item.readable) void navigate({ href: address(item) });
  };
  return (
    <Panel flush>
      <div style={{ padding: "0.625rem 0.875rem", overflowX: "auto" }}>
        <Segments<Period>
          label={t("done.period")}
          value={period}
          onChange={value => setUrl({ period: value === "all" ? undefined : value })}
          options={periods.map(value => ({ value, label: t(`done.period.${value}`) }))}
        />
      </div>
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t(period === "all" ? "done.none" : "done.none_then")} icon="check">
          {t("done.help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("inbox.tab.done")}
          rows={list.items}
          id={item => item.id}
          onOpen={open}
          columns={[
            {
              key: "title",
              title: t("duty.task"),
              phone: "main",
              cell: item =>
                item.readable ? <Link to={address(item) as never}>{titleOf(item)}</Link> : <Muted>{t("done.hidden")}</Muted>,
            },
            { key: "deed", title: t("done.act"), cell: item => <Act item={item} /> },
            { key: "at", title: t("done.at"), kind: "tight", cell: item => instant(item.at) },
            { key: "unit", title: t("done.unit"), cell: item => item.unit_name },
            {
              key: "state",
              title: t("done.state"),
              kind: "tight",
              cell: item => item.status && <Tag>{word(`status.${item.sort ?? item.subject}`, item.status)}</Tag>,
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

/** Act is what was done, and for whom, if it was done in somebody's place. */
function Act({ item }: { item: Item }) {
  const { t } = useTranslation();
  return (
    <>
      {actionOf({ subject: item.sort ?? item.subject, action: item.action })}
      {item.acting_for && <Muted> {t("events.acting", { name: item.acting_for })}</Muted>}
    </>
  );
}
