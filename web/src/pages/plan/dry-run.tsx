import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import type { Plan } from "../../api/duties";
import { usePages } from "../../api/pages";
import { useOne } from "../../api/read";
import { usePeriod } from "../../forms/period";
import { word } from "../../i18n";
import { titled } from "../../lib/numbers";
import { Button } from "../../ui/button";
import { Facts, Muted, Panel, Stack } from "../../ui/layout";
import { Tag, type Tone } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

type Message = Schemas["DryRunMessage"];

const read = (id: string, after: string | undefined, limit: number, signal: AbortSignal) =>
  take(api.GET("/api/v1/plans/{id}/dry-run", { signal, params: { path: { id }, query: { after, limit } } }));

/** DryRun is every message that the plan would send in its year if it were issued today and nobody acted. */
export function DryRun({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const sums = useOne(["plan", plan.id, "dry-run", plan.version], signal => read(plan.id, undefined, 1, signal));
  return (
    <Panel
      title={t("dry.title")}
      acts={
        !open &&
        sums.data &&
        sums.data.steps > 0 && (
          <Button size="xs" onClick={() => setOpen(true)}>
            {t("dry.show")}
          </Button>
        )
      }
    >
      <Loaded query={sums} rows={3}>
        {data =>
          data.steps === 0 ? (
            <Empty title={t("dry.none")} icon="bell" />
          ) : (
            <Stack>
              <Muted>{t("dry.lead")}</Muted>
              <Facts
                items={[
                  [
                    t("dry.total", { n: data.steps }),
                    data.kinds.map(one => `${word("step_kind", one.kind)} ${one.n}`).join("; "),
                  ],
                  [t("dry.reports"), data.reports],
                  [t("dry.day"), data.months.map(one => `${one.month}: ${one.n}`).join("; ")],
                ]}
              />
              {open && <List plan={plan} />}
            </Stack>
          )
        }
      </Loaded>
    </Panel>
  );
}

function List({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const named = usePeriod();
  const list = usePages(["plan", plan.id, "dry-run-list", plan.version], (after, signal) => read(plan.id, after, 50, signal));
  if (list.isPending) return <SkeletonRows />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      <Table
        label={t("dry.title")}
        rows={list.items}
        id={row => `${row.on}${row.task_id}${row.unit_id}${row.ladder}${row.step}${row.period ?? ""}`}
        columns={[
          { key: "on", title: t("dry.day"), kind: "tight", cell: row => row.on },
          {
            key: "step",
            title: t("dry.step"),
            kind: "tight",
            cell: row => (
              <>
                <Tag tone={tones[row.kind] ?? "plain"}>{stepName(row)}</Tag>
                {row.ladder === "acceptance" && <Muted> {t("rules.subject.acceptance")}</Muted>}
                {row.ladder === "report" && <Muted> {t("dry.report", { period: named(row.period) })}</Muted>}
              </>
            ),
          },
          { key: "task", title: t("dry.task"), phone: "main", cell: row => titled(row.number, row.title) },
          { key: "unit", title: t("dry.unit"), cell: row => row.unit_name },
          {
            key: "to",
            title: t("dry.to"),
            cell: row => row.recipients.map(one => one.name).join(" ") || <Muted>{t("dry.nobody")}</Muted>,
          },
        ]}
      />
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

const tones: Partial<Record<string, Tone>> = { due: "blue", urge: "amber", letter: "amber", escalate: "red", criticise: "red" };

const stepName = (row: Message) => word("step_kind", row.colour ? `${row.kind}_${row.colour}` : row.kind);
