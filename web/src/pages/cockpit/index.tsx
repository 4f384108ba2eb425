import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { type Duty, mainPlan, useDuties, usePlans } from "../../api/duties";
import { useEvery, usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { stringifySearch } from "../../app/url";
import { type LightBar, LightBars, lightOrder } from "../../charts/bars";
import { Funnel } from "../../charts/funnel";
import { Heat } from "../../charts/heat";
import { Approvals } from "../../forms/approvals";
import { monthOf } from "../../lib/dates";
import { share } from "../../lib/numbers";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Grid, PageHead, Panel, Row } from "../../ui/layout";
import { type LightName, LightShape, Progress } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import css from "./cockpit.module.css";
import { Risks } from "./risks";

/** So many units stand in the picture; the ledger has all. */
const units = 12;

/** Cockpit shows in ten seconds what is late, who holds it, what to do; every number leads to its rows. */
export default function Cockpit() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const plans = usePlans();
  const plan = mainPlan(plans.items);
  const duties = useDuties({ plan_id: plan?.id }, 200, plan !== undefined);
  useEvery(duties);
  const sums = useMemo(() => summed(duties.items), [duties.items]);
  const all = plan?.duties ?? 0;
  const count = (light: LightName) => (light === "done" ? (plan?.closed_duties ?? 0) : sums.lights[light]);
  const ledger = (search: Record<string, string | undefined>) =>
    `${paths.ledger}${stringifySearch({ plan_id: plan?.id, layout: "list", ...search })}`;
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
  return (
    <>
      <PageHead
        title={t("nav.cockpit")}
        lead={
          <Row wrap>
            {plan?.title}
            {plan && <Progress value={share(plan.closed_duties, plan.duties)} label={t("cockpit.closed")} />}
          </Row>
        }
        acts={
          <Button icon="print" onClick={() => print()}>
            {t("ledger.print")}
          </Button>
        }
      />
      {duties.isError && <ErrorNote error={duties.error} onRetry={() => void duties.refetch()} />}
      <nav className={css.tiles} aria-label={t("cockpit.lights")}>
        <Tile name={t("cockpit.all")} n={all} of={all} to={ledger({})} waiting={duties.hasNextPage || duties.isPending} />
        {lightOrder.map(light => (
          <Tile
            key={light}
            light={light}
            name={t(`light.${light}`)}
            n={count(light)}
            of={all}
            to={ledger(light === "done" ? { status: "closed" } : { light })}
            waiting={duties.hasNextPage || duties.isPending}
          />
        ))}
      </nav>
      <Approvals withDuties />
      <Grid min={26}>
        <Panel
          title={t("cockpit.risks")}
          acts={<Link to={ledger({ overdue: "true" }) as never}>{t("inbox.in_ledger")}</Link>}
          flush
        >
          {duties.isPending ? <SkeletonRows /> : <Risks duties={duties.items} today={me.today} />}
        </Panel>
        <Panel title={t("cockpit.units")}>
          <LightBars
            label={t("cockpit.units")}
            bars={sums.units
              .slice(0, units)
              .map(bar => ({ ...bar, name: <Link to={ledger({ unit_id: bar.key }) as never}>{bar.label}</Link> }))}
          />
        </Panel>
      </Grid>
      <Grid min={20}>
        <Panel title={t("cockpit.calendar", { month: monthOf(me.today, i18n.language) })}>
          <Heat
            month={me.today}
            today={me.today}
            counts={sums.due}
            to={date => ledger({ q: undefined, due_from: date, due_to: date })}
          />
        </Panel>
        <NoticeFunnel />
      </Grid>
    </>
  );
}

function Tile({
  name,
  n,
  of,
  to,
  light,
  waiting,
}: {
  name: string;
  n: number;
  of: number;
  to: string;
  light?: LightName;
  waiting: boolean;
}) {
  return (
    <Link to={to as never} className={css.tile} data-light={light} aria-busy={waiting}>
      <span className={css.tileName}>
        {light && <LightShape light={light} />}
        {name}
      </span>
      <strong>{n}</strong>
      {light && <small>{share(n, of)}%</small>}
    </Link>
  );
}

/** NoticeFunnel is how far the rectification notices have come. */
function NoticeFunnel() {
  const { t } = useTranslation();
  const notices = useEvery(useNotices());
  const past = (...states: string[]) => notices.items.filter(notice => states.includes(notice.status)).length;
  const steps = [
    { key: "served", n: past("served", "signed", "replied", "closed") },
    { key: "signed", n: past("signed", "replied", "closed") },
    { key: "replied", n: notices.items.filter(notice => notice.replies.length > 0 && notice.status !== "voided").length },
    { key: "closed", n: past("closed") },
  ] as const;
  return (
    <Panel title={t("cockpit.notices")} acts={<Link to={paths.notices as never}>{t("inbox.look")}</Link>}>
      {notices.isPending ? (
        <SkeletonRows rows={3} />
      ) : (
        <Funnel label={t("cockpit.notices")} steps={steps.map(step => ({ ...step, name: t(`notice.step.${step.key}`) }))} />
      )}
    </Panel>
  );
}

function useNotices() {
  return usePages(["notices", "all"], (after, signal) =>
    take(api.GET("/api/v1/notices", { signal, params: { query: { after, limit: 200 } } })),
  );
}

/** summed counts the lights in all and for each unit, the worst unit first, and what falls due on which day. */
function summed(duties: Duty[]) {
  const none = () => ({ red: 0, yellow: 0, green: 0, grey: 0, done: 0 });
  const lights: Record<LightName, number> = none();
  const byUnit = new Map<string, LightBar>();
  const due = new Map<string, number>();
  for (const duty of duties) {
    lights[duty.light]++;
    const bar = byUnit.get(duty.unit_id) ?? { key: duty.unit_id, name: duty.unit_name, label: duty.unit_name, counts: none() };
    bar.counts[duty.light]++;
    byUnit.set(duty.unit_id, bar);
    if (duty.due_date && duty.light !== "done") due.set(duty.due_date, (due.get(duty.due_date) ?? 0) + 1);
  }
  const bars = [...byUnit.values()].sort((a, b) => b.counts.red - a.counts.red || b.counts.yellow - a.counts.yellow);
  return { lights, units: bars, due };
}
