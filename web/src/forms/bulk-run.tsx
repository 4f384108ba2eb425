import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../api/query";
import { Button } from "../ui/button";
import { TextArea } from "../ui/field";
import { Icon } from "../ui/icon";
import { Stack } from "../ui/layout";
import { Modal } from "../ui/modal";
import css from "./bulk-run.module.css";

interface Row {
  id: string;
  label: string;
}

/** Result is what became of one row. */
export interface Result {
  id: string;
  ok: boolean;
  note?: string;
}

/** So many rows go in one call: enough to be quick, few enough to be stopped. */
const partSize = 20;

/** BulkRun does one act on many objects, one after another: progress with count, cancel, a result for each, the failed again. */
export function BulkRun<R extends Row>({
  title,
  rows,
  skipped,
  ask,
  initial = "",
  run,
  batch,
  extra,
  onClose,
}: {
  title: string;
  rows: R[];
  skipped: number;
  /** A text that all get; asked for first. */
  ask?: string;
  /** What that text says at first. */
  initial?: string;
  run?: (row: R, text: string) => Promise<unknown>;
  /** Or: does a part of the rows in one call, with a result for each; cancelling stops before the next part. */
  batch?: (rows: R[], text: string) => Promise<Result[]>;
  /** Fields besides the text, and whether something is missing in them. */
  extra?: { fields: ReactNode; missing: boolean };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState(initial);
  const [results, setResults] = useState<Result[]>([]);
  const [state, setState] = useState<"ready" | "running" | "done">("ready");
  const stopped = useRef(false);
  const done = results.length;
  const failed = results.filter(result => !result.ok);

  async function go(list: R[]) {
    stopped.current = false;
    setState("running");
    const failedAll = (part: R[]) => (error: unknown) =>
      part.map((row): Result => ({ id: row.id, ok: false, note: said(error, t("ui.offline")) }));
    const size = batch ? partSize : 1;
    for (let i = 0; i < list.length && !stopped.current; i += size) {
      const part = list.slice(i, i + size);
      const sent = batch
        ? batch(part, text)
        : Promise.all(part.map(row => run?.(row, text))).then(() => part.map(row => ({ id: row.id, ok: true })));
      const came = await sent.catch(failedAll(part));
      setResults(old => [...old.filter(one => !came.some(row => row.id === one.id)), ...came]);
    }
    setState("done");
    void client.invalidateQueries();
  }
  const empty = (Boolean(ask) && !text.trim()) || extra?.missing === true;
  return (
    <Modal
      title={title}
      open
      onClose={() => {
        stopped.current = true;
        onClose();
      }}
      foot={
        <>
          {state === "ready" && <Button onClick={onClose}>{t("ui.cancel")}</Button>}
          {state === "ready" && (
            <Button kind="primary" disabled={empty} onClick={() => void go(rows)}>
              {t("bulk.go", { act: title, count: rows.length })}
            </Button>
          )}
          {state === "running" && (
            <Button
              onClick={() => {
                stopped.current = true;
              }}
            >
              {t("bulk.stop")}
            </Button>
          )}
          {state === "done" && failed.length > 0 && (
            <Button onClick={() => void go(rows.filter(row => failed.some(one => one.id === row.id)))}>
              {t("bulk.again", { count: failed.length })}
            </Button>
          )}
          {state === "done" && (
            <Button kind="primary" onClick={onClose}>
              {t("ui.close")}
            </Button>
          )}
        </>
      }
    >
      <Stack>
        {ask && state === "ready" && <TextArea label={ask} required autoFocus value={text} onChange={setText} max={4000} />}
        {state === "ready" && extra?.fields}
        {skipped > 0 && <p>{t("bulk.skipped", { count: skipped })}</p>}
        {state !== "ready" && (
          <>
            <progress className={css.bar} value={done} max={rows.length} aria-label={title} />
            <p role="status">{t("bulk.progress", { done, all: rows.length, failed: failed.length })}</p>
          </>
        )}
        <ul className={css.list}>
          {rows.map(row => {
            const result = results.find(one => one.id === row.id);
            return (
              <li key={row.id} data-failed={result?.ok === false || undefined}>
                {result ? <Icon name={result.ok ? "check" : "alert"} /> : <span className={css.wait} />}
                <span>
                  {row.label}
                  {result?.note && <small>{result.note}</small>}
                </span>
              </li>
            );
          })}
        </ul>
      </Stack>
    </Modal>
  );
}
