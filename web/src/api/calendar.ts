import { useQueries } from "@tanstack/react-query";
import { today } from "../lib/dates";
import type { Workdays } from "../lib/workdays";
import { api, type Schemas, take } from "./client";

type Year = Schemas["CalendarYear"];

/** yearOf is how a year of the calendar in force is read; it changes about once a year. */
export const yearOf = (year: number) => ({
  queryKey: ["calendar", year],
  staleTime: 10 * 60_000,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    take(api.GET("/api/v1/calendar/{year}", { signal, params: { path: { year } } })),
});

/** workdaysOf joins some years to what a date picker shows and counts with. */
export function workdaysOf(years: Year[]): Workdays {
  return {
    off: new Set(years.flatMap(year => year.days_off.map(day => day.date))),
    work: new Set(years.flatMap(year => year.make_up_days.map(day => day.date))),
  };
}

/** useWorkdays is the calendar of the years of some dates, of this year and of the next; undefined until all are known. */
export function useWorkdays(...dates: (string | undefined)[]): Workdays | undefined {
  const now = Number(today().slice(0, 4));
  const years = new Set([now, now + 1]);
  for (const date of dates) {
    const year = Number(date?.slice(0, 4));
    if (year >= 2000 && year <= 2100) years.add(year);
  }
  return useQueries({
    queries: [...years].sort().map(yearOf),
    combine: all => (all.every(one => one.data) ? workdaysOf(all.map(one => one.data as Year)) : undefined),
  });
}
