import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { ActForm } from "../../forms/act-dialog";
import { Button } from "../../ui/button";
import { Panel, Prose, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, Note } from "../../ui/states";
import { Table } from "../../ui/table";
import { SystemState } from "./system-state";

type Webhook = Schemas["Webhook"];

/** System is how the program itself does, and where its events are sent. */
export function System() {
  return (
    <Stack>
      <SystemState />
      <Webhooks />
    </Stack>
  );
}

/** Webhooks are the addresses of other systems that are told of what happens, signed. */
function Webhooks() {
  const { t } = useTranslation();
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const list = useOne(["webhooks"], signal => take(api.GET("/api/v1/webhooks", { signal })));
  const create = useAct<string, Webhook>({
    quiet: true,
    done: t("webhook.created"),
    send: url => take(api.POST("/api/v1/webhooks", { body: { url } })),
    after: made => setSecret(made.secret),
  });
  const turn = useAct<Webhook, Webhook>({
    done: t("webhook.changed"),
    send: hook => {
      const params = { path: { id: hook.id }, header: match(hook.version) };
      return take(
        hook.enabled
          ? api.POST("/api/v1/webhooks/{id}/disable", { params })
          : api.POST("/api/v1/webhooks/{id}/enable", { params }),
      );
    },
  });
  const test = useAct<Webhook, Schemas["WebhookTrial"]>({
    done: trial => (trial.ok ? t("webhook.tested") : t("webhook.failed", { error: trial.error ?? "" })),
    send: hook => take(api.POST("/api/v1/webhooks/{id}/test", { params: { path: { id: hook.id } } })),
  });
  return (
    <Panel
      flush
      title={t("webhook.title")}
      acts={
        <Button size="xs" icon="add" onClick={() => setCreating(true)}>
          {t("webhook.create")}
        </Button>
      }
    >
      {secret && (
        <Note tone="blue">
          <strong>{t("webhook.secret")}</strong>
          <Prose>{secret}</Prose>
        </Note>
      )}
      <Loaded query={list} rows={2}>
        {data =>
          data.items.length === 0 ? (
            <Empty title={t("webhook.none")} icon="link">
              {t("webhook.none_help")}
            </Empty>
          ) : (
            <Table
              label={t("webhook.title")}
              rows={data.items}
              id={row => row.id}
              columns={[
                { key: "url", title: t("webhook.url"), phone: "main", cell: row => row.url },
                {
                  key: "on",
                  title: t("duty.status"),
                  kind: "tight",
                  cell: row => <Tag tone={row.enabled ? "green" : "plain"}>{t(row.enabled ? "webhook.on" : "webhook.off")}</Tag>,
                },
                {
                  key: "acts",
                  title: t("form.acts"),
                  kind: "tight",
                  cell: row => (
                    <Row>
                      <Button size="xs" busy={test.isPending && test.variables?.id === row.id} onClick={() => test.mutate(row)}>
                        {t("webhook.test")}
                      </Button>
                      <Button size="xs" onClick={() => turn.mutate(row)}>
                        {t(row.enabled ? "webhook.disable" : "webhook.enable")}
                      </Button>
                    </Row>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {creating && (
        <ActForm
          title={t("webhook.create")}
          act={t("webhook.create")}
          fields={[{ name: "url", label: t("webhook.url"), kind: "line", required: true, max: 500, hint: t("webhook.url_hint") }]}
          onSend={v => create.mutateAsync(String(v.url))}
          onClose={() => setCreating(false)}
        />
      )}
    </Panel>
  );
}
