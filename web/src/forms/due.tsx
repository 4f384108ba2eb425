import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Duty } from "../api/duties";
import type { Clock } from "../api/ledger";
import { useMe } from "../api/session";
import { daysBetween, shortDate } from "../lib/dates";
import { Muted } from "../ui/layout";
import { Light, type LightName } from "../ui/light";

interface Due {
  due?: string;
  original?: string;
  clock?: Clock;
  full?: boolean;
}

/** DueDate is a due date in a table; one that was moved shows both, the one that counts by the clock in front. */
export function DueDate(due: Due) {
  const { t } = useTranslation();
  return dueDate(t, useMe().today, due);
}

/** dueDate is the same for tables of thousands of rows, which ask for texts and day once. */
export function dueDate(t: TFunction, today: string, { due, original, clock, full }: Due) {
  const year = Number(today.slice(0, 4));
  const day = (date: string) => (full ? date : shortDate(date, year));
  if (!due) return <Muted>{t("duty.no_due")}</Muted>;
  if (!original || original === due) return <span>{day(due)}</span>;
  if (clock === "original") {
    return (
      <span>
        {day(original)} <Muted>{t("due.now", { date: day(due) })}</Muted>
      </span>
    );
  }
  return (
    <span title={t("due.original", { date: original })}>
      <s>{day(original)}</s> {day(due)}
    </span>
  );
}

type Lit = Pick<Duty, "light" | "light_rule" | "due_date" | "overdue" | "status">;

/**
 * DutyLight is a duty's light with the days that are left or over; while it waits for verification the days are not the unit's. A rule
 * may light it long before the due date (by the gap to the plan, by repetition): then it is called by its colour, not "overdue".
 */
export function DutyLight({ duty }: { duty: Lit }) {
  const { t } = useTranslation();
  return dutyLight(t, useMe().today, duty);
}

/** dutyLight is the same for tables of thousands of rows. */
export function dutyLight(t: TFunction, today: string, duty: Lit) {
  const light = duty.light as LightName;
  const days = duty.due_date ? daysBetween(today, duty.due_date) : undefined;
  const running = days !== undefined && duty.status !== "review" && duty.status !== "closed" && duty.status !== "cancelled";
  const left = (n: number) => {
    if (n === 0) return t("duty.due_today");
    if (n > 0) return t("duty.days_left", { count: n });
    return t(light === "red" ? "duty.days_over" : "duty.days_past", { count: -n });
  };
  const called = t(dutyWord(duty, today));
  const told = running && (light === "red" || light === "yellow");
  return <Light light={light} words={told ? `${called} ${left(days)}` : called} />;
}

/** dutyWord is the key of what a duty's light is called today; without a due date nothing is late. */
export function dutyWord(duty: Pick<Duty, "light" | "light_rule" | "due_date">, today: string) {
  const days = duty.due_date ? daysBetween(today, duty.due_date) : 0;
  return lightWord(duty.light as LightName, duty.light_rule, days);
}

export type LightWord = ReturnType<typeof lightWord>;

/** lightWord is the key of what a light is called, with so many days left. */
export function lightWord(light: LightName, rule: string, days: number) {
  if (light === "red" && days >= 0) return "light.red_early" as const;
  if (light === "yellow" && !rule.endsWith(":near")) return "light.yellow_early" as const;
  return `light.${light}` as const;
}
