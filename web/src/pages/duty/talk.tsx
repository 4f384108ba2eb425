import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { type Duty, percent } from "../../api/duties";
import { usePages } from "../../api/pages";
import { inPages } from "../../api/query";
import { Acts } from "../../forms/acts";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Facts, Panel, Prose, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";

type Extension = Schemas["Extension"];

/** Extensions are the requests for more time on a duty, with the acts on each. */
export function Extensions({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const list = usePages(["extensions", duty.id], (after, signal) =>
    take(api.GET("/api/v1/duties/{id}/extensions", { signal, params: { path: { id: duty.id }, query: { after } } })),
  );
  if (list.isPending) return <SkeletonRows rows={3} />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0)
    return (
      <Panel>
        <Empty title={t("extension.none")} icon="calendar" />
      </Panel>
    );
  return (
    <Stack>
      {[...list.items].reverse().map(extension => (
        <OneExtension key={extension.id} extension={extension} />
      ))}
      <More
        shown={list.items.length}
        next={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Stack>
  );
}

const tones = { requested: "blue", opined: "blue", granted: "green", refused: "red", withdrawn: "plain" } as const;

function OneExtension({ extension }: { extension: Extension }) {
  const { t } = useTranslation();
  const params = { path: { id: extension.id }, header: match(extension.version) };
  return (
    <Panel
      title={
        <Row wrap>
          {extension.from_date} → {extension.granted_date ?? extension.wanted_date}
          <Tag tone={tones[extension.status]}>{word("status.extension", extension.status)}</Tag>
        </Row>
      }
      acts={
        <Row>
          <Acts
            subject="extension"
            allowed={extension.allowed_actions}
            specs={{
              withdraw: { run: () => take(api.POST("/api/v1/extensions/{id}/withdraw", { params })) },
              opine: {
                fields: [{ name: "text", label: t("extension.opinion"), kind: "text", required: true }],
                expect: v => [
                  {
                    key: ["extensions", extension.duty_id],
                    change: inPages<Extension>(one =>
                      one.id === extension.id ? { ...one, opinion: String(v.text), status: "opined", allowed_actions: [] } : one,
                    ),
                  },
                ],
                run: v =>
                  take(api.POST("/api/v1/extensions/{id}/opine", { params, keepalive: true, body: { text: String(v.text) } })),
              },
              grant: {
                lead: t("extension.grant_lead"),
                fields: [
                  {
                    name: "due_date",
                    label: t("extension.granted_date"),
                    kind: "date",
                    required: true,
                    initial: extension.wanted_date,
                    min: extension.from_date,
                  },
                  { name: "text", label: t("extension.remark"), kind: "text" },
                ],
                run: v =>
                  take(
                    api.POST("/api/v1/extensions/{id}/grant", {
                      params,
                      body: { due_date: String(v.due_date), text: String(v.text) || undefined },
                    }),
                  ),
              },
              refuse: {
                fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true }],
                run: v => take(api.POST("/api/v1/extensions/{id}/refuse", { params, body: { reason: String(v.reason) } })),
              },
            }}
          />
        </Row>
      }
    >
      <Stack>
        <Prose>{extension.reason}</Prose>
        <Facts
          items={(
            [
              [t("extension.wanted_date"), extension.wanted_date],
              [t("extension.progress"), `${percent(extension.progress)}%`],
              [t("extension.asked_at"), instant(extension.created_at)],
              [t("extension.opinion"), extension.opinion],
              [t("extension.decision"), extension.decision],
              [t("extension.decided_at"), extension.decided_at && instant(extension.decided_at)],
            ] as [string, string | undefined][]
          ).filter(([, value]) => value)}
        />
      </Stack>
    </Panel>
  );
}
