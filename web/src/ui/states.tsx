import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type FieldFault, Problem } from "../api/problem";
import { i18n, word } from "../i18n";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";
import css from "./states.module.css";

/** Empty says why nothing is here and offers the one next act; whole makes it the page, with its heading. */
export function Empty({
  title,
  children,
  act,
  icon = "inbox",
  whole,
}: {
  title: string;
  children?: ReactNode;
  act?: ReactNode;
  icon?: IconName;
  whole?: boolean;
}) {
  const Title = whole ? "h1" : "strong";
  return (
    <div className={css.empty}>
      <Icon name={icon} size={2.5} />
      <Title className={css.title}>{title}</Title>
      {children && <div>{children}</div>}
      {act}
    </div>
  );
}

/** SkeletonRows stands where rows will be; it shows only after 150 ms. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={css.rows} role="status" aria-label={t("ui.loading")}>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className={css.bar} style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Note is a framed remark in the page. */
export function Note({
  tone,
  icon,
  children,
  acts,
}: {
  tone: "red" | "amber" | "blue" | "green";
  icon?: IconName;
  children: ReactNode;
  acts?: ReactNode;
}) {
  return (
    <div className={css.note} data-tone={tone} role={tone === "red" ? "alert" : undefined}>
      <Icon name={icon ?? (tone === "green" ? "check" : tone === "blue" ? "info" : "alert")} />
      <div className={css.body}>
        {children}
        {acts && <div className={css.acts}>{acts}</div>}
      </div>
    </div>
  );
}

/** ErrorNote puts a failure into words: what, which fields, the request's number, and the way on. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : undefined;
  if (problem?.status === 403) return <NoRight problem={problem} />;
  if (problem?.status === 412) return <ConflictNote onReload={onRetry} />;
  return (
    <Note
      tone="red"
      acts={
        onRetry && (
          <Button size="xs" icon="redo" onClick={onRetry}>
            {t("ui.retry")}
          </Button>
        )
      }
    >
      <span>{problem?.message ?? t("ui.offline")}</span>
      {problem && problem.fields.length > 0 && (
        <ul className={css.list}>
          {problem.fields.map(field => (
            <li key={field.location + field.code}>{named(field)}</li>
          ))}
        </ul>
      )}
      {problem?.requestId && <span className={css.small}>{t("ui.request_id", { id: problem.requestId })}</span>}
    </Note>
  );
}

/** named puts the cell of a table, or the name of what is missing, before its message, where the server names no field of the form. */
function named({ location, message }: FieldFault): string {
  const cell = /^line (\d+) column (\w+)$/.exec(location);
  if (cell) return `${i18n.t("ui.cell", { line: cell[1], column: cell[2] })} ${message}`;
  const name = location.replace(/^body\./, "");
  const known = word("need", name);
  return known === name ? message : `${known}: ${message}`;
}

/** ConflictNote says that somebody else was faster; what was typed stays. */
export function ConflictNote({ onReload, children }: { onReload?: () => void; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Note
      tone="amber"
      acts={
        onReload && (
          <Button size="xs" icon="redo" onClick={onReload}>
            {t("ui.load_newest")}
          </Button>
        )
      }
    >
      <span>{t("ui.conflict")}</span>
      {children}
    </Note>
  );
}

/** FaultPage stands where a page could not be read: no such thing, no right, or the failure in words. */
export function FaultPage({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : undefined;
  if (problem?.status === 403) return <NoRight problem={problem} whole />;
  // a number in the address that is none cannot lead anywhere either
  if (problem?.status === 404 || problem?.fields.some(field => field.location.startsWith("path.")))
    return (
      <Empty title={t("shell.not_found")} icon="search" whole>
        <p>{t("shell.not_found_help")}</p>
      </Empty>
    );
  return (
    <>
      <h1 className={css.title}>{t("shell.crash")}</h1>
      <ErrorNote error={error} onRetry={onRetry} />
    </>
  );
}

/** NoRight says what is missing; the page itself exists. Without a problem it is the whole page. */
export function NoRight({ problem, whole = !problem }: { problem?: Problem; whole?: boolean }) {
  const { t } = useTranslation();
  return (
    <Empty title={t("ui.no_right")} icon="lock" whole={whole}>
      <p>{problem?.message ?? t("ui.no_right_ask")}</p>
      {problem?.requestId && <p className={css.small}>{t("ui.request_id", { id: problem.requestId })}</p>}
    </Empty>
  );
}
