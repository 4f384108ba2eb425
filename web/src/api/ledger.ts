import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { serverLanguage } from "../i18n";
import { api, headers, refused, type Schemas, take } from "./client";
import { usePages } from "./pages";
import { useOne } from "./read";

export type LedgerDuty = Schemas["LedgerRow"];
export type Facets = Schemas["LedgerFacets"];
export type Summary = Schemas["LedgerSummary"];
export type View = Schemas["SavedView"];
export type Change = NonNullable<LedgerDuty["was"]>["change"];

/** Clock is which due date counts: the one in force, or the one of the issue, whatever was granted since. */
export type Clock = "current" | "original";

/** dueOn is the due date of a duty by a clock. */
export const dueOn = (duty: Pick<LedgerDuty, "due_date" | "original_due_date">, clock: Clock) =>
  clock === "original" ? duty.original_due_date : duty.due_date;

/** Question is what the ledger is asked: a text in the query language, the day it is looked at, the day it is compared with. */
export interface Question {
  q?: string;
  as_of?: string;
  since?: string;
  sort?: "due" | "original_due";
}

/** The first page is small, so that it is seen at once; the others are few. */
const [firstPage, nextPage] = [200, 1000];

/** useLedger lists what fits a question, the earliest due first, with the acts that are open to the reader. */
export function useLedger(question: Question, enabled = true) {
  return usePages(
    ["ledger", question],
    (after, signal) => {
      const query = { ...question, after, limit: after ? nextPage : firstPage, brief: true };
      return take(api.GET("/api/v1/ledger", { signal, params: { query } }));
    },
    enabled,
  );
}

/** useFacets counts what fits a question, and says the question in the reader's words. */
export function useFacets(question: Question, enabled = true) {
  return useQuery({
    queryKey: ["ledger-facets", question, serverLanguage()],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => take(api.GET("/api/v1/ledger/facets", { signal, params: { query: question } })),
  });
}

/** useSummary is what a plan comes to: one answer for the cockpit, asked again after some minutes and after one's own acts, not at every piece of news. */
export function useSummary(question: Pick<Question, "q" | "as_of">, enabled = true) {
  return useQuery({
    queryKey: ["ledger-summary", question],
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: 5 * 60_000,
    queryFn: ({ signal }) => take(api.GET("/api/v1/ledger/summary", { signal, params: { query: question } })),
  });
}

/** useChanges counts what became of the ledger since a day and lists what no longer fits. */
export function useChanges(question: Question) {
  return useOne(
    ["ledger-changes", question],
    signal => take(api.GET("/api/v1/ledger/changes", { signal, params: { query: question } })),
    Boolean(question.since),
  );
}

/** useLanguage is the words of the query language in the reader's language. */
export function useLanguage(language: string) {
  return useQuery({
    queryKey: ["ledger-language", language],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => take(api.GET("/api/v1/ledger/language", { signal })),
  });
}

/** useViews is the saved views that the reader sees. */
export function useViews() {
  return usePages<View>(["views"], (after, signal) =>
    take(api.GET("/api/v1/views", { signal, params: { query: { after, limit: 200 } } })),
  );
}

/** bulkAct does one act on up to a hundred duties and gives a result for each. */
export function bulkAct(body: Schemas["BulkDutiesInput"]) {
  return take(api.POST("/api/v1/ledger/acts", { body }));
}

/** Sending is how far a file has come: its rows, known with the first byte, and the bytes that are here. */
export interface Sending {
  rows: number;
  bytes: number;
}

/** saveLedger fetches the ledger as a file and hands it to the browser; the answer is the number of its rows. Told how far it is, it may be stopped. */
export async function saveLedger(
  body: Schemas["ExportLedgerInput"],
  signal: AbortSignal,
  onSending: (sending: Sending) => void,
): Promise<number> {
  const path = "/api/v1/ledger/exports";
  const answer = await fetch(path, {
    method: "POST",
    headers: { ...headers("POST"), "Content-Type": "application/json", Accept: "*/*" },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw refused(answer.status, await answer.text(), path);
  const rows = Number(answer.headers.get("X-Row-Count") ?? 0);
  const parts: BlobPart[] = [];
  const reader = answer.body?.getReader();
  for (let bytes = 0; reader; ) {
    onSending({ rows, bytes });
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
  }
  const name = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: answer.headers.get("Content-Type") ?? "" }));
  link.download = name ? decodeURIComponent(name) : `ledger.${body.format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return rows;
}
