/** Calendar dates are texts "2026-11-23" as the API gives them; instants are RFC 3339. Shown as an office writes them. */

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
/** The zone in which dates begin and end; the session sets it to the authority's. */
let zone = "Asia/Shanghai";

export function setZone(name: string) {
  zone = name;
}

/** today is the date of now in the authority's zone. */
export function today(now = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: string) => parts.find(p => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** utc is midnight UTC of a date, for arithmetic only. */
export function utc(date: string): Date {
  const m = shape.exec(date);
  return m ? new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]))) : new Date(Number.NaN);
}

export function addDays(date: string, n: number): string {
  const d = utc(date);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
}

export function addMonths(date: string, n: number): string {
  const d = utc(date);
  const day = d.getUTCDate();
  d.setUTCDate(1);
  d.setUTCMonth(d.getUTCMonth() + n);
  const last = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0)).getUTCDate();
  d.setUTCDate(Math.min(day, last));
  return d.toISOString().slice(0, 10);
}

/** daysBetween counts calendar days from a to b. */
export function daysBetween(a: string, b: string): number {
  return Math.round((utc(b).getTime() - utc(a).getTime()) / 86_400_000);
}

/** weekday is 1 for Monday to 7 for Sunday. */
export function weekday(date: string): number {
  return utc(date).getUTCDay() || 7;
}

/** parseDate reads what people type: 2026-11-30, 2026.11.30, 20261130, 11-30, and the same with the signs for year, month, day. */
export function parseDate(text: string, year: number): string | undefined {
  const full = text
    .trim()
    .replace(/[\u5e74\u6708./\s]/g, "-")
    .replace(/[\u65e5\u53f7]/g, "")
    .replace(/-+$/, "");
  const m = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(full) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(full) ?? short(full, year);
  if (!m) return undefined;
  const date = `${m[1]}-${m[2]!.padStart(2, "0")}-${m[3]!.padStart(2, "0")}`;
  const d = utc(date);
  return !Number.isNaN(d.getTime()) && d.toISOString().startsWith(date) ? date : undefined;
}

function short(text: string, year: number): RegExpExecArray | null {
  const m = /^(\d{1,2})-(\d{1,2})$/.exec(text);
  return m && /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(`${year}-${text}`);
}

/** longDate is a date in running text: 2026年11月23日, 23 November 2026. */
export function longDate(date: string, lang: string): string {
  return Number.isNaN(utc(date).getTime())
    ? date
    : new Intl.DateTimeFormat(locale(lang), { dateStyle: "long", timeZone: "UTC" }).format(utc(date));
}

/** shortDate is a date in a table: 11-23 within the year, else 2026-11-23. */
export function shortDate(date: string, year?: number): string {
  return year !== undefined && date.startsWith(`${year}-`) ? date.slice(5) : date;
}

/** monthOf is a month as a title: 2026年11月. */
export function monthOf(date: string, lang: string): string {
  return new Intl.DateTimeFormat(locale(lang), { year: "numeric", month: "long", timeZone: "UTC" }).format(utc(date));
}

/** instant is a time to the minute in the authority's zone: 2026-11-23 09:00. */
export function instant(at: string): string {
  const d = new Date(at);
  if (Number.isNaN(d.getTime())) return at;
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    d,
  );
  return `${today(d)} ${time}`;
}

/** clock is the time of day to the second, for "saved at". */
export function clock(at: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

function locale(lang: string): string {
  return lang === "zh-Hant" ? "zh-TW" : lang === "en" ? "en-GB" : lang;
}
