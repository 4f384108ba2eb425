import { addDays, weekday } from "./dates";

/** Workdays is what the server's calendar says of a stretch of days; the page only shows and counts what it was told. */
export interface Workdays {
  /** Days off that fall on a weekday, and working days at a weekend (make-up days). */
  off: ReadonlySet<string>;
  work: ReadonlySet<string>;
}

export const plainWeek: Workdays = { off: new Set(), work: new Set() };

export function isWorkday(date: string, days: Workdays): boolean {
  return days.work.has(date) || (weekday(date) < 6 && !days.off.has(date));
}

/** countWorkdays counts the working days after `from` up to and with `to`; negative when `to` lies before. */
export function countWorkdays(from: string, to: string, days: Workdays): number {
  if (to < from) return -countWorkdays(to, from, days);
  let n = 0;
  for (let d = addDays(from, 1); d <= to; d = addDays(d, 1)) if (isWorkday(d, days)) n++;
  return n;
}
