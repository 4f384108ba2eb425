import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { type Duty, percent } from "../../api/duties";
import { usePages } from "../../api/pages";
import { useOne } from "../../api/read";
import { ShareCard } from "../../forms/share-card";
import { Facts, Panel, Stack } from "../../ui/layout";
import { Empty, ErrorNote, Note, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";

/** Shares are what the unit has given to the units below it, and what they come to. */
export function Shares({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const split = useOne(["duty", duty.id, "split"], signal =>
    take(api.GET("/api/v1/duties/{id}/split", { signal, params: { path: { id: duty.id } } })),
  );
  const list = usePages(["shares", duty.id], (after, signal) =>
    take(api.GET("/api/v1/shares", { signal, params: { query: { duty_id: duty.id, after } } })),
  );
  if (list.isPending || split.isPending) return <SkeletonRows rows={3} />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (split.isError) return <ErrorNote error={split.error} onRetry={() => void split.refetch()} />;
  if (!split.data.split)
    return (
      <Panel>
        <Empty title={t("share.none")}>
          {split.data.latest ? t("share.none_help", { date: split.data.latest }) : t("share.none_help_free")}
        </Empty>
      </Panel>
    );
  return (
    <Stack>
      <Panel title={t("share.sum")}>
        <Stack>
          {split.data.lacking > 0 && <Note tone="amber">{t("share.lacking", { count: split.data.lacking })}</Note>}
          <Facts
            items={[
              [t("share.roll_up"), t(`share.roll_up.${split.data.roll_up}`, { k: split.data.k ?? 1 })],
              [t("share.suggested"), `${percent(split.data.suggested)}%`],
              [t("share.latest"), split.data.latest],
            ]}
          />
        </Stack>
      </Panel>
      {list.items.map(share => (
        <ShareCard key={share.id} share={share} />
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
