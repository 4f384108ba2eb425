import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { inPages, useAct } from "../api/query";
import { instant } from "../lib/dates";
import { Button } from "../ui/button";
import { Facts, Muted, Panel, Prose, Row, Stack } from "../ui/layout";
import { Tag } from "../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../ui/states";
import { More } from "../ui/table";
import { ActForm } from "./act-dialog";

type Urge = Schemas["SentUrge"];

/** The version of what the server has not answered yet: it counts from 1. */
const onItsWay = 0;

/** urgeOnItsWay is an urge as the list shows it until the server has taken it: it has no instant yet, and nobody is said to have got it. */
export const urgeOnItsWay = (of: Pick<Urge, "subject_id" | "title" | "unit_id" | "unit_name" | "content">, by: string): Urge => ({
  ...of,
  id: `sending-${of.subject_id}`,
  subject: "duty",
  urged_by_name: by,
  by_ladder: false,
  can_reply: false,
  created_at: "",
  late: false,
  recipients: [],
  version: onItsWay,
});

/** Urges are the reminders on a duty or notice, newest first: who has read each of them, and the replies. */
export function Urges({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  const list = usePages(["urges", subjectId], (after, signal) =>
    take(api.GET("/api/v1/urges", { signal, params: { query: { subject_id: subjectId, after, limit: 20 } } })),
  );
  if (list.isPending) return <SkeletonRows rows={3} />;
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0)
    return (
      <Panel>
        <Empty title={t("urge.none")} icon="bell" />
      </Panel>
    );
  return (
    <Stack>
      {list.items.map(urge => (
        <OneUrge key={urge.id} urge={urge} />
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

function OneUrge({ urge }: { urge: Urge }) {
  const { t } = useTranslation();
  const [replying, setReplying] = useState(false);
  const reply = useAct({
    quiet: true,
    done: t("urge.replied"),
    expect: text => [
      {
        key: ["urges", urge.subject_id],
        change: inPages<Urge>(one => (one.id === urge.id ? { ...one, reply: text, can_reply: false, version: onItsWay } : one)),
      },
    ],
    send: (text: string) =>
      take(
        api.POST("/api/v1/urges/{id}/reply", {
          keepalive: true,
          params: { path: { id: urge.id }, header: match(urge.version) },
          body: { text },
        }),
      ),
  });
  const sending = urge.version === onItsWay;
  const state = urge.replied_at ? "answered" : urge.late ? "late" : "waiting";
  const tone = { answered: "green", late: "red", waiting: "amber" } as const;
  return (
    <Panel
      title={
        <Row wrap>
          {urge.by_ladder ? t("urge.by_ladder") : (urge.urged_by_name ?? t("urge.by_person"))}
          {sending && <Tag tone="blue">{t("urge.sending")}</Tag>}
          {!sending && <Tag tone={tone[state]}>{t(state === "late" ? "urges.late" : `urge.${state}`)}</Tag>}
        </Row>
      }
      acts={
        urge.can_reply && (
          <Button size="xs" kind="primary" onClick={() => setReplying(true)}>
            {t("urge.reply")}
          </Button>
        )
      }
    >
      <Stack>
        <Prose>{urge.content}</Prose>
        <Facts
          items={(
            [
              [t("urge.at"), urge.created_at && instant(urge.created_at)],
              [t("urge.again"), urge.reason],
              [t("urges.readers"), urge.recipients.length > 0 && <Readers of={urge.recipients} />],
              [t("urge.reply_due"), urge.reply_due],
              [t("urge.the_reply"), urge.reply],
              [t("urge.replied_at"), urge.replied_at && `${instant(urge.replied_at)} ${urge.replied_by_name ?? ""}`],
            ] as [string, string | undefined][]
          ).filter(([, value]) => value)}
        />
      </Stack>
      {replying && (
        <ActForm
          title={t("urge.reply")}
          act={t("urge.reply")}
          ahead
          lead={urge.content}
          fields={[{ name: "text", label: t("urge.the_reply"), kind: "text", required: true }]}
          onSend={v => reply.mutateAsync(String(v.text))}
          onClose={() => setReplying(false)}
        />
      )}
    </Panel>
  );
}

/** Readers says how many have read it, and each of them with the time. */
function Readers({ of }: { of: Urge["recipients"] }) {
  const { t } = useTranslation();
  return (
    <Stack gap={0.125}>
      <span>{t("urges.read_by", { read: of.filter(one => one.read_at).length, all: of.length })}</span>
      {of.map(one => (
        <Muted key={one.user_id}>
          {one.name} {one.read_at ? t("urges.read_at", { at: instant(one.read_at) }) : t("urges.unread")}
        </Muted>
      ))}
    </Stack>
  );
}
