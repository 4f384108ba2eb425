import type { Indicator } from "../../api/reporting";

/** How many years back one can look. */
const back = 10;

/** yearsTo lists this year and those before it, the latest first. */
export const yearsTo = (year: number) => Array.from({ length: back }, (_, i) => year - i);

const two = (n: number) => String(n).padStart(2, "0");
const count = (n: number, name: (i: number) => string) => Array.from({ length: n }, (_, i) => name(i + 1));

/** periodsOf names the whole year and the periods of a length that one can ask for in it, as the API writes them. */
export function periodsOf(every: Indicator["every"], year: number): string[] {
  const parts: Record<Indicator["every"], string[]> = {
    week: count(weeks(year), n => `${year}-W${two(n)}`),
    month: count(12, n => `${year}-${two(n)}`),
    quarter: count(4, n => `${year}-Q${n}`),
    half_year: count(2, n => `${year}-H${n}`),
    semester: [`${year - 1}-S2`, `${year}-S1`],
    year: [],
  };
  return [String(year), ...parts[every]];
}

/** weeks is the number of ISO weeks of a year: 53 where it begins on a Thursday, or on a Wednesday before a leap day. */
function weeks(year: number): number {
  const first = new Date(Date.UTC(year, 0, 1)).getUTCDay();
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return first === 4 || (first === 3 && leap) ? 53 : 52;
}
