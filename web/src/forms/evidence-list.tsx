import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { useAct } from "../api/query";
import { fileForm, upload } from "../api/upload";
import { instant } from "../lib/dates";
import { size } from "../lib/numbers";
import { fileAddress } from "../lib/path";
import { TextButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Muted } from "../ui/layout";
import { Tag } from "../ui/light";
import { ErrorNote } from "../ui/states";
import { More } from "../ui/table";
import css from "./evidence.module.css";

type Evidence = Schemas["Evidence"];
type Subject = Evidence["subject"];

/**
 * EvidenceList shows the files and links that were given for an object: the newest version of each, what it proves, how long it
 * holds, and whether the same bytes serve another matter. The mark is the start of the file's hash.
 */
export function EvidenceList({ subject, id, adds, empty }: { subject: Subject; id: string; adds?: boolean; empty?: string }) {
  const { t } = useTranslation();
  const [older, setOlder] = useState(false);
  const list = usePages(["evidence", subject, id], (after, signal) =>
    take(api.GET("/api/v1/evidence", { signal, params: { query: { after, subject, subject_id: id } } })),
  );
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.items.length === 0) return empty && list.isSuccess ? <Muted>{empty}</Muted> : null;
  const shown = list.items.filter(item => older || !item.superseded_by_id);
  const hidden = list.items.length - list.items.filter(item => !item.superseded_by_id).length;
  return (
    <>
      <ul className={css.list} aria-label={t("reply.evidence")}>
        {shown.map(item => (
          <One key={item.id} item={item} adds={adds} />
        ))}
      </ul>
      {hidden > 0 && (
        <TextButton onClick={() => setOlder(!older)}>
          {older ? t("evidence.hide_older") : t("evidence.show_older", { count: hidden })}
        </TextButton>
      )}
      {list.hasNextPage && (
        <More shown={list.items.length} next busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      )}
    </>
  );
}

function One({ item, adds }: { item: Evidence; adds?: boolean }) {
  const { t } = useTranslation();
  const other = item.reused.some(use => use.other_year);
  return (
    <li>
      <Icon name={item.url ? "link" : "file"} />
      <a
        href={item.url ?? fileAddress(`/api/v1/evidence/${item.id}/file`)}
        target={item.url ? "_blank" : undefined}
        rel="noreferrer"
      >
        {item.name}
      </a>
      {item.kind && <Tag>{item.kind}</Tag>}
      {item.revision > 1 && <Tag tone="blue">{t("evidence.revision", { n: item.revision })}</Tag>}
      {item.superseded_by_id && <Tag>{t("evidence.superseded")}</Tag>}
      {item.expires_on && (
        <Tag tone={item.expired ? "red" : "plain"}>
          {t(item.expired ? "evidence.expired" : "evidence.holds", { date: item.expires_on })}
        </Tag>
      )}
      {item.reused.length > 0 && (
        <Tag tone="amber">{t(other ? "evidence.reused_year" : "evidence.reused", { count: item.reused.length })}</Tag>
      )}
      <span>{item.url ? "" : size(item.size)}</span>
      <span>{instant(item.created_at)}</span>
      {item.sha256 && <code title={item.sha256}>{item.sha256.slice(0, 8)}</code>}
      {adds && !item.superseded_by_id && !item.url && <Newer item={item} />}
    </li>
  );
}

/** Newer uploads a file that replaces this one; kind and expiry go on. */
function Newer({ item }: { item: Evidence }) {
  const { t } = useTranslation();
  const replace = useAct<File>({
    send: file => {
      const query = new URLSearchParams({
        subject: item.subject,
        subject_id: item.subject_id,
        supersedes_id: item.id,
        kind: item.kind ?? "",
      });
      return upload<Evidence>(`/api/v1/evidence?${query}`, fileForm(file), () => undefined).done;
    },
    done: t("evidence.replaced"),
  });
  return (
    <label className={css.newer}>
      {t("evidence.newer")}
      <input
        type="file"
        className="hidden"
        disabled={replace.isPending}
        onChange={event => {
          const file = event.target.files?.[0];
          if (file) replace.mutate(file);
          event.target.value = "";
        }}
      />
    </label>
  );
}
