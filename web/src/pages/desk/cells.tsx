import { useTranslation } from "react-i18next";
import type { Outlook } from "../../api/outlooks";
import { useMe } from "../../api/session";
import { word } from "../../i18n";
import { instant, shortDate } from "../../lib/dates";
import { Muted, Row, Stack } from "../../ui/layout";
import { Tag, type Tone } from "../../ui/light";

type Mark = NonNullable<Outlook["last_urge"]>;

/** standing is what became of an urge: answered, late, read, or not looked at yet. */
export function standing(mark: Mark): "replied" | "late" | "read" | "unread" {
  if (mark.replied_at) return "replied";
  if (mark.late) return "late";
  return mark.read_at ? "read" : "unread";
}

const tones: Record<ReturnType<typeof standing>, Tone> = { replied: "green", late: "red", read: "blue", unread: "amber" };

/** LastUrge is when a duty was urged last, by whom, and what became of it: nobody urges twice unknowingly. */
export function LastUrge({ outlook }: { outlook?: Outlook }) {
  const { t } = useTranslation();
  const year = Number(useMe().today.slice(0, 4));
  const mark = outlook?.last_urge;
  if (!outlook) return null;
  if (!mark) return <Muted>{t("urges.never")}</Muted>;
  const how = standing(mark);
  return (
    <Stack gap={0.125}>
      <Row gap={0.375}>
        <span title={instant(mark.at)}>{shortDate(instant(mark.at).slice(0, 10), year)}</span>
        <Tag tone={tones[how]}>{t(`desk.urge.${how}`)}</Tag>
      </Row>
      <Muted>{mark.reply || mark.by_name || t("urge.by_ladder")}</Muted>
    </Stack>
  );
}

/** Next is what the ladder does by itself if nobody acts, and whom it reaches. */
export function Next({ outlook }: { outlook?: Outlook }) {
  const { t } = useTranslation();
  const year = Number(useMe().today.slice(0, 4));
  const step = outlook?.next_step;
  if (!outlook) return null;
  if (!step) return <Muted>{t("desk.no_step")}</Muted>;
  const to = step.to.map(one => word("recipient", one)).join(t("desk.comma"));
  return (
    <Stack gap={0.125}>
      <span title={t(`rules.subject.${step.of}`)}>
        {shortDate(step.on, year)} {word("step_kind", step.colour ? `${step.kind}_${step.colour}` : step.kind)}
      </span>
      {to && <Muted>{t("desk.step_to", { to })}</Muted>}
    </Stack>
  );
}
