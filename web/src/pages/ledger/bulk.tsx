import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { bulkAct, type LedgerDuty } from "../../api/ledger";
import { useUnitNodes } from "../../api/units";
import { BulkRun, type Result } from "../../forms/bulk-run";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { Select } from "../../ui/select";
import { TreePicker } from "../../ui/tree-picker";
import css from "./ledger.module.css";

const main = ["urge", "accept"] as const;
const more = ["return", "insist", "reassign", "instruct", "send_back", "close", "reopen", "cancel"] as const;
const marks = ["follow", "unfollow"] as const;
type Act = (typeof main)[number] | (typeof more)[number] | (typeof marks)[number];
const reasons = ["done", "merged", "overtaken"] as const;
/** Acts whose text must be given; a close-out and the others take none. */
const asking: Act[] = ["urge", "return", "insist", "reassign", "instruct", "send_back", "reopen", "cancel"];

interface Row {
  id: string;
  label: string;
  duty: LedgerDuty;
}

/** BulkBar counts what is shown and offers the acts on what is selected: each row gets its own result. */
export function BulkBar({
  picked,
  shown,
  loading,
  onClear,
}: {
  picked: LedgerDuty[];
  shown: number;
  loading: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act>();
  const able = (action: Act) =>
    picked.filter(duty => {
      if (action === "follow") return !duty.followed;
      if (action === "unfollow") return duty.followed;
      return duty.allowed_actions.some(one => one.action === action && one.enabled);
    });
  const known = (action: Act) => picked.some(duty => duty.allowed_actions.some(one => one.action === action));
  const name = (action: Act) =>
    action === "follow" || action === "unfollow" ? t(`ledger.${action}`) : word("action.duty", action);
  const item = (action: Act) => ({
    label: `${name(action)} ${able(action).length || ""}`.trim(),
    reason: able(action).length === 0 ? t("ledger.none_able") : undefined,
    onPick: () => setAct(action),
  });
  const others = more.filter(known);
  return (
    <footer className={`${css.foot} no-print`}>
      {picked.length > 0 && (
        <>
          <strong>{t("ledger.selected", { count: picked.length })}</strong>
          {main.filter(known).map(action => (
            <Button
              key={action}
              size="xs"
              onClick={() => setAct(action)}
              reason={able(action).length === 0 ? t("ledger.none_able") : undefined}
            >
              {name(action)} {able(action).length}
            </Button>
          ))}
          <span className={css.up}>
            <Menu
              left
              target={
                <Button size="xs" icon="more">
                  {t("ledger.more_acts")}
                </Button>
              }
              groups={[...(others.length > 0 ? [{ items: others.map(item) }] : []), { items: marks.map(item) }]}
            />
          </span>
          <Button size="xs" kind="quiet" onClick={onClear}>
            {t("ledger.unselect")}
          </Button>
        </>
      )}
      <span role="status">{loading ? t("ledger.loading", { count: shown }) : t("ledger.shown", { count: shown })}</span>
      {act && <Run act={act} name={name(act)} able={able(act)} picked={picked.length} onClose={() => setAct(undefined)} />}
    </footer>
  );
}

/** Run asks for what the act needs and does it; urges go one by one, the others in parts. */
function Run({
  act,
  name,
  able,
  picked,
  onClose,
}: {
  act: Act;
  name: string;
  able: LedgerDuty[];
  picked: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { nodes, loading } = useUnitNodes();
  const [rows] = useState(() =>
    able.map((duty): Row => ({ id: duty.id, label: `${duty.unit_name} · ${duty.task_number} ${duty.task_title}`, duty })),
  );
  const [unit, setUnit] = useState("");
  const [reason, setReason] = useState<(typeof reasons)[number]>("done");
  const extra = {
    reassign: {
      missing: !unit,
      fields: <TreePicker label={t("ledger.to_unit")} required nodes={nodes} loading={loading} value={unit} onChange={setUnit} />,
    },
    close: {
      missing: false,
      fields: (
        <Select
          label={t("ledger.close_reason")}
          value={reason}
          onChange={value => setReason(value as (typeof reasons)[number])}
          options={reasons.map(value => ({ value, label: t(`ledger.close_reason.${value}`) }))}
        />
      ),
    },
  }[act as "close"];
  async function batch(part: Row[], text: string): Promise<Result[]> {
    const done = await bulkAct({
      action: act as Schemas["BulkDutiesInput"]["action"],
      rows: part.map(row => ({ id: row.id, version: row.duty.version })),
      ...(text.trim() && { reason: text.trim() }),
      ...(act === "reassign" && { unit_id: unit }),
      ...(act === "close" && { close_reason: reason }),
    });
    return done.items.map(one => ({ id: one.id, ok: one.done, note: one.reason }));
  }
  return (
    <BulkRun
      title={name}
      rows={rows}
      skipped={picked - rows.length}
      ask={asking.includes(act) ? (act === "urge" ? t("urge.content") : t("ledger.reason")) : undefined}
      extra={extra}
      {...(act === "urge"
        ? {
            run: (row: Row, content: string) =>
              take(api.POST("/api/v1/duties/{id}/urges", { params: { path: { id: row.duty.id } }, body: { content } })),
          }
        : { batch })}
      onClose={onClose}
    />
  );
}
