import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { usePeriod } from "../../forms/period";
import { stepName } from "../../forms/step-name";
import { longDate } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Panel } from "../../ui/layout";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

type Move = Schemas["CalendarMove"];
type Change = Schemas["CalendarChange"];

/** Changes are the days that a notice changes. */
export function Changes({ days }: { days: Change[] }) {
  const { t, i18n } = useTranslation();
  const word = (worked: boolean) => t(worked ? "calendar.worked" : "calendar.off");
  return (
    <Panel title={t("calendar.changes")} flush>
      {days.length === 0 && <Empty title={t("calendar.no_changes")} icon="calendar" />}
      {days.length > 0 && (
        <Table
          label={t("calendar.changes")}
          rows={days}
          id={day => day.date}
          columns={[
            { key: "date", title: t("calendar.date"), phone: "main", cell: day => longDate(day.date, i18n.language) },
            { key: "name", title: t("calendar.festival"), cell: day => day.name },
            { key: "was", title: t("calendar.was"), kind: "tight", cell: day => word(day.was) },
            { key: "is", title: t("calendar.is"), kind: "tight", cell: day => word(day.is) },
          ]}
        />
      )}
    </Panel>
  );
}

/** Moves are the dates and steps that would move, each with the old day and the new one. */
export function Moves({ items, children }: { items: Move[]; children?: React.ReactNode }) {
  const { t } = useTranslation();
  const named = usePeriod();
  return (
    <Panel title={t("calendar.moves")} flush>
      {items.length === 0 && (
        <Empty title={t("calendar.no_moves")} icon="check">
          {t("calendar.no_moves_help")}
        </Empty>
      )}
      {items.length > 0 && (
        <Table
          label={t("calendar.moves")}
          rows={items}
          id={move => `${move.subject_id}${move.what}${move.step ?? ""}${move.urge_id ?? ""}${move.period ?? ""}`}
          columns={[
            {
              key: "object",
              title: t("calendar.object"),
              phone: "main",
              cell: move => <Link to={placeOf(move) as never}>{move.title || "—"}</Link>,
            },
            { key: "unit", title: t("calendar.unit"), cell: move => move.unit },
            {
              key: "what",
              title: t("calendar.what"),
              cell: move => (
                <>
                  {t(`calendar.what.${move.what}`)}
                  {move.step && <span title={move.step}> {stepName(move.step)}</span>} {named(move.period)}
                  {move.taken && t("ui.paren", { text: t("calendar.again") })}
                </>
              ),
            },
            { key: "old", title: t("calendar.old"), kind: "tight", cell: move => move.old },
            { key: "new", title: t("calendar.new"), kind: "tight", cell: move => move.new ?? t("calendar.dropped") },
          ]}
        />
      )}
      {children}
    </Panel>
  );
}

/** placeOf is where an object is seen: a duty, a notice, a task in its plan. */
function placeOf(move: Move): string {
  if (move.subject === "task") return `${paths.plan(move.plan_id ?? "")}?task=${move.subject_id}`;
  return (move.subject === "notice" ? paths.notice : paths.duty)(move.subject_id);
}
