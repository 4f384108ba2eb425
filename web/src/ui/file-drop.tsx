import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { size } from "../lib/numbers";
import { smaller } from "../lib/smaller";
import { Button, IconButton } from "./button";
import css from "./file-drop.module.css";
import { Icon } from "./icon";

/** Upload is one file on its way: done is the share sent, 0 to 1. */
export interface Upload {
  key: string;
  name: string;
  bytes: number;
  done: number;
  state: "sending" | "sent" | "failed";
  note?: string;
}

/** FileDrop takes files by button, drop, paste or the phone's camera, and shows how far each has come; a failed one retries alone. */
export function FileDrop({
  uploads,
  onFiles,
  onRetry,
  onRemove,
  accept,
  hint,
  label,
  camera,
  single,
}: {
  uploads: Upload[];
  onFiles: (files: File[]) => void;
  onRetry?: (key: string) => void;
  onRemove?: (key: string) => void;
  accept?: string;
  hint?: ReactNode;
  label: string;
  camera?: boolean;
  single?: boolean;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const lens = useRef<HTMLInputElement>(null);
  const take = (list: FileList | File[] | null | undefined) => {
    const files = Array.from(list ?? []);
    if (files.length) onFiles(single ? files.slice(0, 1) : files);
  };
  const input = (ref: typeof picker, capture: boolean) => (
    <input
      ref={ref}
      type="file"
      hidden
      multiple={!single}
      accept={capture ? "image/*" : accept}
      capture={capture ? "environment" : undefined}
      onChange={event => {
        const files = Array.from(event.currentTarget.files ?? []);
        event.currentTarget.value = "";
        // A photograph from the camera is scaled down; who wants the original sent picks it as a file.
        if (capture) void Promise.all(files.map(smaller)).then(take);
        else take(files);
      }}
    />
  );
  return (
    <div>
      <section
        aria-labelledby={id}
        className={css.drop}
        data-over={over || undefined}
        onDragOver={event => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
        onPaste={event => take(event.clipboardData.files)}
      >
        <Icon name="upload" size={1.5} />
        <span id={id}>{label}</span>
        <div className={css.acts}>
          <Button size="xs" icon="file" onClick={() => picker.current?.click()}>
            {t("ui.file.pick")}
          </Button>
          {camera && (
            <Button size="xs" icon="camera" onClick={() => lens.current?.click()}>
              {t("ui.file.photo")}
            </Button>
          )}
        </div>
        {hint && <span>{hint}</span>}
        {input(picker, false)}
        {camera && input(lens, true)}
      </section>
      {uploads.length > 0 && (
        <ul className={css.list}>
          {uploads.map(upload => (
            <li key={upload.key} className={css.file}>
              <Icon name={upload.state === "failed" ? "alert" : upload.state === "sent" ? "check" : "file"} />
              <span className={css.name} title={upload.name}>
                {upload.name}
              </span>
              <span>
                {upload.state === "failed" && onRetry && (
                  <IconButton name="redo" label={t("ui.retry")} onClick={() => onRetry(upload.key)} />
                )}
                {onRemove && (
                  <IconButton
                    name="close"
                    label={t("ui.file.remove", { name: upload.name })}
                    onClick={() => onRemove(upload.key)}
                  />
                )}
              </span>
              <span className={css.meta} data-error={upload.state === "failed" || undefined}>
                {size(upload.bytes)}{" "}
                {upload.note ?? (upload.state === "sending" ? t("ui.file.sending", { n: Math.round(upload.done * 100) }) : "")}
              </span>
              {upload.state === "sending" && (
                <span
                  className={css.bar}
                  role="progressbar"
                  aria-label={upload.name}
                  aria-valuenow={Math.round(upload.done * 100)}
                  aria-valuemin={0}
                  aria-valuemax={100}
                >
                  <span style={{ width: `${upload.done * 100}%` }} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
