import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
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

interface Result {
  id: string;
  ok: boolean;
  note?: string;
}

/** BulkRun does one act on many objects, one after another: progress with count, cancel, a result for each, the failed again. */
export function BulkRun<R extends Row>({
  title,
  rows,
  skipped,
  ask,
  initial = "",
  run,
  onClose,
}: {
  title: string;
  rows: R[];
  skipped: number;
  /** A text that all get; asked for first. */
  ask?: string;
  /** What that text says at first. */
  initial?: string;
  run: (row: R, text: string) => Promise<unknown>;
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
    for (const row of list) {
      if (stopped.current) break;
      const result = await run(row, text).then(
        () => ({ id: row.id, ok: true }),
        error => ({ id: row.id, ok: false, note: said(error, t("ui.offline")) }),
      );
      setResults(old => [...old.filter(one => one.id !== row.id), result]);
    }
    setState("done");
    void client.invalidateQueries();
  }
  const empty = Boolean(ask) && !text.trim();
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
