import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useFacets, type View } from "../../api/ledger";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { Radios, TextField } from "../../ui/field";
import { Row, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import { TreePicker } from "../../ui/tree-picker";
import { type Shown, shares } from "./views";

const roles = ["leader", "office", "inspector", "unit_head", "unit_clerk"] as const;

/** SaveView keeps the present question under a name, for oneself or for others. */
export function SaveView({ shown, onClose }: { shown: Shown; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { nodes, loading } = useUnitNodes();
  const [name, setName] = useState("");
  const [share, setShare] = useState<View["share"]>("mine");
  const [unit, setUnit] = useState(me.posts[0]?.unit_id ?? "");
  const [role, setRole] = useState<(typeof roles)[number]>("unit_clerk");
  const counted = useFacets({ q: shown.query || undefined });
  const asked = counted.data?.asked;
  const may = me.permissions.includes("view.share");
  const save = useAct({
    quiet: true,
    send: () =>
      take(
        api.POST("/api/v1/views", {
          body: {
            name: name.trim(),
            share,
            ...shown,
            ...(share === "unit" && { unit_id: unit }),
            ...(share === "role" && { role }),
          },
        }),
      ),
    done: t("ledger.view.saved"),
    after: onClose,
  });
  return (
    <Modal
      title={t("ledger.view.save")}
      open
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={save.isPending} disabled={!name.trim()} onClick={() => save.mutate()}>
            {t("ledger.view.keep")}
          </Button>
        </>
      }
    >
      <Stack>
        {save.isError && <ErrorNote error={save.error} />}
        <TextField label={t("ledger.view.name")} required autoFocus max={40} value={name} onChange={setName} />
        {may && (
          <Radios
            label={t("ledger.view.share")}
            value={share}
            onChange={setShare}
            options={shares.map(value => ({ value, label: t(`ledger.view.share.${value}`) }))}
          />
        )}
        {share === "unit" && (
          <TreePicker label={t("duty.unit")} nodes={nodes} loading={loading} value={unit} onChange={setUnit} />
        )}
        {share === "role" && (
          <Select
            label={t("ledger.view.role")}
            value={role}
            onChange={value => setRole(value as (typeof roles)[number])}
            options={roles.map(value => ({ value, label: word("role", value) }))}
          />
        )}
        {counted.isSuccess && (
          <p>
            {asked ? t("ledger.view.asks", { query: asked }) : t("ledger.view.asks_all")}
            <br />
            {t("ledger.view.clock", { clock: t(`ledger.clock.${shown.clock}`) })}
          </p>
        )}
      </Stack>
    </Modal>
  );
}

/** OwnViews replaces the question of one's views by the present one, or deletes them. */
export function OwnViews({ views, shown, onClose }: { views: View[]; shown: Shown; onClose: () => void }) {
  const { t } = useTranslation();
  const replace = useAct({
    send: (view: View) =>
      take(
        api.PUT("/api/v1/views/{id}", {
          params: { path: { id: view.id }, header: match(view.version) },
          body: { name: view.name, share: view.share, unit_id: view.unit_id, role: view.role as "leader" | undefined, ...shown },
        }),
      ),
    done: t("ledger.view.saved"),
  });
  const drop = useAct({
    send: (view: View) => take(api.DELETE("/api/v1/views/{id}", { params: { path: { id: view.id } } })),
    done: t("ledger.view.dropped"),
    undo: (_, view) =>
      take(
        api.POST("/api/v1/views", {
          body: {
            name: view.name,
            share: view.share,
            unit_id: view.unit_id,
            role: view.role as "leader" | undefined,
            query: view.query,
            layout: view.layout,
            sort: view.sort,
            columns: view.columns,
            clock: view.clock,
          },
        }),
      ),
  });
  return (
    <Modal title={t("ledger.view.manage")} open onClose={onClose} foot={<Button onClick={onClose}>{t("ui.close")}</Button>}>
      <Stack gap={0.75}>
        {views.map(view => (
          <Row key={view.id} spread wrap>
            <span>
              <strong>{view.name}</strong> {view.asked || t("ledger.view.asks_all")}
            </span>
            <Row>
              <Button size="xs" busy={replace.isPending} onClick={() => replace.mutate(view)}>
                {t("ledger.view.replace")}
              </Button>
              <Button size="xs" kind="quiet" icon="close" busy={drop.isPending} onClick={() => drop.mutate(view)}>
                {t("ledger.view.drop")}
              </Button>
            </Row>
          </Row>
        ))}
        {views.length === 0 && <p>{t("ledger.view.none")}</p>}
      </Stack>
    </Modal>
  );
}
