import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { bulkAct, type LedgerDuty } from "../../api/ledger";
import { useUnitNodes } from "../../api/units";
import { BulkRun, type Result } from "../../forms/bulk-run";
import { Select } from "../../ui/select";
import { TreePicker } from "../../ui/tree-picker";
import type { Act } from "./bulk";

const reasons = ["done", "merged", "overtaken"] as const;
/** Acts whose text must be given; a close-out and the others take none. */
const asking: Act[] = ["return", "insist", "reassign", "instruct", "send_back", "reopen", "cancel"];

interface Row {
  id: string;
  label: string;
  duty: LedgerDuty;
}

/** BulkAct asks for what the act needs and does it in parts; urging many has a dialog of its own. */
export default function BulkAct({
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
      ask={asking.includes(act) ? t("ledger.reason") : undefined}
      extra={extra}
      batch={batch}
      onClose={onClose}
    />
  );
}
