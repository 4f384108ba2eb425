import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { instant } from "../../lib/dates";
import { Button } from "../../ui/button";
import { Muted, Panel, Row, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { toast } from "../../ui/toast";

type Feed = Schemas["CalendarFeed"];

/** Feeds makes and revokes the secret addresses under which calendar programs read one's due dates. */
export function Feeds() {
  const { t } = useTranslation();
  const me = useMe();
  const may = me.permissions.includes("feed.manage");
  const found = usePages<Feed>(
    ["calendar-feeds"],
    (after, signal) => take(api.GET("/api/v1/calendar-feeds", { signal, params: { query: { after, limit: 200 } } })),
    may,
  );
  const [address, setAddress] = useState<string>();
  const make = useAct({
    send: () => take(api.POST("/api/v1/calendar-feeds")),
    after: made => made.path && setAddress(location.origin + made.path),
  });
  const revoke = useAct({
    send: (id: string) => take(api.DELETE("/api/v1/calendar-feeds/{id}", { params: { path: { id } } })),
    done: t("feeds.revoked"),
  });
  if (!may) return null;
  const live = found.items.filter(feed => !feed.revoked_at);
  return (
    <Panel title={t("feeds.title")}>
      <Stack gap={0.75}>
        <Muted>{t("feeds.lead")}</Muted>
        {address && (
          <Note tone="green" icon="key">
            <Stack gap={0.5}>
              <strong>{t("feeds.once")}</strong>
              <code style={{ overflowWrap: "anywhere" }}>{address}</code>
              <Row>
                <Button
                  size="xs"
                  icon="copy"
                  onClick={() => void copy(address).then(ok => toast(t(ok ? "feeds.copied" : "feeds.copy_by_hand")))}
                >
                  {t("feeds.copy")}
                </Button>
                <Button size="xs" kind="quiet" onClick={() => setAddress(undefined)}>
                  {t("ui.close")}
                </Button>
              </Row>
            </Stack>
          </Note>
        )}
        <Loaded query={found}>
          {() => (
            <Stack gap={0.5}>
              {live.length === 0 && <p>{t("feeds.none")}</p>}
              {live.map(feed => (
                <Row key={feed.id} spread wrap>
                  <span>
                    {t("feeds.made", { at: instant(feed.created_at) })}
                    {" · "}
                    {feed.read_at ? t("feeds.read", { at: instant(feed.read_at) }) : t("feeds.unread")}
                  </span>
                  <Button size="xs" kind="quiet" icon="close" busy={revoke.isPending} onClick={() => revoke.mutate(feed.id)}>
                    {t("feeds.revoke")}
                  </Button>
                </Row>
              ))}
            </Stack>
          )}
        </Loaded>
        <Row>
          <Button icon="calendar" busy={make.isPending} onClick={() => make.mutate()}>
            {t("feeds.make")}
          </Button>
        </Row>
      </Stack>
    </Panel>
  );
}

/** copy puts a text on the clipboard; on a page without TLS browsers do not allow it. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
