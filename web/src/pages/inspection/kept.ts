import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { said } from "../../api/query";
import { useMe } from "../../api/session";
import { keepDraft, readDraft } from "../../lib/draft";

export type Check = Schemas["SiteItem"];

/** Entry is what somebody found on the spot and the server has not taken yet; it is kept on this device until it has. */
export interface Entry {
  unit_id: string;
  item: number;
  outcome: Check["outcome"];
  note: string;
  /** Version of the check that it is based on; 0 if there was none. */
  version: number;
  checked_at: string;
  /** A note that is still being written is kept, and not sent. */
  writing?: boolean;
  /** What somebody else wrote meanwhile: the reader chooses. */
  theirs?: Check;
  /** Why the server refused it. */
  fault?: string;
}

type Entries = Record<string, Entry>;

/** The server takes so many at once. */
const most = 200;

export const placeOf = (of: { unit_id: string; item: number }) => `${of.unit_id} ${of.item}`;

/**
 * useKept records checks of an inspection: each is kept on the device first and sent then, at once or when the network is back,
 * in one request with a result for each. What the server has taken is forgotten here.
 */
export function useKept(inspection: string, offline: string) {
  const name = `site.${useMe().user.id}.${inspection}`;
  const client = useQueryClient();
  const [entries, show] = useState<Entries>(() => readDraft<Entries>(name)?.value ?? {});
  const now = useRef(entries);
  const sending = useRef(false);
  const put = (next: Entries) => {
    now.current = next;
    keepDraft(name, Object.keys(next).length > 0 ? next : undefined);
    show(next);
  };
  const settle = (sent: Entry, change: Partial<Entry> | undefined) => {
    const place = placeOf(sent);
    if (now.current[place] !== sent) return; // it was written anew meanwhile, and goes with the next request
    const { [place]: _, ...rest } = now.current;
    put(change ? { ...rest, [place]: { ...sent, ...change } } : rest);
  };
  async function send() {
    const ready = Object.values(now.current)
      .filter(entry => !entry.writing && !entry.theirs && !entry.fault)
      .slice(0, most);
    if (sending.current || ready.length === 0 || !navigator.onLine) return;
    sending.current = true;
    try {
      const items = ready.map(({ writing: _w, theirs: _t, fault: _f, ...entry }) => ({
        ...entry,
        note: entry.note || undefined,
      }));
      const saved = await take(
        api.POST("/api/v1/inspections/{id}/checks", { params: { path: { id: inspection } }, body: { items } }),
      );
      ready.forEach((entry, i) => {
        const result = saved.items[i];
        settle(entry, result?.result === "conflict" ? { theirs: result.check } : undefined);
      });
      await client.invalidateQueries({ queryKey: ["inspection", inspection] });
    } catch (error) {
      if (error instanceof Problem) for (const entry of ready) settle(entry, { fault: said(error, offline) });
    } finally {
      sending.current = false;
    }
  }
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const back = () => void latest.current();
    back();
    addEventListener("online", back);
    return () => removeEventListener("online", back);
  }, []);
  return {
    entries,
    /** keep puts an entry onto the device, and sends it unless it is still being written. */
    keep: (entry: Entry) => {
      put({ ...now.current, [placeOf(entry)]: entry });
      if (!entry.writing) void send();
    },
    drop: (entry: Entry) => settle(entry, undefined),
    send,
  };
}
