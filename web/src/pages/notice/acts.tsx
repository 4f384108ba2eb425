import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { type ActSpec, Acts } from "../../forms/acts";
import { ObjectButton } from "../../forms/object";
import { word } from "../../i18n";
import type { Notice } from "./index";

const checkOutcomes = ["conforms", "partly", "violates"] as const;

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
    sign: { lead: t("notice.sign_lead"), run: () => take(api.POST("/api/v1/notices/{id}/sign", { params })) },
    plan: {
      lead: notice.plan_due_date ? t("stage.plan_lead", { date: notice.plan_due_date }) : t("stage.plan_lead_free"),
      fields: [
        { name: "measures", label: t("stage.plan_measures"), kind: "text", required: true, max: 8000 },
        { name: "responsible", label: t("stage.responsible"), kind: "line", required: true, max: 500 },
        { name: "finish_by", label: t("stage.finish_by"), kind: "date", required: true },
      ],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/plan", {
            params,
            body: { measures: String(v.measures), responsible: String(v.responsible), finish_by: String(v.finish_by) },
          }),
        ),
    },
    accept_plan: {
      fields: [{ name: "opinion", label: t("stage.opinion"), kind: "text" }],
      run: v => take(api.POST("/api/v1/notices/{id}/accept-plan", { params, body: { opinion: String(v.opinion) || undefined } })),
    },
    return_plan: {
      fields: [reason],
      run: v => take(api.POST("/api/v1/notices/{id}/return-plan", { params, body: { reason: String(v.reason) } })),
    },
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
    check: {
      lead: notice.site_check_wanted ? t("stage.check_wanted") : t("stage.check_lead"),
      fields: [
        {
          name: "outcome",
          label: t("stage.outcome"),
          kind: "choice",
          required: true,
          options: checkOutcomes.map(value => ({ value, label: word("outcome", value) })),
        },
        { name: "note", label: t("stage.seen"), kind: "text", required: true },
        { name: "place", label: t("stage.place"), kind: "line", max: 200 },
        { name: "checked_on", label: t("stage.checked_on"), kind: "date", hint: t("stage.today_if_empty") },
      ],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/check", {
            params,
            body: {
              outcome: v.outcome as (typeof checkOutcomes)[number],
              note: String(v.note),
              place: String(v.place) || undefined,
              checked_on: String(v.checked_on) || undefined,
            },
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
    fail: {
      danger: true,
      lead: t("stage.fail_lead"),
      fields: [
        reason,
        { name: "requirement", label: t("stage.second_requirement"), kind: "text", initial: notice.requirement, max: 8000 },
        { name: "due_date", label: t("stage.second_due"), kind: "date", hint: t("notice.due_hint") },
      ],
      run: v =>
        take(
          api.POST("/api/v1/notices/{id}/fail", {
            params,
            body: {
              reason: String(v.reason),
              requirement: String(v.requirement) || undefined,
              due_date: String(v.due_date) || undefined,
            },
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
  return (
    <>
      {!["voided", "served", "draft"].includes(notice.status) && (
        <ObjectButton subject="notice" id={notice.id} unit={notice.unit_id} until={notice.object_until} />
      )}
      <Acts subject="notice" allowed={notice.allowed_actions} specs={specs} />
    </>
  );
}
