import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, match, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { bodyOf, type Draft, type Report } from "./draft";

/** How long a writer rests before the text goes to the server. */
const rest = 2000;

/** useServerDraft keeps a report on the server as a draft: made at the first save, then changed whenever the writer rests. */
export function useServerDraft({
  duty,
  kind,
  report,
  value,
}: {
  duty: Duty;
  kind: Report["kind"];
  report?: Report;
  value: Draft;
}) {
  const client = useQueryClient();
  const [saved, setSaved] = useState(report);
  const [savedAt, setSavedAt] = useState<Date>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const running = useRef<Promise<Report>>(undefined);
  const latest = useRef({ saved, value });
  latest.current = { saved, value };
  const sent = useRef(JSON.stringify(value));

  async function put(): Promise<Report> {
    const { saved: old, value: now } = latest.current;
    const text = JSON.stringify(now);
    const body = bodyOf(kind, now);
    if (old && text === sent.current) return old;
    const made = old
      ? await take(api.PUT("/api/v1/reports/{id}", { params: { path: { id: old.id }, header: match(old.version) }, body }))
      : await take(api.POST("/api/v1/duties/{id}/reports", { params: { path: { id: duty.id } }, body }));
    sent.current = text;
    latest.current.saved = made;
    setSaved(made);
    setSavedAt(new Date());
    void client.invalidateQueries({ queryKey: ["reports", duty.id] });
    void client.invalidateQueries({ queryKey: ["due-reports", duty.id] });
    return made;
  }

  /** save sends what was typed; two saves never run at once. */
  async function save(): Promise<Report> {
    if (running.current) await running.current.catch(() => undefined);
    setBusy(true);
    running.current = put();
    try {
      const made = await running.current;
      setError(undefined);
      return made;
    } catch (failed) {
      setError(failed);
      throw failed;
    } finally {
      running.current = undefined;
      setBusy(false);
    }
  }
  const again = useRef(save);
  again.current = save;
  const text = JSON.stringify(value);
  useEffect(() => {
    if (!latest.current.saved || text === sent.current) return;
    const timer = setTimeout(() => again.current().catch(() => undefined), rest);
    return () => clearTimeout(timer);
  }, [text]);
  return { saved, savedAt, busy, error, save };
}
