import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { percent } from "../../api/duties";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { stringifySearch, useUrl } from "../../app/url";
import { type ActSpec, Acts } from "../../forms/acts";
import { word } from "../../i18n";
import { fileAddress, paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Crumbs } from "../../ui/crumbs";
import { PageHead, Panel, Row, Stack } from "../../ui/layout";
import { Progress, Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { SkeletonRows } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { Checks } from "./checks";
import { InstructButton, InstructionsOn } from "./instruct";
import { Issue } from "./issue";
import { Load } from "./load";
import { Questions } from "./questions";
import { Workshop } from "./workshop";

const draftTabs = ["tasks", "questions", "checks", "reporting", "relations", "compare", "issue", "history"] as const;
const issuedTabs = ["tasks", "reporting", "relations", "revisions", "compare", "checks", "history"] as const;

const Relations = lazy(() => import("./relations/index"));
const Reporting = lazy(() => import("./reporting").then(found => ({ default: found.PlanReporting })));
const Compare = lazy(() => import("./compare").then(found => ({ default: found.Compare })));
const PlanHistory = lazy(() => import("./history").then(found => ({ default: found.PlanHistory })));
const Revisions = lazy(() => import("./revisions").then(found => ({ default: found.Revisions })));
const Reuse = lazy(() => import("./reuse").then(found => ({ default: found.Reuse })));

/** PlanPage is a plan: its document beside the tree that was read from it; while it is a draft, what is left to do before issuing. */
export default function PlanPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const plan = useOne(["plan", id], signal => take(api.GET("/api/v1/plans/{id}", { signal, params: { path: { id } } })));
  return (
    <Loaded whole query={plan}>
      {data => <Whole plan={data} />}
    </Loaded>
  );
}

function Whole({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [{ tab = "tasks" }, setUrl] = useUrl<"tab" | "task">();
  const draft = plan.status === "draft";
  const questions = useOne(
    ["plan", plan.id, "questions", "open"],
    signal => take(api.GET("/api/v1/plans/{id}/questions", { signal, params: { path: { id: plan.id }, query: { open: true } } })),
    draft,
  );
  const tabs = draft ? draftTabs : issuedTabs;
  return (
    <>
      <Crumbs items={[{ label: t("nav.plans"), to: paths.plans }, { label: plan.number ?? plan.title }]} />
      <PageHead
        title={plan.title}
        lead={
          <Row wrap gap={0.75}>
            {plan.number && <span>{plan.number}</span>}
            <Tag tone={draft ? "amber" : "blue"}>{word("status.plan", plan.status)}</Tag>
            {!draft && <Progress value={percent(plan.progress)} label={plan.title} />}
            {plan.document_id && <a href={fileAddress(`/api/v1/plans/${plan.id}/document`)}>{t("plan.document")}</a>}
            {!draft && (
              <Link to={`${paths.ledger}${stringifySearch({ plan_id: plan.id })}` as never}>{t("inbox.in_ledger")}</Link>
            )}
          </Row>
        }
        acts={<PlanActs plan={plan} />}
      />
      <Tabs
        label={plan.title}
        value={tab as "tasks"}
        onChange={value => setUrl({ tab: value === "tasks" ? undefined : value })}
        tabs={tabs.map(value => ({
          value: value as "tasks",
          label: t(`plan.tab.${value}`),
          count: value === "questions" ? questions.data?.items.length || undefined : undefined,
        }))}
      >
        {tab === "tasks" && <Workshop plan={plan} />}
        {(tab as string) === "questions" && <Questions plan={plan} />}
        {(tab as string) === "checks" && (
          <Stack>
            <Checks plan={plan} />
            <Load plan={plan} />
          </Stack>
        )}
        <Suspense fallback={<SkeletonRows rows={10} />}>
          {(tab as string) === "relations" && <Relations plan={plan} />}
          {(tab as string) === "reporting" && <Reporting plan={plan} />}
          {(tab as string) === "compare" && <Compare plan={plan} />}
          {(tab as string) === "revisions" && <Revisions plan={plan} />}
        </Suspense>
        {(tab as string) === "issue" && <Issue plan={plan} />}
        {(tab as string) === "history" && (
          <Stack>
            <Suspense fallback={null}>
              <InstructionsOn subject="plan" id={plan.id} />
            </Suspense>
            <Panel>
              <Suspense fallback={<SkeletonRows />}>
                <PlanHistory id={plan.id} />
              </Suspense>
            </Panel>
          </Stack>
        )}
      </Tabs>
    </>
  );
}

/** PlanActs are undo while it is drafted, and the way to issuing. */
function PlanActs({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const undo = useAct({
    send: () => take(api.POST("/api/v1/plans/{id}/undo", { params: { path: { id: plan.id }, header: match(plan.version) } })),
    done: t("plan.undone"),
  });
  const params = { path: { id: plan.id }, header: match(plan.version) };
  const specs: Record<string, ActSpec> = {
    issue: { to: `${paths.plan(plan.id)}?tab=issue` },
    amend: { to: `${paths.plan(plan.id)}?tab=revisions` },
    close: { lead: t("plan.close_lead"), run: () => take(api.POST("/api/v1/plans/{id}/close", { params })) },
    reopen: {
      fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true }],
      run: v => take(api.POST("/api/v1/plans/{id}/reopen", { params, body: { reason: String(v.reason) } })),
    },
  };
  return (
    <>
      {plan.status === "draft" && (
        <Button icon="undo" busy={undo.isPending} onClick={() => undo.mutate()}>
          {t("plan.undo")}
        </Button>
      )}
      <Acts
        subject="plan"
        allowed={plan.allowed_actions.filter(one => plan.status === "draft" || one.action !== "issue")}
        specs={specs}
      />
      <Suspense fallback={null}>
        {plan.status !== "draft" && <InstructButton subject="plan" id={plan.id} />}
        <Reuse plan={plan} />
      </Suspense>
    </>
  );
}
