import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { fileForm, upload } from "../../api/upload";
import { stringifySearch } from "../../app/url";
import { paths } from "../../lib/path";
import { newKey } from "../../lib/polyfill";
import { Button } from "../../ui/button";
import { NumberField, TextArea, TextField } from "../../ui/field";
import { FileDrop, type Upload } from "../../ui/file-drop";
import { Grid, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { ErrorNote, Note } from "../../ui/states";
import { Segments } from "../../ui/tabs";

type Imported = Schemas["ImportedPlan"];

/** ImportPlan reads a document, or text that is pasted, into a draft; it may be stopped. With compareWith the new draft is shown beside an older plan. */
export function ImportPlan({ compareWith, onClose }: { compareWith?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [from, setFrom] = useState<"file" | "text">("file");
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<Upload>();
  const [text, setText] = useState("");
  const [title, setTitle] = useState("");
  const [year, setYear] = useState<number | "">("");
  const [stop, setStop] = useState<() => void>();
  const send = useAct<void, Imported>({
    quiet: true,
    send: () => {
      if (from === "text") {
        const halt = new AbortController();
        setStop(() => () => halt.abort());
        const body = { text, title: title || undefined, year: year || undefined };
        return take(api.POST("/api/v1/plans", { body, signal: halt.signal }));
      }
      if (!file) return Promise.reject(new Error("no file"));
      const fields: Record<string, string> = {};
      if (title) fields.title = title;
      if (year) fields.year = String(year);
      const shown = { key: newKey(), name: file.name, bytes: file.size };
      const sending = upload<Imported>("/api/v1/plans/import", fileForm(file, fields), done =>
        setSent({ ...shown, done, state: done < 1 ? "sending" : "sent", note: done < 1 ? undefined : t("plan.reading") }),
      );
      setStop(() => sending.abort);
      return sending.done;
    },
    done: made => t("plan.imported", { tasks: made.tasks, questions: made.questions, unplaced: made.unplaced }),
    after: made => {
      const beside = compareWith ? stringifySearch({ tab: "compare", with: compareWith }) : "";
      void navigate({ href: paths.plan(made.plan.id) + beside });
      onClose();
    },
  });
  const ready = from === "file" ? file !== undefined : text.trim() !== "";
  const uploads: Upload[] = file
    ? [sent ?? { key: "picked", name: file.name, bytes: file.size, done: 0, state: "sent", note: "" }]
    : [];
  return (
    <Modal
      wide
      open
      title={t("plan.import")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={send.isPending ? () => stop?.() : onClose}>{send.isPending ? t("bulk.stop") : t("ui.cancel")}</Button>
          <Button kind="primary" busy={send.isPending} disabled={!ready} onClick={() => send.mutate()}>
            {t("plan.read")}
          </Button>
        </>
      }
    >
      <Stack gap={1}>
        <Segments
          label={t("plan.from")}
          value={from}
          onChange={setFrom}
          options={(["file", "text"] as const).map(value => ({ value, label: t(`plan.from.${value}`) }))}
        />
        {send.isError && (stopped(send.error) ? <Note tone="blue">{t("plan.stopped")}</Note> : <ErrorNote error={send.error} />)}
        {send.isPending && <p role="status">{t("plan.reading")}</p>}
        {from === "file" ? (
          <FileDrop
            single
            label={t("plan.drop")}
            hint={t("plan.drop_hint")}
            accept=".docx,.xlsx,.txt,.md"
            uploads={uploads}
            onFiles={files => {
              setFile(files[0]);
              setSent(undefined);
            }}
            onRemove={() => setFile(undefined)}
          />
        ) : (
          <TextArea label={t("plan.text")} required rows={10} value={text} onChange={setText} />
        )}
        <Grid min={14}>
          <TextField label={t("plan.title")} hint={t("plan.from_document")} value={title} onChange={setTitle} max={300} />
          <NumberField
            label={t("plan.year")}
            hint={t("plan.from_document")}
            value={year}
            onChange={setYear}
            min={1949}
            max={2200}
            step={1}
          />
        </Grid>
      </Stack>
    </Modal>
  );
}

/** stopped reports whether the reader has stopped it. */
const stopped = (error: unknown) => error instanceof DOMException && error.name === "AbortError";
