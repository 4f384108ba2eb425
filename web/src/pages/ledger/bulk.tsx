import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { percent } from "../../api/duties";
import type { Facets, LedgerDuty } from "../../api/ledger";
import { useMe } from "../../api/session";
import { told, word } from "../../i18n";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import css from "./ledger.module.css";

const BulkAct = lazy(() => import("./bulk-act"));
const UrgeMany = lazy(told(() => import("../../forms/urge-many").then(found => ({ default: found.UrgeMany })), "acts"));
const main = ["urge", "accept"] as const;
const more = ["return", "insist", "reassign", "instruct", "send_back", "close", "reopen", "cancel"] as const;
const marks = ["follow", "unfollow"] as const;
export type Act = (typeof main)[number] | (typeof more)[number] | (typeof marks)[number];

/** BulkBar counts what is shown and offers the acts on what is selected: each row gets its own result. */
export function BulkBar({
  picked,
  shown,
  loading,
  capped,
  totals,
  fills,
  onFill,
  onClear,
}: {
  picked: LedgerDuty[];
  shown: number;
  loading: boolean;
  /** Whether more fits than is shown: then all of this is said of what is shown. */
  capped: boolean;
  totals?: Facets;
  /** Columns that can be filled down from the first selected row. */
  fills: { key: string; name: string }[];
  onFill: (key: string) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const [act, setAct] = useState<Act>();
  const able = (action: Act | "report") =>
    picked.filter(duty => {
      if (action === "follow") return !duty.followed;
      if (action === "unfollow") return duty.followed;
      return duty.allowed_actions.some(one => one.action === action && one.enabled);
    });
  const known = (action: (typeof main)[number]) => permissions.includes(`duty.${action}`);
  const name = (action: Act) =>
    action === "follow" || action === "unfollow" ? t(`ledger.${action}`) : word("action.duty", action);
  const items = (actions: readonly Act[]) =>
    actions
      .filter(action => able(action).length > 0)
      .map(action => ({ label: `${name(action)} ${able(action).length}`, onPick: () => setAct(action) }));
  const others = items(more);
  const down =
    picked.length > 1 && able("report").length > 0
      ? fills.map(({ key, name }) => ({ label: t("ledger.fill", { name }), onPick: () => onFill(key) }))
      : [];
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
              groups={[others, down, items(marks)].filter(group => group.length > 0).map(group => ({ items: group }))}
            />
          </span>
          <Button size="xs" kind="quiet" onClick={onClear}>
            {t("ledger.unselect")}
          </Button>
        </>
      )}
      <span role="status">
        {loading ? t("ledger.loading", { count: shown }) : <Totals shown={shown} capped={capped} totals={totals} />}
      </span>
      {act === "urge" && (
        <Suspense>
          <UrgeMany duties={picked.map(duty => duty.id)} onClose={() => setAct(undefined)} />
        </Suspense>
      )}
      {act && act !== "urge" && (
        <Suspense>
          <BulkAct act={act} name={name(act)} able={able(act)} picked={picked.length} onClose={() => setAct(undefined)} />
        </Suspense>
      )}
    </footer>
  );
}

/** Totals is the last line of the ledger: how many, how many of them late, how far on the whole. */
function Totals({ shown, capped, totals }: { shown: number; capped: boolean; totals?: Facets }) {
  const { t } = useTranslation();
  return (
    <>
      {capped ? t("ledger.shown_first", { n: shown }) : t("ledger.shown", { count: shown })}
      {totals && totals.count > 0 && (
        <>
          {" · "}
          {t("ledger.totals", { late: totals.overdue, progress: percent(totals.progress) })}
        </>
      )}
    </>
  );
}
