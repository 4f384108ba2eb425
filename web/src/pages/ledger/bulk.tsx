import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { BulkRun } from "../../forms/bulk-run";
import { UrgeMany } from "../../forms/urge-many";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import css from "./ledger.module.css";

type Act = "urge" | "accept";

/** BulkBar counts what is shown and offers the acts on what is selected: each row gets its own result. */
export function BulkBar({
  picked,
  shown,
  loading,
  onClear,
}: {
  picked: Duty[];
  shown: number;
  loading: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act>();
  const able = (action: Act) => picked.filter(duty => duty.allowed_actions.some(one => one.action === action && one.enabled));
  const known = (action: Act) => picked.some(duty => duty.allowed_actions.some(one => one.action === action));
  const accept = (duty: Duty) =>
    take(api.POST("/api/v1/duties/{id}/accept", { params: { path: { id: duty.id }, header: match(duty.version) } }));
  return (
    <footer className={`${css.foot} no-print`}>
      {picked.length > 0 && (
        <>
          <strong>{t("ledger.selected", { count: picked.length })}</strong>
          {(["urge", "accept"] as const).filter(known).map(action => (
            <Button
              key={action}
              size="xs"
              onClick={() => setAct(action)}
              reason={able(action).length === 0 ? t("ledger.none_able") : undefined}
            >
              {word("action.duty", action)} {able(action).length}
            </Button>
          ))}
          <Button size="xs" kind="quiet" onClick={onClear}>
            {t("ledger.unselect")}
          </Button>
        </>
      )}
      <span role="status">{loading ? t("ledger.loading", { count: shown }) : t("ledger.shown", { count: shown })}</span>
      {act === "urge" && <UrgeMany duties={picked.map(duty => duty.id)} onClose={() => setAct(undefined)} />}
      {act === "accept" && (
        <BulkRun
          title={word("action.duty", act)}
          rows={able(act).map(duty => ({
            id: duty.id,
            label: `${duty.unit_name} · ${duty.task_number} ${duty.task_title}`,
            duty,
          }))}
          skipped={picked.length - able(act).length}
          run={row => accept(row.duty)}
          onClose={() => setAct(undefined)}
        />
      )}
    </footer>
  );
}
