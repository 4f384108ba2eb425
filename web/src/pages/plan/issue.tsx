import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { stringifySearch } from "../../app/url";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Check } from "../../ui/field";
import { Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Confirm } from "../../ui/modal";
import { ErrorNote, Note } from "../../ui/states";
import { Table } from "../../ui/table";
import { useLint } from "./checks";
import { DryRun } from "./dry-run";
import css from "./plan.module.css";

/** How often is asked how far issuing has come, in milliseconds. */
const beat = 800;

/** The rules that warn of asking the same unit for the same twice. */
const asksTwice: ReadonlySet<string> = new Set(["plan.asked_twice", "plan.same_ask"]);

/** Issue is the rehearsal before a plan is handed out: who would get what, what has to be seen first, then the act itself. */
export function Issue({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const preview = useOne(["plan", plan.id, "preview", plan.version], signal =>
    take(api.GET("/api/v1/plans/{id}/issue", { signal, params: { path: { id: plan.id } } })),
  );
  const lint = useLint(plan);
  const warnings = lint.data?.findings.filter(one => one.severity === "warning") ?? [];
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [clock, setClock] = useState(0);
  const [halt, setHalt] = useState<AbortController>();
  const issue = useAct({
    quiet: true,
    done: t("issue.done"),
    send: () => {
      const stop = new AbortController();
      setHalt(stop);
      return take(
        api.POST("/api/v1/plans/{id}/issue", {
          signal: stop.signal,
          params: { path: { id: plan.id }, header: match(plan.version) },
          body: { acknowledge: [...seen] },
        }),
      );
    },
    after: () => void navigate({ href: `${paths.ledger}${stringifySearch({ plan_id: plan.id })}` }),
  });
  const done = useOne(
    ["issuing", plan.id, clock],
    signal => take(api.GET("/api/v1/plans/{id}", { signal, params: { path: { id: plan.id } } })),
    issue.isPending,
  );
  useEffect(() => {
    if (!issue.isPending) return;
    const timer = setInterval(() => setClock(n => n + 1), beat);
    return () => clearInterval(timer);
  }, [issue.isPending]);
  const given = done.data?.duties ?? plan.duties;
  const action = plan.allowed_actions.find(one => one.action === "issue");
  const missing = warnings.some(one => !seen.has(one.key));
  const errors = lint.data?.errors ?? 0;
  const reason =
    action && !action.enabled
      ? action.reason
      : errors > 0
        ? t("issue.has_errors", { count: errors })
        : missing
          ? t("issue.see_warnings")
          : undefined;
  return (
    <Loaded query={preview}>
      {data => (
        <Stack>
          {errors > 0 && <Note tone="red">{t("issue.has_errors", { count: errors })}</Note>}
          <Panel
            title={t("issue.title")}
            acts={
              action && (
                <Button kind="primary" icon="send" reason={reason} onClick={() => setAsking(true)}>
                  {word("action.plan", "issue")}
                </Button>
              )
            }
          >
            <div className={css.numbers}>
              {(["duties", "leads", "units", "messages"] as const).map(key => (
                <div key={key}>
                  {t(`issue.${key}`)}
                  <strong>{data[key]}</strong>
                </div>
              ))}
              <div>
                {t("duty.sign_by")}
                <strong>{data.sign_by}</strong>
              </div>
            </div>
          </Panel>
          {warnings.length > 0 && (
            <Panel
              title={t("issue.warnings", { count: warnings.length })}
              acts={
                <Button size="xs" onClick={() => setSeen(new Set(warnings.map(one => one.key)))}>
                  {t("issue.all_seen")}
                </Button>
              }
            >
              <div className={css.acks}>
                {warnings.map(one => (
                  <Check
                    key={one.key}
                    label={
                      <>
                        {asksTwice.has(one.rule) && <Tag tone="amber">{t("issue.asked_twice")}</Tag>} {one.message}
                      </>
                    }
                    checked={seen.has(one.key)}
                    onChange={on => {
                      const next = new Set(seen);
                      if (on) next.add(one.key);
                      else next.delete(one.key);
                      setSeen(next);
                    }}
                  />
                ))}
              </div>
            </Panel>
          )}
          <Panel title={t("issue.by_unit")} flush>
            <Table
              label={t("issue.by_unit")}
              rows={data.by_unit}
              id={row => row.unit_id}
              columns={[
                { key: "unit", title: t("duty.unit"), phone: "main", cell: row => row.unit_name },
                { key: "leads", title: t("duty.part.lead"), kind: "num", cell: row => row.leads },
                { key: "supports", title: t("duty.part.support"), kind: "num", cell: row => row.supports },
                { key: "people", title: t("issue.people"), kind: "num", cell: row => row.people },
                { key: "first", title: t("issue.first_due"), kind: "tight", cell: row => row.first_due },
              ]}
            />
          </Panel>
          <DryRun plan={plan} />
          <Confirm
            title={t("issue.confirm")}
            act={t("issue.act", { count: data.duties })}
            count={data.duties}
            busy={issue.isPending}
            open={asking}
            onClose={() => setAsking(false)}
            onConfirm={() => issue.mutate()}
          >
            {issue.isError && !halt?.signal.aborted && <ErrorNote error={issue.error} />}
            {plan.issuing && !issue.isPending && <Note tone="amber">{t("issue.go_on", { done: given, all: data.duties })}</Note>}
            {issue.isPending && (
              <Row>
                <progress className={css.bar} value={given} max={data.duties} aria-label={t("issue.confirm")} />
                <span role="status">{t("issue.progress", { done: given, all: data.duties })}</span>
                <Button size="xs" onClick={() => halt?.abort()}>
                  {t("bulk.stop")}
                </Button>
              </Row>
            )}
            <p>{t("issue.effect", { units: data.units, duties: data.duties, messages: data.messages })}</p>
            <Row>{t("issue.frozen")}</Row>
          </Confirm>
        </Stack>
      )}
    </Loaded>
  );
}
