import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useMe } from "../../api/session";
import { ShareCard } from "../../forms/share-card";
import { Panel, Stack } from "../../ui/layout";
import { More } from "../../ui/table";

/** MyShares are the open parts of other units' duties that this person's units hold; nothing shows where there is none. */
export function MyShares() {
  const { t } = useTranslation();
  const may = useMe().permissions.includes("share.accept");
  const list = usePages(
    ["shares", "mine"],
    (after, signal) => take(api.GET("/api/v1/shares", { signal, params: { query: { mine: true, open: true, after } } })),
    may,
  );
  if (!may || list.items.length === 0) return null;
  return (
    <Panel title={t("share.mine", { count: list.items.length })}>
      <Stack>
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
    </Panel>
  );
}
