import { useTranslation } from "react-i18next";
import { DateField } from "../../forms/date-field";
import { Button } from "../../ui/button";
import css from "./cockpit.module.css";

/** AsOf chooses the past day that the cockpit is looked at. */
export default function AsOf({
  day,
  today,
  onChange,
}: {
  day?: string;
  today: string;
  onChange: (day: string | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={`${css.times} no-print`}>
      <DateField
        label={t("cockpit.as_of")}
        value={day ?? ""}
        max={today}
        onChange={date => onChange(date && date < today ? date : undefined)}
      />
      {day && (
        <Button kind="quiet" icon="close" onClick={() => onChange(undefined)}>
          {t("cockpit.now")}
        </Button>
      )}
    </div>
  );
}
