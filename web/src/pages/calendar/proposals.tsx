import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useEvery, usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { type ActSpec, Acts } from "../../forms/acts";
import { word } from "../../i18n";
import { Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { Moves } from "./moves";

type Proposal = Schemas["CalendarProposal"];

const tones = { proposed: "amber", approved: "blue", applied: "green", refused: "plain", withdrawn: "plain" } as const;

/** useProposals reads the notices that were loaded, the newest first. */
export function useProposals() {
  return usePages(["calendar", "proposals"], (after, signal) =>
    take(api.GET("/api/v1/calendar-proposals", { signal, params: { query: { after, limit: 20 } } })),
  );
}

/** Proposals lists the notices that were loaded; the one that waits shows what it would move, and who may decide decides. */
export function Proposals({ list }: { list: ReturnType<typeof useProposals> }) {
  const { t } = useTranslation();
  const me = useMe();
  const waiting = list.items.filter(one => one.status === "proposed");
  return (
    <Stack>
      <Panel title={t("calendar.proposals")} flush>
        {list.isPending && <SkeletonRows rows={3} />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && (
          <Empty title={t("calendar.no_proposals")} icon="calendar">
            {t("calendar.no_proposals_help")}
          </Empty>
        )}
        {list.items.length > 0 && (
          <Table
            label={t("calendar.proposals")}
            rows={list.items}
            id={one => one.id}
            columns={[
              { key: "title", title: t("calendar.title"), phone: "main", cell: one => one.title },
              {
                key: "status",
                title: t("calendar.status"),
                kind: "tight",
                cell: one => <Tag tone={tones[one.status]}>{word("status.calendar", one.status)}</Tag>,
              },
              { key: "name", title: t("calendar.version"), kind: "tight", phone: "hide", cell: one => one.name },
              { key: "on", title: t("calendar.proposed_on"), kind: "tight", cell: one => one.proposed_at.slice(0, 10) },
              { key: "decided", title: t("calendar.decided_on"), kind: "tight", cell: one => one.decided_at?.slice(0, 10) },
              {
                key: "moved",
                title: t("calendar.moved"),
                kind: "tight",
                cell: one => (one.applied_at ? t("calendar.moved_n", { n: one.moved }) : undefined),
              },
              {
                key: "acts",
                title: t("form.acts"),
                cell: one => (one.status === "proposed" ? <Decide proposal={one} /> : undefined),
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
      {me.permissions.includes("calendar.approve") && waiting.map(one => <Waiting key={one.id} proposal={one} />)}
    </Stack>
  );
}

function Decide({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const params = { path: { id: proposal.id }, header: match(proposal.version) };
  const specs: Record<string, ActSpec> = {
    approve: {
      lead: t("calendar.approve_lead"),
      run: () => take(api.POST("/api/v1/calendar-proposals/{id}/approve", { params })),
    },
    refuse: {
      fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true, max: 2000 }],
      run: v => take(api.POST("/api/v1/calendar-proposals/{id}/refuse", { params, body: { reason: String(v.reason) } })),
    },
    withdraw: {
      danger: true,
      lead: proposal.title,
      run: () => take(api.POST("/api/v1/calendar-proposals/{id}/withdraw", { params })),
    },
  };
  return (
    <Row wrap>
      <Acts subject="calendar" allowed={proposal.allowed_actions} specs={specs} />
    </Row>
  );
}

/** Waiting lists what a proposal would move now. */
function Waiting({ proposal }: { proposal: Proposal }) {
  const list = useEvery(
    usePages(["calendar", "moves", proposal.id], (after, signal) =>
      take(
        api.GET("/api/v1/calendar-proposals/{id}/moves", {
          signal,
          params: { path: { id: proposal.id }, query: { after, limit: 200 } },
        }),
      ),
    ),
  );
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <SkeletonRows rows={3} />;
  return <Moves items={list.items} />;
}
