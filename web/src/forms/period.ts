import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { monthOf } from "../lib/dates";

/** The forms of a period's name on the wire, and the text that says each. */
const shapes = [
  [/^(\d{4})$/, "period.year"],
  [/^(\d{4})-Q([1-4])$/, "period.quarter"],
  [/^(\d{4})-H([12])$/, "period.half"],
  [/^(\d{4})-S([12])$/, "period.semester"],
  [/^(\d{4})-W(\d{2})$/, "period.week"],
  [/^(\d{4})-(\d{4})$/, "period.years"],
  [/^()D(\d+)$/, "period.after_days"],
  [/^()WD(\d+)$/, "period.after_workdays"],
  [/^()M(\d+)$/, "period.milestone"],
] as const;

/** periodName says a period as an office does; what is no period of the program's (typed by hand) stays as it is. */
export function periodName(label: string | undefined, t: TFunction, lang: string): string {
  if (!label) return "";
  if (/^\d{4}-\d{2}$/.test(label)) return monthOf(`${label}-01`, lang);
  for (const [shape, key] of shapes) {
    const m = shape.exec(label);
    if (!m) continue;
    const year = Number(m[1]);
    if (key === "period.half") return t(m[2] === "1" ? "period.half_1" : "period.half_2", { year });
    if (key === "period.semester") return t(m[2] === "1" ? "period.semester_1" : "period.semester_2", { year, next: year + 1 });
    return t(key, { year, n: Number(m[2] ?? 0) });
  }
  return label;
}

/** usePeriod gives periodName in the reader's language. */
export function usePeriod(): (label: string | undefined) => string {
  const { t, i18n } = useTranslation();
  return label => periodName(label, t, i18n.language);
}
