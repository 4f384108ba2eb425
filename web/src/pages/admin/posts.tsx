import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { ActForm } from "../../forms/act-dialog";
import type { Values } from "../../forms/act-form";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { Panel, Row, Stack } from "../../ui/layout";
import { Select } from "../../ui/select";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { useUserOptions } from "./people";

type Post = Schemas["Post"];
export const roles = [
  "leader",
  "office",
  "unit_head",
  "unit_clerk",
  "inspector",
  "system_admin",
  "security_admin",
  "audit_admin",
] as const;

/** Posts is who holds which role where and when; ended posts stay to be seen. */
export function Posts() {
  const { t } = useTranslation();
  const me = useMe();
  const [role, setRole] = useState("");
  const [granting, setGranting] = useState(false);
  const people = useUserOptions(granting);
  const list = usePages(["posts", role], (after, signal) =>
    take(
      api.GET("/api/v1/posts", {
        signal,
        params: { query: { after, limit: 50, role: (role || undefined) as (typeof roles)[number] | undefined } },
      }),
    ),
  );
  const grant = useAct({
    quiet: true,
    done: t("post.granted"),
    send: (v: Values) =>
      take(
        api.POST("/api/v1/posts", {
          body: {
            user_id: String(v.user_id),
            unit_id: String(v.unit_id),
            role: String(v.role),
            reason: String(v.reason),
            valid_from: String(v.valid_from) || undefined,
            valid_to: String(v.valid_to) || undefined,
          },
        }),
      ),
  });
  return (
    <Stack>
      <Row wrap spread>
        <Select
          bare
          clearable
          label={t("post.role")}
          width="14rem"
          value={role}
          onChange={setRole}
          options={roles.map(value => ({ value, label: t(`role.${value}`) }))}
        />
        {me.permissions.includes("post.grant") && (
          <Button kind="primary" icon="add" onClick={() => setGranting(true)}>
            {t("post.grant")}
          </Button>
        )}
      </Row>
      <Panel flush>
        {list.isPending && <SkeletonRows />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && <Empty title={t("ui.nothing_found")} icon="people" />}
        {list.items.length > 0 && (
          <Table
            label={t("admin.tab.posts")}
            rows={list.items}
            id={row => row.id}
            columns={[
              { key: "user", title: t("settings.name"), phone: "main", cell: row => row.user_name },
              { key: "role", title: t("post.role"), kind: "tight", cell: row => word("role", row.role) },
              { key: "unit", title: t("post.unit"), cell: row => row.unit_name },
              { key: "from", title: t("post.from"), kind: "tight", cell: row => row.valid_from },
              { key: "to", title: t("post.to"), kind: "tight", cell: row => row.valid_to },
              { key: "acts", title: t("form.acts"), kind: "tight", cell: row => <EndPost post={row} /> },
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
      {granting && (
        <ActForm
          title={t("post.grant")}
          act={t("post.grant")}
          fields={[
            { name: "user_id", label: t("settings.name"), kind: "select", required: true, options: people },
            {
              name: "role",
              label: t("post.role"),
              kind: "select",
              required: true,
              options: roles.map(value => ({ value, label: t(`role.${value}`) })),
            },
            { name: "unit_id", label: t("post.unit"), kind: "unit", required: true },
            { name: "valid_from", label: t("post.from"), kind: "date", initial: me.today },
            { name: "valid_to", label: t("post.to"), kind: "date" },
            { name: "reason", label: t("form.reason"), kind: "text", required: true, max: 500 },
          ]}
          onSend={v => grant.mutateAsync(v)}
          onClose={() => setGranting(false)}
        />
      )}
    </Stack>
  );
}

function EndPost({ post }: { post: Post }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const end = useAct({
    quiet: true,
    done: t("post.ended"),
    send: (v: Values) =>
      take(
        api.POST("/api/v1/posts/{id}/end", {
          params: { path: { id: post.id }, header: match(post.version) },
          body: { reason: String(v.reason), on: String(v.on) || undefined },
        }),
      ),
  });
  if (!post.allowed_actions.includes("end")) return <span />;
  return (
    <>
      <Button size="xs" kind="quiet" onClick={() => setAsking(true)}>
        {t("post.end")}
      </Button>
      {asking && (
        <ActForm
          title={`${t("post.end")}: ${post.user_name}`}
          act={t("post.end")}
          danger
          fields={[
            { name: "on", label: t("post.last_day"), kind: "date" },
            { name: "reason", label: t("form.reason"), kind: "text", required: true, max: 500 },
          ]}
          onSend={v => end.mutateAsync(v)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
