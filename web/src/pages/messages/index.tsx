import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { inPages, useAct } from "../../api/query";
import { useUrl } from "../../app/url";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { PageHead, Panel } from "../../ui/layout";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More } from "../../ui/table";
import { Tabs } from "../../ui/tabs";
import css from "./messages.module.css";

type Message = Schemas["Message"];

/** places is where the object of a message is shown. */
const places: Record<string, (id: string) => string> = {
  duty: paths.duty,
  notice: paths.notice,
  plan: paths.plan,
  inspection: paths.inspection,
  conclusion: paths.conclusion,
  objection: paths.objection,
  matter: paths.matter,
  instruction: paths.instruction,
  proceeding: paths.proceeding,
};

/** Messages is what the program has told this person; reading one marks it. */
export default function Messages() {
  const { t } = useTranslation();
  const [{ tab = "unread" }, setUrl] = useUrl<"tab">();
  const list = usePages(["messages", tab], (after, signal) =>
    take(api.GET("/api/v1/messages", { signal, params: { query: { after, limit: 50, unread: tab === "unread" || undefined } } })),
  );
  const newest = list.items[0];
  const readAll = useAct({
    send: () => take(api.POST("/api/v1/messages/read", { body: { up_to: newest?.id ?? "" } })),
    expect: () => [{ key: ["messages"], change: inPages(read) }],
    done: t("messages.all_read"),
  });
  return (
    <>
      <PageHead
        title={t("nav.messages")}
        acts={
          <Button icon="check" busy={readAll.isPending} disabled={!newest || tab !== "unread"} onClick={() => readAll.mutate()}>
            {t("messages.read_all")}
          </Button>
        }
      />
      <Tabs
        label={t("nav.messages")}
        value={tab as "unread" | "all"}
        onChange={value => setUrl({ tab: value === "unread" ? undefined : value })}
        tabs={[
          { value: "unread", label: t("messages.unread") },
          { value: "all", label: t("messages.all") },
        ]}
      >
        <Panel flush>
          {list.isPending && <SkeletonRows />}
          {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && list.items.length === 0 && (
            <Empty title={tab === "unread" ? t("messages.none_unread") : t("messages.none")} icon="bell" />
          )}
          <ul>
            {list.items.map(message => (
              <Line key={message.id} message={message} />
            ))}
          </ul>
          <More
            shown={list.items.length}
            next={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </Panel>
      </Tabs>
    </>
  );
}

/** read is a message that has just been read. */
const read = (message: Message): Message => ({ ...message, read_at: message.read_at ?? new Date().toISOString() });

function Line({ message }: { message: Message }) {
  const { t } = useTranslation();
  const mark = useAct({
    send: () => take(api.POST("/api/v1/messages/{id}/read", { params: { path: { id: message.id } } })),
    expect: () => [{ key: ["messages"], change: inPages<Message>(one => (one.id === message.id ? read(one) : one)) }],
  });
  const to = places[message.subject]?.(message.subject_id);
  const unread = !message.read_at;
  return (
    <li className={css.line} data-unread={unread || undefined}>
      <div className={css.head}>
        {to ? (
          <Link to={to as never} onClick={() => unread && mark.mutate()}>
            {message.title}
          </Link>
        ) : (
          <strong>{message.title}</strong>
        )}
        <time>{instant(message.created_at)}</time>
        {unread && (
          <Button size="xs" kind="quiet" onClick={() => mark.mutate()}>
            {t("messages.mark")}
          </Button>
        )}
      </div>
      {message.body !== message.title && <p className={css.body}>{message.body}</p>}
    </li>
  );
}
