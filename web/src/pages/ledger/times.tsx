import { useTranslation } from "react-i18next";
import { DateField } from "../../forms/date-field";
import { Button } from "../../ui/button";
import css from "./query.module.css";

/** Times chooses the day that the ledger is looked at and the day it is compared with. */
export default function Times({
  asOf,
  since,
  today,
  onChange,
}: {
  asOf?: string;
  since?: string;
  today: string;
  onChange: (part: { as_of?: string; since?: string }) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={`${css.times} no-print`}>
      <DateField
        label={t("ledger.as_of")}
        value={asOf ?? ""}
        max={today}
        onChange={date => onChange({ as_of: date && date < today ? date : undefined })}
      />
      <DateField
        label={t("ledger.since")}
        value={since ?? ""}
        max={asOf ?? today}
        onChange={date => onChange({ since: date || undefined })}
      />
      {(asOf || since) && (
        <Button kind="quiet" icon="close" onClick={() => onChange({ as_of: undefined, since: undefined })}>
          {t("ledger.now")}
        </Button>
      )}
    </div>
  );
}
