import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { Problem } from "../api/problem";
import { fileForm, upload } from "../api/upload";
import { instant } from "../lib/dates";
import { size } from "../lib/numbers";
import { fileAddress } from "../lib/path";
import { newKey } from "../lib/polyfill";
import { FileDrop, type Upload } from "../ui/file-drop";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/states";
import css from "./evidence.module.css";

type Subject = Schemas["Evidence"]["subject"];

/** EvidenceList shows the files and links that were given for an object; the mark is the start of the file's hash. */
export function EvidenceList({ subject, id }: { subject: Subject; id: string }) {
  const { t } = useTranslation();
  const list = usePages(["evidence", subject, id], (after, signal) =>
    take(api.GET("/api/v1/evidence", { signal, params: { query: { after, subject, subject_id: id } } })),
  );
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0) return null;
  return (
    <ul className={css.list} aria-label={t("reply.evidence")}>
      {list.items.map(item => (
        <li key={item.id}>
          <Icon name={item.url ? "link" : "file"} />
          <a
            href={item.url ?? fileAddress(`/api/v1/evidence/${item.id}/file`)}
            target={item.url ? "_blank" : undefined}
            rel="noreferrer"
          >
            {item.name}
          </a>
          <span>{item.url ? "" : size(item.size)}</span>
          <span>{instant(item.created_at)}</span>
          {item.sha256 && <code title={item.sha256}>{item.sha256.slice(0, 8)}</code>}
        </li>
      ))}
    </ul>
  );
}

/** EvidenceDrop uploads files for an object that is there already; each shows how far it has come, a failed one retries alone. */
export function EvidenceDrop({ subject, id }: { subject: Subject; id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [uploads, setUploads] = useState<(Upload & { file: File })[]>([]);
  const set = (key: string, part: Partial<Upload>) =>
    setUploads(old => old.map(one => (one.key === key ? { ...one, ...part } : one)));
  function send(key: string, file: File) {
    set(key, { state: "sending", done: 0, note: undefined });
    const query = new URLSearchParams({ subject, subject_id: id });
    const { done } = upload<Schemas["Evidence"]>(`/api/v1/evidence?${query}`, fileForm(file), share => set(key, { done: share }));
    done.then(
      made => {
        set(key, { state: "sent", done: 1, note: made.sha256.slice(0, 8) });
        void client.invalidateQueries({ queryKey: ["evidence", subject, id] });
      },
      error => set(key, { state: "failed", note: error instanceof Problem ? error.message : t("ui.offline") }),
    );
  }
  function add(files: File[]) {
    const fresh = files.map(file => ({
      key: newKey(),
      name: file.name,
      bytes: file.size,
      done: 0,
      state: "sending" as const,
      file,
    }));
    setUploads(old => [...old, ...fresh]);
    for (const one of fresh) setTimeout(() => send(one.key, one.file));
  }
  return (
    <FileDrop
      label={t("evidence.drop")}
      hint={t("evidence.hint")}
      camera
      uploads={uploads}
      onFiles={add}
      onRetry={key => {
        const one = uploads.find(other => other.key === key);
        if (one) send(key, one.file);
      }}
      onRemove={key => setUploads(old => old.filter(one => one.key !== key))}
    />
  );
}
