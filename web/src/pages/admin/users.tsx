import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { ActForm } from "../../forms/act-dialog";
import type { Values } from "../../forms/act-form";
import { instant } from "../../lib/dates";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Facts, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Modal } from "../../ui/modal";
import { Empty, ErrorNote, Note, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

type User = Schemas["User"];
type Link = Schemas["PasswordLink"];

/** Users are the accounts; what they may do comes from posts. */
export function Users() {
  const { t } = useTranslation();
  const me = useMe();
  const [name, setName] = useState("");
  const [creating, setCreating] = useState(false);
  const [link, setLink] = useState<Link>();
  const list = usePages(["users", name], (after, signal) =>
    take(api.GET("/api/v1/users", { signal, params: { query: { after, limit: 50, name: name || undefined } } })),
  );
  const create = useAct({
    quiet: true,
    done: t("user.created"),
    send: (v: Values) =>
      take(
        api.POST("/api/v1/users", {
          body: { login: String(v.login), name: String(v.name), email: String(v.email) || undefined },
        }),
      ),
    after: made => setLink(made.link),
  });
  return (
    <Stack>
      <Row wrap spread>
        <div style={{ width: "20rem" }}>
          <TextField label={t("user.find")} type="search" value={name} onChange={setName} />
        </div>
        {me.permissions.includes("user.manage") && (
          <Button kind="primary" icon="add" onClick={() => setCreating(true)}>
            {t("user.create")}
          </Button>
        )}
      </Row>
      <Panel flush>
        {list.isPending && <SkeletonRows />}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && <Empty title={t("ui.nothing_found")} icon="people" />}
        {list.items.length > 0 && (
          <Table
            label={t("admin.tab.users")}
            rows={list.items}
            id={row => row.id}
            columns={[
              { key: "name", title: t("settings.name"), phone: "main", cell: row => row.name },
              { key: "login", title: t("settings.login"), cell: row => row.login },
              {
                key: "state",
                title: t("duty.status"),
                kind: "tight",
                cell: row => (
                  <Tag tone={row.disabled ? "red" : row.has_password ? "green" : "amber"}>
                    {t(row.disabled ? "user.disabled" : row.has_password ? "user.active" : "user.no_password")}
                  </Tag>
                ),
              },
              {
                key: "seen",
                title: t("user.last_login"),
                kind: "tight",
                phone: "hide",
                cell: row => row.last_login_at && instant(row.last_login_at),
              },
              { key: "acts", title: t("form.acts"), kind: "tight", cell: row => <UserActs user={row} onLink={setLink} /> },
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
      {creating && (
        <ActForm
          title={t("user.create")}
          act={t("user.create")}
          fields={[
            { name: "name", label: t("settings.name"), kind: "line", required: true, max: 60 },
            { name: "login", label: t("settings.login"), kind: "line", required: true, max: 60 },
            { name: "email", label: t("user.email"), kind: "line", max: 200 },
          ]}
          onSend={v => create.mutateAsync(v)}
          onClose={() => setCreating(false)}
        />
      )}
      {link && <LinkShown link={link} onClose={() => setLink(undefined)} />}
    </Stack>
  );
}

function UserActs({ user, onLink }: { user: User; onLink: (link: Link) => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"disable" | "enable">();
  const params = { path: { id: user.id }, header: match(user.version) };
  const turn = useAct({
    quiet: true,
    done: t("user.changed"),
    send: ({ on, reason }: { on: boolean; reason: string }) =>
      on
        ? take(api.POST("/api/v1/users/{id}/enable", { params, body: { reason } }))
        : take(api.POST("/api/v1/users/{id}/disable", { params, body: { reason } })),
  });
  const link = useAct({
    send: () => take(api.POST("/api/v1/users/{id}/link", { params: { path: { id: user.id } } })),
    after: made => onLink(made),
  });
  const may = (action: string) => user.allowed_actions.includes(action);
  return (
    <Row>
      {may("send_link") && (
        <Button size="xs" busy={link.isPending} onClick={() => link.mutate()}>
          {t("user.link")}
        </Button>
      )}
      {may("disable") && (
        <Button size="xs" kind="quiet" onClick={() => setAsking("disable")}>
          {t("user.act.disable")}
        </Button>
      )}
      {may("enable") && (
        <Button size="xs" onClick={() => setAsking("enable")}>
          {t("user.act.enable")}
        </Button>
      )}
      {asking && (
        <ActForm
          title={`${t(`user.act.${asking}`)}: ${user.name}`}
          act={t(`user.act.${asking}`)}
          danger={asking === "disable"}
          lead={asking === "disable" ? t("user.disable_lead") : undefined}
          fields={[{ name: "reason", label: t("form.reason"), kind: "text", required: true, max: 500 }]}
          onSend={v => turn.mutateAsync({ on: asking === "enable", reason: String(v.reason) })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Row>
  );
}

/** LinkShown shows a one-use link once: it cannot be read again. */
function LinkShown({ link, onClose }: { link: Link; onClose: () => void }) {
  const { t } = useTranslation();
  const address = `${location.origin}/password#${link.secret ?? ""}`;
  return (
    <Modal
      title={t("user.link")}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" icon="copy" onClick={() => void navigator.clipboard?.writeText(address)}>
          {t("user.copy")}
        </Button>
      }
    >
      <Stack>
        <Note tone="amber">{t("user.link_once")}</Note>
        <Facts
          items={[
            [t("user.link"), link.secret && <code key="link">{address}</code>],
            [t("user.link_until"), instant(link.expires_at)],
          ]}
        />
      </Stack>
    </Modal>
  );
}
