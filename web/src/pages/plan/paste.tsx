import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Task } from "../../api/duties";
import { Problem } from "../../api/problem";
import { BulkRun } from "../../forms/bulk-run";
import type { Pasted } from "../../grid/tree";
import { parseDate, today } from "../../lib/dates";
import { titled } from "../../lib/numbers";
import { type Edit, sendEdit } from "./edit";

interface Row {
  id: string;
  label: string;
  task: Task;
  values: Record<string, string>;
}

/** Paste shows what a spreadsheet would change in a draft before it is done; each row can be taken back by itself. */
export function Paste({ found, missed, onClose }: { found: Pasted<{ task: Task }>[]; missed: number; onClose: () => void }) {
  const { t } = useTranslation();
  const [rows] = useState(() =>
    found.map(({ row: { task }, values }): Row => {
      const said = [values.title, values.due !== undefined && `${t("duty.due")} ${values.due || "—"}`]
        .filter(Boolean)
        .join(" · ");
      return { id: task.id, label: `${titled(task.number, task.title)} → ${said}`, task, values };
    }),
  );
  async function run({ task, values: { title, due } }: Row) {
    const date = due && parseDate(due, Number(today().slice(0, 4)));
    if (due && !date) throw new Problem({ status: 422, code: "date", detail: t("ui.date.wrong") });
    const body: Edit = { ...(title && { title }), ...(due !== undefined && { due_date: date || "" }) };
    await sendEdit(task, body);
  }
  return <BulkRun title={t("workshop.paste")} rows={rows} skipped={missed} run={run} onClose={onClose} />;
}
