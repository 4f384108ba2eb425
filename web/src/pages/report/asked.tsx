import { useTranslation } from "react-i18next";
import type { DueReport } from "../../api/reporting";
import { usePeriod } from "../../forms/period";
import { word } from "../../i18n";
import { Facts, Muted, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Select } from "../../ui/select";
import { dueTone } from "../duty/due-reports";

/** The choice of a report that answers none that is asked for. */
const free = "-";

/** AskedFor says which report this one answers: its period, its due date, what it has to say. */
export function AskedFor({
  choices,
  value,
  fixed,
  onChange,
  error,
}: {
  choices: DueReport[];
  value: string;
  /** A report that was handed in, or corrects another, answers the same one for good. */
  fixed: boolean;
  onChange: (occurrence: string) => void;
  error?: string;
}) {
  const { t } = useTranslation();
  const named = usePeriod();
  const current = choices.find(one => one.occurrence_id === value);
  const label = (one: DueReport) => t("asked.choice", { period: named(one.period), date: one.due_date });
  return (
    <Stack>
      {!fixed && choices.length > 0 && (
        <Select
          label={t("asked.which")}
          hint={t("asked.which_hint")}
          value={value || free}
          error={error}
          onChange={picked => onChange(picked === free ? "" : picked)}
          options={[
            ...choices.map(one => ({ value: one.occurrence_id, label: label(one) })),
            { value: free, label: t("asked.none") },
          ]}
        />
      )}
      {current && (
        <Facts
          items={[
            [
              t("asked.period"),
              <>
                {named(current.period)} {current.period_from && <Muted>{`${current.period_from} – ${current.period_to}`}</Muted>}
              </>,
            ],
            [
              t("asked.due"),
              <>
                {current.due_date} <Tag tone={dueTone[current.state]}>{t(`asked.state.${current.state}`)}</Tag>{" "}
                {current.days_late ? t("asked.days_late", { count: current.days_late }) : ""}
              </>,
            ],
            [t("asked.ask"), current.ask.map(one => word("asked.field", one)).join(t("asked.comma"))],
          ]}
        />
      )}
    </Stack>
  );
}
