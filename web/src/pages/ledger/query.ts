import type { TFunction } from "i18next";
import type { Duty } from "../../api/duties";
import { daysBetween } from "../../lib/dates";
import { matches } from "../../lib/pinyin";

type Test = (duty: Duty) => boolean;

const lights = ["grey", "green", "yellow", "red", "done"] as const;

/**
 * parseQuery reads what is typed into the search field: words in the reader's language with a value (`灯:逾期`, `单位:高教处`,
 * `余<7`), all other words in the task or the unit, by characters or pinyin initials. All of them have to hold.
 */
export function parseQuery(text: string, t: TFunction, today: string): Test {
  const tests = text
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(part => testOf(part, t, today));
  return duty => tests.every(test => test(duty));
}

function testOf(part: string, t: TFunction, today: string): Test {
  const [, key = "", sign = "", value = ""] = /^(.+?)([:\uff1a<>])(.+)$/.exec(part) ?? [];
  if (key === t("ledger.q.light")) {
    const found = lights.filter(light => t(`light.${light}`).toLowerCase().includes(value.toLowerCase()));
    return duty => found.some(light => light === duty.light);
  }
  if (key === t("ledger.q.unit")) return duty => matches(duty.unit_name, value);
  if (key === t("ledger.q.lead")) return duty => duty.part === "lead" && matches(duty.unit_name, value);
  if (key === t("ledger.q.left") && sign !== ":" && Number.isFinite(Number(value))) {
    return duty => {
      if (!duty.due_date) return false;
      const left = daysBetween(today, duty.due_date);
      return sign === "<" ? left < Number(value) : left > Number(value);
    };
  }
  return duty => matches(`${duty.task_number} ${duty.task_title}`, part) || matches(duty.unit_name, part);
}
