import type { TFunction } from "i18next";

/** What a condition of a light looks like in a rule file, and how it is said. */
const forms: [RegExp, (t: TFunction, m: string[]) => string][] = [
  [/^dated: (true|false)$/, (t, [, is]) => t(is === "true" ? "why.when.dated" : "why.when.undated")],
  [/^started: (true|false)$/, (t, [, is]) => t(is === "true" ? "why.when.started" : "why.when.not_started")],
  [/^from: T$/, t => t("why.when.from_due")],
  [
    /^from: T([+-])(\d+) (day|workday)$/,
    (t, [, sign, n, unit]) => {
      if (unit === "workday") return t(sign === "-" ? "why.when.workdays_before" : "why.when.workdays_after", { n });
      return t(sign === "-" ? "why.when.days_before" : "why.when.days_after", { n });
    },
  ],
  [/^share_left: (\d+) %$/, (t, [, n]) => t("why.when.share_left", { n })],
  [/^yellows: (\d+)$/, (t, [, n]) => t("why.when.yellows", { n })],
  [
    /^behind: more than (\d+)(?: up to (\d+))? (points|% of what was planned)$/,
    (t, [, n, most, of]) => {
      const part = of === "points" ? "" : "_part";
      return most
        ? t(part ? "why.when.behind_between_part" : "why.when.behind_between", { n, most })
        : t(part ? "why.when.behind_part" : "why.when.behind", { n });
    },
  ],
];

/** whenWords says the conditions of a light's rule ("from: T-7 day, yellows: 2") in words; one of a kind unknown here stays as it is. */
export function whenWords(t: TFunction, when: string): string {
  return when
    .split(", ")
    .map(condition => {
      for (const [form, say] of forms) {
        const found = form.exec(condition);
        if (found) return say(t, found);
      }
      return condition;
    })
    .join(t("why.when.and"));
}
