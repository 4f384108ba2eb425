import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { Problem } from "../api/problem";
import { useAct } from "../api/query";
import { fileForm, upload } from "../api/upload";
import { newKey } from "../lib/polyfill";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { FileDrop, type Upload } from "../ui/file-drop";
import { Muted, Row } from "../ui/layout";
import { ActForm } from "./act-dialog";
import type { Values } from "./act-form";
import { DateField } from "./date-field";
import css from "./evidence.module.css";

type Subject = Schemas["Evidence"]["subject"];

export { EvidenceList } from "./evidence-list";

/** EvidenceDrop uploads files for an object that is there already; each shows how far it has come, a failed one retries alone. */
export function EvidenceDrop({ subject, id, kinds = [] }: { subject: Subject; id: string; kinds?: string[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState("");
  const [expires, setExpires] = useState("");
  const [linking, setLinking] = useState(false);
  const link = useAct<Values>({
    quiet: true,
    send: v =>
      take(
        api.POST("/api/v1/evidence/links", {
          body: {
            subject,
            subject_id: id,
            name: String(v.name),
            url: String(v.url),
            kind: kind.trim() || undefined,
            expires_on: expires || undefined,
          },
        }),
      ),
    done: t("evidence.linked"),
  });
  const [uploads, setUploads] = useState<(Upload & { file: File })[]>([]);
  const set = (key: string, part: Partial<Upload>) =>
    setUploads(old => old.map(one => (one.key === key ? { ...one, ...part } : one)));
  function send(key: string, file: File) {
    set(key, { state: "sending", done: 0, note: undefined });
    const query = new URLSearchParams({ subject, subject_id: id });
    if (kind.trim()) query.set("kind", kind.trim());
    if (expires) query.set("expires_on", expires);
    const { done } = upload<Schemas["Evidence"]>(`/api/v1/evidence?${query}`, fileForm(file), share => set(key, { done: share }));
    done.then(
      made => {
        set(key, { state: "sent", done: 1, note: made.sha256.slice(0, 8) });
        void client.invalidateQueries({ queryKey: ["evidence", subject, id] });
        void client.invalidateQueries({ queryKey: ["duty"] }); // what its contract lacks
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
    <div id="evidence-add" className={css.add}>
      <div className={css.about}>
        <TextField label={t("evidence.kind")} hint={t("evidence.kind_hint")} value={kind} onChange={setKind} max={100} />
        <DateField label={t("evidence.expires_on")} value={expires} onChange={setExpires} />
        <Button size="xs" icon="link" onClick={() => setLinking(true)}>
          {t("evidence.add_link")}
        </Button>
      </div>
      {kinds.length > 0 && (
        <Row wrap gap={0.375}>
          <Muted>{t("evidence.kinds_asked")}</Muted>
          {kinds.map(one => (
            <Button key={one} size="xs" onClick={() => setKind(one)}>
              {one}
            </Button>
          ))}
        </Row>
      )}
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
      {linking && (
        <ActForm
          title={t("evidence.add_link")}
          act={t("evidence.add_link")}
          lead={t("evidence.link_lead")}
          fields={[
            { name: "name", label: t("evidence.link_name"), kind: "line", required: true, max: 200 },
            { name: "url", label: t("evidence.link_url"), kind: "line", required: true, max: 2000 },
          ]}
          onSend={v => link.mutateAsync(v)}
          onClose={() => setLinking(false)}
        />
      )}
    </div>
  );
}
