import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { said } from "../../api/query";
import { useMe } from "../../api/session";
import { keepDraft, readDraft } from "../../lib/draft";
import { newKey } from "../../lib/polyfill";

/** Written is a finding that the server has not taken yet; it is kept on this device until it has. */
export interface Written {
  /** Key of the request: however often it is sent, the finding is recorded once. */
  key: string;
  body: Schemas["RecordFindingInput"];
  written_at: string;
  /** Why the server refused it. */
  fault?: string;
}

export type KeptFindings = ReturnType<typeof useKeptFindings>;

/**
 * useKeptFindings records findings of an inspection: each is kept on the device first and sent then, at once or when the network is
 * back. What the server has taken is forgotten here; what it refuses while the writer is there goes back to his form.
 */
export function useKeptFindings(inspection: string, offline: string) {
  const name = `findings.${useMe().user.id}.${inspection}`;
  const client = useQueryClient();
  const [list, show] = useState<Written[]>(() => readDraft<Written[]>(name)?.value ?? []);
  const now = useRef(list);
  const sending = useRef(false);
  const put = (next: Written[]) => {
    now.current = next;
    keepDraft(name, next.length > 0 ? next : undefined);
    show(next);
  };
  const drop = (key: string) => put(now.current.filter(one => one.key !== key));
  const fail = (key: string, fault: string) => put(now.current.map(one => (one.key === key ? { ...one, fault } : one)));

  async function post(one: Written) {
    await take(
      api.POST("/api/v1/inspections/{id}/findings", {
        params: { path: { id: inspection }, header: { "Idempotency-Key": one.key } },
        body: one.body,
      }),
    );
    drop(one.key);
    void client.invalidateQueries();
  }

  /** send sends what waits, the oldest first; it stops where the network does. */
  async function send(again = false) {
    if (sending.current || !navigator.onLine) return;
    sending.current = true;
    try {
      for (const one of now.current.filter(waiting => again || !waiting.fault)) {
        await post(one).catch(error => {
          if (!(error instanceof Problem)) throw error;
          fail(one.key, said(error, offline));
        });
      }
    } catch {
      // no network: what is left waits for it
    } finally {
      sending.current = false;
    }
  }

  /** record keeps a finding and sends it; it tells whether the server has it, and throws what the server refuses. */
  async function record(body: Written["body"]): Promise<"sent" | "kept"> {
    const one: Written = { key: newKey(), body, written_at: new Date().toISOString() };
    put([...now.current, one]);
    if (!navigator.onLine) return "kept";
    try {
      await post(one);
      return "sent";
    } catch (error) {
      if (!(error instanceof Problem)) return "kept";
      drop(one.key);
      throw error;
    }
  }

  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    void import("../../forms/act-form").catch(() => undefined); // the form has to open without a network too
    const back = () => void latest.current();
    back();
    addEventListener("online", back);
    return () => removeEventListener("online", back);
  }, []);
  return { list, record, send, drop };
}
