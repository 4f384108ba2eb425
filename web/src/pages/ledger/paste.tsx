import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LedgerDuty } from "../../api/ledger";
import { BulkRun } from "../../forms/bulk-run";
import type { Pasted } from "../../grid/tree";
import type { LedgerRow } from "./rows";
import { keepTyped, type Typed } from "./typed";

interface Row {
  id: string;
  label: string;
  duty: LedgerDuty;
  typed: Typed;
}

/** Paste shows what a spreadsheet would change before anything is kept; each row becomes the draft of a report. */
export function Paste({ found, missed, onClose }: { found: Pasted<LedgerRow>[]; missed: number; onClose: () => void }) {
  const { t } = useTranslation();
  const [rows] = useState(() =>
    found.flatMap(({ row, values }): Row[] => {
      const { progress, word } = values;
      if (!row.duty) return [];
      const said = [progress && `${t("duty.progress")} ${row.progress}% → ${progress}`, word].filter(Boolean).join(" · ");
      return [
        {
          id: row.id,
          label: `${row.duty.unit_name} · ${row.duty.task_title} · ${said}`,
          duty: row.duty,
          typed: { progress, word },
        },
      ];
    }),
  );
  return (
    <BulkRun
      title={t("ledger.keep_typed")}
      rows={rows}
      skipped={missed}
      run={row => keepTyped(row.duty, row.typed, t("ledger.wrong_progress"))}
      onClose={onClose}
    />
  );
}
