import { useTranslation } from "react-i18next";
import { type Duty, percent } from "../../api/duties";
import { useIndicators } from "../../api/reporting";
import { EvidenceList } from "../../forms/evidence";
import { usePeriod } from "../../forms/period";
import { Button } from "../../ui/button";
import { Facts, Prose, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { ErrorNote } from "../../ui/states";
import type { Draft, Report } from "./draft";

/** Check is the one look over a report before it is sent. */
export function Check({
  duty,
  kind,
  value,
  period,
  saved,
  error,
  busy,
  onClose,
  onSend,
}: {
  duty: Duty;
  kind: Report["kind"];
  value: Draft;
  period?: string;
  saved?: Report;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onSend: () => void;
}) {
  const { t } = useTranslation();
  const named = usePeriod();
  const known = useIndicators(value.figures.length > 0);
  const figures = value.figures.filter(one => one.value !== "");
  const nameOf = (id: string) => known.data?.find(one => one.id === id)?.name ?? id;
  const said: [string, string][] = [
    [t("asked.field.responsible"), value.responsible],
    [t("asked.field.measures"), value.measures],
    [t("asked.field.narrative"), value.narrative],
    [t("asked.field.problems"), value.problems],
    [t("asked.field.next_steps"), value.nextSteps],
  ];
  return (
    <Modal
      title={t("report.check_title")}
      open
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("report.edit_more")}</Button>
          <Button kind="primary" busy={busy} onClick={onSend}>
            {t("report.submit")}
          </Button>
        </>
      }
    >
      <Stack>
        {error !== undefined && <ErrorNote error={error} />}
        <Facts
          items={[
            [t("report.period"), named(period ?? value.period)],
            [t("report.progress"), `${percent(duty.progress)}% → ${kind === "completion" ? 100 : value.progress}%`],
            ...said
              .filter(([, text]) => text.trim())
              .map(([name, text]): [string, React.ReactNode] => [name, <Prose key={name}>{text}</Prose>]),
            ...figures.map((one): [string, string] => [
              t("figure.of", { name: nameOf(one.indicator_id), period: named(one.period) }),
              `${one.value}${one.reason ? ` · ${one.reason}` : ""}`,
            ]),
          ]}
        />
        {saved && <EvidenceList subject="report" id={saved.id} />}
      </Stack>
    </Modal>
  );
}
