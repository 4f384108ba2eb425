import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { word } from "../../i18n";
import { daysBetween, instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Muted, Panel, Row } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Segments } from "../../ui/tabs";
import css from "./inbox.module.css";

const BulkRun = lazy(() => import("../../forms/bulk-run").then(m => ({ default: m.BulkRun })));

type Item = Schemas["WaitingItem"];
type Kind = Item["kind"] | "all";

/** Where the form of each kind is. */
const tabs: Record<Item["kind"], string> = {
  sign: "",
  decide_return: "",
  pass: "?tab=close_out",
  verify: "?tab=close_out",
  review_report: "?tab=reports",
  confirm_report: "?tab=reports",
  opine_extension: "?tab=extensions",
  decide_extension: "?tab=extensions",
  sign_share: "?tab=shares",
  decide_share: "?tab=shares",
  confirm_share: "?tab=shares",
  reply_urge: "?tab=urges",
};

/** So many are shown before one asks for more. */
const page = 20;

/** Waiting is all that waits for this person's decision or act, the longest first; many can be signed for at once. */
export function Waiting() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { today } = useMe();
  const [kind, setKind] = useState<Kind>("all");
  const [shown, setShown] = useState(page);
  const [signing, setSigning] = useState(false);
  const list = useOne(["waiting"], signal => take(api.GET("/api/v1/waiting", { signal })));
  const all = list.data?.items ?? [];
  const kinds = [...new Set(all.map(item => item.kind))];
  const items = kind === "all" ? all : all.filter(item => item.kind === kind);
  const toSign = all.filter(item => item.kind === "sign");
  const waits = (count: number) => (count > 0 ? t("inbox.waits", { count }) : t("inbox.waits_today"));
  const to = (item: Item) => paths.duty(item.duty_id) + tabs[item.kind];
  return (
    <Panel
      title={t("inbox.waiting", { count: all.length })}
      acts={
        toSign.length > 1 && (
          <Button size="xs" icon="check" onClick={() => setSigning(true)}>
            {t("inbox.sign_all", { count: toSign.length })}
          </Button>
        )
      }
      flush
    >
      {list.isPending && <SkeletonRows rows={4} />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && all.length === 0 && (
        <p className={css.none}>
          {t("inbox.none")}
          <Muted>{t("inbox.none_help")}</Muted>
        </p>
      )}
      {kinds.length > 1 && (
        <div style={{ padding: "0.625rem 0.875rem", overflowX: "auto" }}>
          <Segments<Kind>
            label={t("inbox.kinds")}
            value={kind}
            onChange={setKind}
            options={[
              { value: "all", label: t("inbox.kind.all") },
              ...kinds.map(value => ({
                value,
                label: `${t(`inbox.kind.${value}`)} ${all.filter(item => item.kind === value).length}`,
              })),
            ]}
          />
        </div>
      )}
      {items.length > 0 && (
        <Table
          label={t("nav.inbox")}
          rows={items.slice(0, shown)}
          id={item => item.kind + item.object_id}
          onOpen={item => void navigate({ href: to(item) })}
          columns={[
            {
              key: "kind",
              title: t("inbox.what"),
              kind: "tight",
              cell: item => <Tag tone={item.kind === "reply_urge" ? "amber" : "blue"}>{t(`inbox.kind.${item.kind}`)}</Tag>,
            },
            {
              key: "title",
              title: t("duty.task"),
              phone: "main",
              cell: item => <Link to={to(item) as never}>{item.title}</Link>,
            },
            { key: "unit", title: t("duty.unit"), cell: item => item.unit_name },
            {
              key: "since",
              title: t("inbox.since"),
              kind: "tight",
              cell: item => (
                <span title={instant(item.since)}>{waits(daysBetween(instant(item.since).slice(0, 10), today))}</span>
              ),
            },
            { key: "act", title: t("form.acts"), kind: "tight", cell: item => <Go item={item} to={to(item)} /> },
          ]}
        />
      )}
      {items.length > page && (
        <More shown={Math.min(shown, items.length)} next={shown < items.length} onMore={() => setShown(shown + page)} />
      )}
      {signing && (
        <Suspense fallback={null}>
          <BulkRun
            title={word("action.duty", "accept")}
            rows={toSign.map(item => ({ id: item.duty_id, label: `${item.title} · ${item.unit_name}` }))}
            skipped={0}
            run={sign}
            onClose={() => setSigning(false)}
          />
        </Suspense>
      )}
    </Panel>
  );
}

/** sign reads the duty's version and signs for it. */
async function sign(row: { id: string }) {
  const duty = await take(api.GET("/api/v1/duties/{id}", { params: { path: { id: row.id } } }));
  return take(api.POST("/api/v1/duties/{id}/accept", { params: { path: { id: row.id }, header: match(duty.version) } }));
}

function Go({ item, to }: { item: Item; to: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const act = useAct({ send: () => sign({ id: item.duty_id }), done: t("inbox.signed", { task: item.title }) });
  return (
    <Row>
      {item.kind === "sign" && (
        <Button size="xs" kind="primary" busy={act.isPending} onClick={() => act.mutate()}>
          {word("action.duty", "accept")}
        </Button>
      )}
      <Button size="xs" onClick={() => void navigate({ href: to })}>
        {t(item.kind === "sign" ? "inbox.look" : "inbox.handle")}
      </Button>
    </Row>
  );
}
