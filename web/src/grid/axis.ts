import { addDays, addMonths, daysBetween, weekday } from "../lib/dates";
import { isWorkday, type Workdays } from "../lib/workdays";

/** How many rem a day is wide. */
export const scales = { day: 1.5, week: 0.5, month: 0.15, quarter: 0.06 } as const;
export type Scale = keyof typeof scales;

/** Days off and the days of the month are shown from this width of a day on, in rem; below they would be a blur. */
const readable = 0.5;

/** Axis is a stretch of time as a chart shows it: whole months, where a date lies in rem, and how wide it is. */
export interface Axis {
  from: string;
  to: string;
  day: number;
  width: number;
  x: (date: string) => number;
}

/** axisOf widens a stretch of time to whole months. */
export function axisOf(first: string, last: string, scale: Scale): Axis {
  const from = `${first.slice(0, 7)}-01`;
  const to = addDays(addMonths(`${last.slice(0, 7)}-01`, 1), -1);
  const day = scales[scale];
  const width = (daysBetween(from, to) + 1) * day;
  return { from, to, day, width, x: date => Math.max(0, Math.min(width, daysBetween(from, date) * day)) };
}

/** monthsOf is the first days of the months of an axis. */
export function monthsOf(axis: Axis): string[] {
  const months: string[] = [];
  for (let month = axis.from; month <= axis.to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** mondaysOf is the Mondays of an axis whose days are wide enough to be told apart. */
export function mondaysOf(axis: Axis): string[] {
  if (axis.day < readable) return [];
  const all: string[] = [];
  for (let day = addDays(axis.from, (8 - weekday(axis.from)) % 7); day <= axis.to; day = addDays(day, 7)) all.push(day);
  return all;
}

/** offsOf is the days off of an axis, those in a row together, as pairs of edges in rem; none where days are too narrow. */
export function offsOf(axis: Axis, days: Workdays): [number, number][] {
  if (axis.day < readable) return [];
  const all: [number, number][] = [];
  for (let day = axis.from, left = 0; day <= axis.to; day = addDays(day, 1), left += axis.day) {
    if (isWorkday(day, days)) continue;
    const last = all[all.length - 1];
    if (last && Math.abs(last[1] - left) < axis.day / 2) last[1] = left + axis.day;
    else all.push([left, left + axis.day]);
  }
  return all;
}

/** shade is the ground of a chart's rows as a CSS image: a line where a month begins, grey over days off. */
export function shade(axis: Axis, days: Workdays): string {
  const bands = (edges: [number, string][], colour: string) =>
    `linear-gradient(90deg,${edges
      .map(([left, right]) => `transparent ${left}rem,${colour} ${left}rem,${colour} ${right},transparent ${right}`)
      .join(",")})`;
  const lines = monthsOf(axis).map((month): [number, string] => [axis.x(month), `calc(${axis.x(month)}rem + 1px)`]);
  const offs = offsOf(axis, days).map(([left, right]): [number, string] => [left, `${right}rem`]);
  return [bands(lines, "var(--line)"), offs.length > 0 && bands(offs, "var(--off)")].filter(Boolean).join(",");
}
