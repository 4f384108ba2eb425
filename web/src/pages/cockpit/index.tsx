import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { mainPlan, percent, usePlans } from "../../api/duties";
import { type Summary, useSummary } from "../../api/ledger";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { stringifySearch, useUrl } from "../../app/url";
import { LightBars, lightOrder } from "../../charts/bars";
import { Funnel } from "../../charts/funnel";
import { Heat } from "../../charts/heat";
import { Lines } from "../../charts/line";
import { Approvals } from "../../forms/approvals";
import { longDate, monthOf } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Grid, PageHead, Panel, Row, Stack } from "../../ui/layout";
import { type LightName, Progress } from "../../ui/light";
import { Empty, ErrorNote, Note, SkeletonRows } from "../../ui/states";
import css from "./cockpit.module.css";
import { Risks } from "./risks";
import { type Ledger, Tiles } from "./tiles";

const AsOf = lazy(() => import("./as-of"));

/** Cockpit shows in ten seconds what is late, who holds it, what to do, today or on a past day; every number leads to its rows. */
export default function Cockpit() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [{ as_of: asked }, setUrl] = useUrl<"as_of">();
  const asOf = asked && asked < me.today ? asked : undefined;
  const [looking, setLooking] = useState(false);
  const plans = usePlans();
  const plan = mainPlan(plans.items);
  const summary = useSummary({ q: `plan:${plan?.id} is:all`, as_of: asOf }, plan !== undefined);
  const sum = summary.data;
  const ledger: Ledger = search =>
    `${paths.ledger}${stringifySearch({ plan_id: plan?.id, layout: "list", as_of: asOf, ...search })}`;
  if (plans.isSuccess && !plan) {
    return (
      <>
        <PageHead title={t("nav.cockpit")} />
        <Empty
          title={t("cockpit.no_plan")}
          icon="gauge"
          act={me.permissions.includes("plan.create") && <Link to={paths.plans as never}>{t("cockpit.to_plans")}</Link>}
        />
      </>
    );
  }
  const failed = plans.isError ? plans : summary.isError ? summary : undefined;
  return (
    <div className={css.sheet}>
      <PageHead
        title={t("nav.cockpit")}
        lead={
          <Row wrap>
            {plan?.title}
            {sum && (
              <Progress
                value={percent(sum.completion.closed)}
                planned={percent(sum.completion.planned)}
                label={t("cockpit.closed")}
              />
            )}
            <span className={css.paper}>{t("cockpit.of_day", { date: longDate(asOf ?? me.today, i18n.language) })}</span>
          </Row>
        }
        acts={
          <>
            <Button icon="history" kind={looking || asOf ? "primary" : undefined} onClick={() => setLooking(!looking)}>
              {t("cockpit.look_back")}
            </Button>
            <Button icon="print" onClick={() => print()}>
              {t("ledger.print")}
            </Button>
          </>
        }
      />
      {(looking || asOf) && (
        <Suspense>
          <AsOf day={asOf} today={me.today} onChange={day => setUrl({ as_of: day })} />
        </Suspense>
      )}
      {asOf && (
        <Note tone="blue" icon="history">
          {t("cockpit.of_past", { date: longDate(asOf, i18n.language) })}
        </Note>
      )}
      {failed ? (
        <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <Tiles sum={sum} ledger={ledger} waiting={summary.isPlaceholderData || summary.isPending} />
      )}
      {!asOf && (
        <div className="no-print">
          <Approvals withDuties />
        </div>
      )}
      {!failed && (
        <Grid min={26}>
          <Panel
            title={t("cockpit.risks")}
            acts={<Link to={ledger({ overdue: "true" }) as never}>{t("inbox.in_ledger")}</Link>}
            flush
          >
            {sum ? <Risks risks={sum.risks} /> : <SkeletonRows rows={10} />}
          </Panel>
          <Stack>
            <Units sum={sum} ledger={ledger} />
            <Completion sum={sum} />
          </Stack>
        </Grid>
      )}
      <Grid min={20}>
        {!failed && (
          <Panel title={t("cockpit.calendar", { month: monthOf(asOf ?? me.today, i18n.language) })}>
            <Heat
              month={asOf ?? me.today}
              today={asOf ?? me.today}
              counts={new Map(sum?.due.map(day => [day.date, day.n]))}
              to={date => ledger({ due_from: date, due_to: date })}
            />
          </Panel>
        )}
        {!asOf && <NoticeFunnel />}
      </Grid>
    </div>
  );
}

/** Units are the lights of the units with most red ones. */
function Units({ sum, ledger }: { sum?: Summary; ledger: Ledger }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("cockpit.by_unit")}>
      {sum ? (
        <LightBars
          label={t("cockpit.by_unit")}
          bars={sum.units.map(unit => ({
            key: unit.unit_id,
            label: unit.name,
            name: <Link to={ledger({ unit_id: unit.unit_id, ended: "true" }) as never}>{unit.name}</Link>,
            counts: Object.fromEntries(
              lightOrder.map(light => [light, unit.light.find(one => one.value === light)?.n ?? 0]),
            ) as Record<LightName, number>,
          }))}
        />
      ) : (
        <SkeletonRows />
      )}
    </Panel>
  );
}

/** Completion is the way of the year beside its plan. */
function Completion({ sum }: { sum?: Summary }) {
  const { t, i18n } = useTranslation();
  const done = sum?.completion;
  if (!sum || !done) return null;
  return (
    <Panel title={t("cockpit.completion", { year: done.year })}>
      <Lines
        label={t("cockpit.completion_said", {
          date: longDate(sum.as_of, i18n.language),
          closed: percent(done.closed),
          planned: percent(done.planned),
        })}
        names={{ reached: t("cockpit.line_closed"), planned: t("cockpit.line_planned") }}
        head={t("cockpit.month")}
        points={done.months.map(month => ({
          key: month.month,
          name: t("cockpit.month_n", { n: Number(month.month.slice(5)) }),
          planned: percent(month.planned),
          reached: month.closed === undefined ? undefined : percent(month.closed),
        }))}
      />
    </Panel>
  );
}

/** NoticeFunnel is how far the rectification notices of this year have come. */
function NoticeFunnel() {
  const { t } = useTranslation();
  const { today } = useMe();
  const year = Number(today.slice(0, 4));
  const funnel = useOne(["notices", "funnel", year], signal =>
    take(api.GET("/api/v1/rectification-funnel", { signal, params: { query: { year } } })),
  );
  const steps = ["served", "signed", "replied", "closed"] as const;
  return (
    <Panel title={t("cockpit.notices")} acts={<Link to={paths.notices as never}>{t("inbox.look")}</Link>}>
      {funnel.isPending && <SkeletonRows rows={3} />}
      {funnel.isError && <ErrorNote error={funnel.error} onRetry={() => void funnel.refetch()} />}
      {funnel.data && (
        <Funnel
          label={t("cockpit.notices")}
          steps={steps.map(key => ({ key, name: t(`notice.step.${key}`), n: funnel.data[key] }))}
        />
      )}
    </Panel>
  );
}
