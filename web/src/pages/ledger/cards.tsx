import { useState } from "react";
import type { Clock, LedgerDuty } from "../../api/ledger";
import { More } from "../../ui/table";
import { Card } from "./board";
import css from "./ledger.module.css";

const page = 30;

/** Cards is the ledger on a phone. */
export function Cards({ duties, clock }: { duties: LedgerDuty[]; clock: Clock }) {
  const [shown, setShown] = useState(page);
  return (
    <div className={css.narrow}>
      <ul className={css.cards}>
        {duties.slice(0, shown).map(duty => (
          <Card key={duty.id} duty={duty} clock={clock} />
        ))}
      </ul>
      <More shown={Math.min(shown, duties.length)} next={shown < duties.length} onMore={() => setShown(shown + page)} />
    </div>
  );
}
