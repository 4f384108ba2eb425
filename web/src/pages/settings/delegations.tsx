import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { readAll, usePages } from "../../api/pages";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { DateField } from "../../ui/date-field";
import { TextField } from "../../ui/field";
import { Grid, Muted, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";

type Delegation = Schemas["Delegation"];
const tones = { coming: "amber", in_force: "green", ended: "plain" } as const;

/** A picker offers so many colleagues. */
const offered = 1000;

/** Delegations lets a head or clerk name who acts in their post for a time, and take it back; it shows for whom one acts. */
export function Delegations() {
  const { t } = useTranslation();
  const me = useMe();
  const may = me.permissions.includes("post.delegate");
  const [adding, setAdding] = useState(false);
  const list = usePages<Delegation>(
    ["delegations"],
    (after, signal) => take(api.GET("/api/v1/delegations", { signal, params: { query: { after, limit: 50 } } })),
    may,
  );
  if (!may) return null;
  const live = list.items.filter(one => one.state !== "ended");
  const posts = me.posts.filter(post => !post.acting_for_id && (post.role === "unit_head" || post.role === "unit_clerk"));
  return (
    <Panel title={t("delegation.title")}>
      <Stack gap={0.75}>
        <Muted>{t("delegation.lead")}</Muted>
        <Loaded query={list}>
          {() => (
            <Stack gap={0.5}>
              {live.length === 0 && <p>{t("delegation.none")}</p>}
              {live.map(one => (
                <Line key={one.id} one={one} mine={one.giver_id === me.user.id} />
              ))}
            </Stack>
          )}
        </Loaded>
        {adding ? (
          <Give posts={posts} onDone={() => setAdding(false)} />
        ) : (
          posts.length > 0 && (
            <Row>
              <Button icon="people" onClick={() => setAdding(true)}>
                {t("delegation.give")}
              </Button>
            </Row>
          )
        )}
      </Stack>
    </Panel>
  );
}

function Line({ one, mine }: { one: Delegation; mine: boolean }) {
  const { t } = useTranslation();
  const end = useAct({
    done: t("delegation.ended"),
    send: () =>
      take(
        api.POST("/api/v1/delegations/{id}/take-back", {
          params: { path: { id: one.id }, header: match(one.version) },
          body: {},
        }),
      ),
  });
  const post = `${one.unit_name} · ${word("role", one.role)}`;
  return (
    <Row spread wrap>
      <span>
        {t(mine ? "delegation.by_me" : "delegation.to_me", { name: mine ? one.user_name : one.giver_name, post })}{" "}
        {t("delegation.period", { from: one.valid_from, to: one.valid_to })}{" "}
        <Tag tone={tones[one.state]}>{t(`delegation.state.${one.state}`)}</Tag>
      </span>
      {one.allowed_actions.includes("take_back") && (
        <Button size="xs" icon="close" busy={end.isPending} onClick={() => end.mutate()}>
          {t(mine ? "delegation.take_back" : "delegation.give_back")}
        </Button>
      )}
    </Row>
  );
}

function Give({ posts, onDone }: { posts: Schemas["Post"][]; onDone: () => void }) {
  const { t } = useTranslation();
  const { today } = useMe();
  const [input, setInput] = useState({ post: posts[0]?.id ?? "", user: "", from: today, to: "", reason: "" });
  const set = (part: Partial<typeof input>) => setInput({ ...input, ...part });
  const people = useOne(["colleagues", input.post], async signal => ({
    items: await readAll(
      async after =>
        take(
          api.GET("/api/v1/delegations/colleagues", { signal, params: { query: { post_id: input.post, after, limit: 200 } } }),
        ),
      offered,
    ),
  }));
  const options = new Map((people.data?.items ?? []).map(one => [one.user_id, `${one.user_name} · ${one.unit_name}`]));
  const give = useAct({
    quiet: true,
    done: t("delegation.given"),
    send: () =>
      take(
        api.POST("/api/v1/delegations", {
          body: { post_id: input.post, user_id: input.user, valid_from: input.from, valid_to: input.to, reason: input.reason },
        }),
      ),
    after: onDone,
  });
  const fault = (name: string) => (give.error instanceof Problem ? give.error.field(name) : undefined);
  const missing = !input.user || !input.from || !input.to || !input.reason.trim() ? t("delegation.fill_first") : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    give.mutate();
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap={0.75}>
        {give.isError && <ErrorNote error={give.error} />}
        {people.isError && <ErrorNote error={people.error} />}
        {posts.length > 1 && (
          <Select
            label={t("delegation.post")}
            value={input.post}
            onChange={post => set({ post, user: "" })}
            options={posts.map(post => ({ value: post.id, label: `${post.unit_name} · ${word("role", post.role)}` }))}
            error={fault("post_id")}
          />
        )}
        <Select
          label={t("delegation.who")}
          required
          value={input.user}
          onChange={user => set({ user })}
          options={[...options].map(([value, label]) => ({ value, label }))}
          error={fault("user_id")}
        />
        <Grid min={10}>
          <DateField
            label={t("delegation.from")}
            required
            min={today}
            value={input.from}
            onChange={from => set({ from })}
            error={fault("valid_from")}
          />
          <DateField
            label={t("delegation.to")}
            required
            min={input.from || today}
            value={input.to}
            onChange={to => set({ to })}
            error={fault("valid_to")}
          />
        </Grid>
        <TextField
          label={t("delegation.reason")}
          required
          max={500}
          value={input.reason}
          onChange={reason => set({ reason })}
          error={fault("reason")}
        />
        <Row end>
          <Button onClick={onDone}>{t("ui.cancel")}</Button>
          <Button type="submit" kind="primary" busy={give.isPending} reason={missing}>
            {t("delegation.give")}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
