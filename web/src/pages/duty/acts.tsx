import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { onTop } from "../../api/query";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { type Unit, units } from "../../api/units";
import type { FieldSpec } from "../../forms/act-form";
import { type ActSpec, Acts, type Allowed } from "../../forms/acts";
import { Instruct } from "../../forms/instructions";
import { splitBody, splitFields } from "../../forms/share-card";
import { urgeOnItsWay } from "../../forms/urges";
import { word } from "../../i18n";
import { paths } from "../../lib/path";

const closeReasons = ["done", "merged", "overtaken"] as const;

/** withCompletion offers the request for completion beside the report: it is one of the two kinds of report and bound to the same rules. */
const withCompletion = (one: Allowed): Allowed[] =>
  one.action === "report" ? [one, { ...one, action: "request_completion" }] : [one];

/** handedTo is a duty with another unit, which has to sign for it anew; what may be done then only the server knows. */
const handedTo =
  (all: Unit[] | undefined, id: unknown) =>
  (duty: Duty): Duty => {
    const unit = all?.find(one => one.id === id);
    if (!unit) return duty;
    const signed = { accepted_at: undefined, accepted_by_id: undefined, sign_by: undefined };
    return { ...duty, ...signed, unit_id: unit.id, unit_name: unit.name, status: "assigned", allowed_actions: [] };
  };

/** DutyActs are the acts on a duty; each names the version that it is based on. */
export function DutyActs({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const splits = duty.allowed_actions.some(one => one.action === "split" && one.enabled);
  const split = useOne(
    ["duty", duty.id, "split"],
    signal => take(api.GET("/api/v1/duties/{id}/split", { signal, params: { path: { id: duty.id } } })),
    splits,
  );
  const client = useQueryClient();
  const { user } = useMe();
  const params = { path: { id: duty.id }, header: match(duty.version) };
  const why: FieldSpec[] = [{ name: "reason", label: t("form.reason"), kind: "text", required: true }];
  const specs: Record<string, ActSpec> = {
    accept: { run: () => take(api.POST("/api/v1/duties/{id}/accept", { params })) },
    return: {
      lead: t("duty.return_lead"),
      fields: [...why, { name: "unit_id", label: t("duty.proposed_unit"), kind: "unit" }],
      run: v =>
        take(
          api.POST("/api/v1/duties/{id}/return", {
            params,
            body: { reason: String(v.reason), unit_id: String(v.unit_id) || undefined },
          }),
        ),
    },
    report: { to: paths.report(duty.id) },
    request_completion: { to: `${paths.report(duty.id)}?kind=completion` },
    extend: { to: paths.extension(duty.id) },
    split: {
      lead: t("share.split_lead"),
      fields: splitFields(t, split.data?.latest),
      run: v => take(api.POST("/api/v1/duties/{id}/shares", { params: { path: params.path }, body: splitBody(v) })),
    },
    insist: {
      lead: t("duty.insist_lead"),
      fields: why,
      run: v => take(api.POST("/api/v1/duties/{id}/insist", { params, body: { reason: String(v.reason) } })),
    },
    pass: {
      lead: t("duty.pass_lead"),
      fields: [{ name: "note", label: t("duty.close_note"), kind: "text" }],
      run: v => take(api.POST("/api/v1/duties/{id}/pass", { params, body: { note: String(v.note) || undefined } })),
    },
    close: {
      lead: t("duty.close_lead"),
      fields: [
        {
          name: "close_reason",
          label: t("duty.close_reason"),
          kind: "choice",
          required: true,
          initial: "done",
          options: closeReasons.map(value => ({ value, label: word("close_reason", value) })),
        },
        { name: "note", label: t("duty.close_note"), kind: "text" },
      ],
      run: v =>
        take(
          api.POST("/api/v1/duties/{id}/close", {
            params,
            body: { close_reason: v.close_reason as "done", note: String(v.note) || undefined },
          }),
        ),
    },
    send_back: {
      lead: t("duty.send_back_lead"),
      fields: why,
      run: v => take(api.POST("/api/v1/duties/{id}/send-back", { params, body: { reason: String(v.reason) } })),
    },
    urge: {
      fields: [
        { name: "content", label: t("urge.content"), kind: "text", required: true },
        { name: "reply_due", label: t("urge.reply_due"), kind: "date", hint: t("urge.reply_due_hint") },
        { name: "reason", label: t("urge.again"), kind: "line", hint: t("urge.again_hint"), max: 1000 },
      ],
      expect: v => {
        const { id: subject_id, task_title: title, unit_id, unit_name } = duty;
        const urge = { subject_id, title, unit_id, unit_name, content: String(v.content) };
        return [{ key: ["urges", duty.id], change: onTop(urgeOnItsWay(urge, user.name)) }];
      },
      run: v =>
        take(
          api.POST("/api/v1/duties/{id}/urges", {
            keepalive: true,
            params: { path: params.path },
            body: {
              content: String(v.content),
              reply_due: String(v.reply_due) || undefined,
              reason: String(v.reason) || undefined,
            },
          }),
        ),
    },
    reassign: {
      fields: [{ name: "unit_id", label: t("duty.new_unit"), kind: "unit", required: true }, ...why],
      expect: v => [{ key: ["duty", duty.id], exact: true, change: handedTo(client.getQueryData(units.queryKey), v.unit_id) }],
      run: v =>
        take(
          api.POST("/api/v1/duties/{id}/reassign", {
            params,
            keepalive: true,
            body: { unit_id: String(v.unit_id), reason: String(v.reason) },
          }),
        ),
    },
    instruct: { dialog: onClose => <Instruct subject="duty" id={duty.id} onClose={onClose} /> },
    reopen: {
      fields: why,
      run: v => take(api.POST("/api/v1/duties/{id}/reopen", { params, body: { reason: String(v.reason) } })),
    },
    cancel: {
      danger: true,
      lead: t("duty.cancel_lead"),
      fields: why,
      run: v => take(api.POST("/api/v1/duties/{id}/cancel", { params, body: { reason: String(v.reason) } })),
    },
  };
  return <Acts subject="duty" allowed={duty.allowed_actions.flatMap(withCompletion)} specs={specs} />;
}
