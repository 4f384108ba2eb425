import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { type ActSpec, Acts } from "../../forms/acts";
import type { Notice } from "./index";

/** NoticeActs are the acts on a notice; each names the version that it is based on. */
export function NoticeActs({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const params = { path: { id: notice.id }, header: match(notice.version) };
  const reason = { name: "reason", label: t("form.reason"), kind: "text", required: true } as const;
  const specs: Record<string, ActSpec> = {
    serve: {
      lead: t("notice.serve_lead"),
      fields: [
        { name: "workdays", label: t("notice.workdays"), kind: "number", hint: t("notice.workdays_hint"), max: 250 },
        { name: "due_date", label: t("notice.or_due"), kind: "date" },
      ],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/serve", {
            params,
            body: { workdays: Number(v.workdays) || undefined, due_date: String(v.due_date) || undefined },
          }),
        ),
    },
    sign: { run: () => take(api.POST("/api/v1/notices/{id}/sign", { params })) },
    reply: {
      lead: t("notice.reply_lead"),
      fields: [
        { name: "measures", label: t("reply.measures"), kind: "text", required: true, max: 20_000 },
        { name: "result", label: t("reply.result"), kind: "text", max: 20_000 },
      ],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/reply", {
            params,
            body: { measures: String(v.measures), result: String(v.result) || undefined },
          }),
        ),
    },
    close: {
      lead: t("notice.close_lead"),
      fields: [{ name: "verdict", label: t("reply.verdict"), kind: "text" }],
      run: v => take(api.POST("/api/v1/notices/{id}/close", { params, body: { verdict: String(v.verdict) || undefined } })),
    },
    send_back: {
      fields: [reason, { name: "due_date", label: t("notice.new_due"), kind: "date" }],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/send-back", {
            params,
            body: { reason: String(v.reason), due_date: String(v.due_date) || undefined },
          }),
        ),
    },
    urge: {
      fields: [
        { name: "content", label: t("urge.content"), kind: "text", required: true },
        { name: "workdays", label: t("urge.workdays"), kind: "number", max: 60 },
      ],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/urge", {
            params,
            body: { content: String(v.content), workdays: Number(v.workdays) || undefined },
          }),
        ),
    },
    reopen: {
      fields: [reason, { name: "due_date", label: t("notice.new_due"), kind: "date", required: true }],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/reopen", { params, body: { reason: String(v.reason), due_date: String(v.due_date) } }),
        ),
    },
    void: {
      danger: true,
      lead: t("notice.void_lead"),
      fields: [reason],
      run: v => take(api.POST("/api/v1/notices/{id}/void", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject="notice" allowed={notice.allowed_actions} specs={specs} />;
}
