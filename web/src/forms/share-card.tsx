import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../api/client";
import { percent } from "../api/duties";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import { Facts, Panel, Prose, Row, Stack } from "../ui/layout";
import { Progress, Tag } from "../ui/light";
import { Note } from "../ui/states";
import type { FieldSpec, Values } from "./act-form";
import { type ActSpec, Acts } from "./acts";

type Share = Schemas["Share"];
const tones = {
  assigned: "blue",
  returned: "amber",
  active: "plain",
  handed_in: "blue",
  closed: "green",
  cancelled: "plain",
} as const;
const rules = ["all", "any", "weighted"] as const;

/** splitFields are what giving a part to a unit below takes. */
export function splitFields(t: TFunction, latest: string | undefined): FieldSpec[] {
  return [
    { name: "unit_id", label: t("share.unit"), kind: "unit", required: true, hint: t("share.unit_hint") },
    { name: "title", label: t("share.title"), kind: "line", required: true, max: 200 },
    { name: "content", label: t("share.content"), kind: "text" },
    {
      name: "due_date",
      label: t("duty.due"),
      kind: "date",
      required: latest !== undefined,
      hint: latest && t("share.latest_hint", { date: latest }),
    },
    { name: "weight", label: t("share.weight"), kind: "number", initial: 1 },
    {
      name: "free",
      label: t("share.required"),
      kind: "choice",
      initial: "no",
      options: [
        { value: "no", label: t("share.required.yes") },
        { value: "yes", label: t("share.required.no") },
      ],
    },
    {
      name: "roll_up",
      label: t("share.roll_up"),
      kind: "choice",
      initial: "all",
      options: rules.map(value => ({ value, label: t(`share.roll_up.${value}`, { k: 1 }) })),
    },
  ];
}

/** splitBody is what the API takes of these fields. */
export const splitBody = (v: Values) => ({
  unit_id: String(v.unit_id),
  title: String(v.title),
  content: String(v.content) || undefined,
  due_date: String(v.due_date) || undefined,
  weight: Number(v.weight) || undefined,
  free: v.free === "yes" || undefined,
  roll_up: v.roll_up as "all",
});

/** ShareCard is one part of a duty that a unit below holds, with what the reader may do with it. */
export function ShareCard({ share }: { share: Share }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={
        <Row wrap>
          {share.title}
          <Tag tone={tones[share.status]}>{word("status.share", share.status)}</Tag>
          {share.overdue && <Tag tone="red">{t("inbox.over")}</Tag>}
          <Progress value={percent(share.progress)} />
        </Row>
      }
      acts={
        <Row wrap>
          <Acts subject="share" allowed={share.allowed_actions} specs={specs(share, t)} />
        </Row>
      }
    >
      <Stack>
        {share.reason && <Note tone="amber">{share.reason}</Note>}
        {share.content && <Prose>{share.content}</Prose>}
        <Facts
          items={(
            [
              [t("share.unit"), share.unit_name],
              [t("share.outer"), share.outer_name],
              [t("duty.due"), share.due_date],
              [t("share.required"), t(share.required ? "share.required.yes" : "share.required.no")],
              [t("share.suggested"), share.suggested ? `${percent(share.suggested)}%` : undefined],
              [t("share.narrative"), share.narrative],
              [t("share.submitted_at"), share.submitted_at && instant(share.submitted_at)],
              [t("share.closed_at"), share.closed_at && instant(share.closed_at)],
            ] as [string, string | undefined][]
          ).filter(([, value]) => value)}
        />
      </Stack>
    </Panel>
  );
}

function specs(share: Share, t: TFunction): Record<string, ActSpec> {
  const params = { path: { id: share.id }, header: match(share.version) };
  const why: FieldSpec[] = [{ name: "reason", label: t("form.reason"), kind: "text", required: true }];
  const reason = (v: Values) => ({ params, body: { reason: String(v.reason) } });
  return {
    accept: { run: () => take(api.POST("/api/v1/shares/{id}/accept", { params })) },
    hand_in: {
      lead: t("share.hand_in_lead"),
      fields: [{ name: "narrative", label: t("share.narrative"), kind: "text", required: true, initial: share.narrative }],
      run: v => take(api.POST("/api/v1/shares/{id}/hand-in", { params, body: { narrative: String(v.narrative) } })),
    },
    report: {
      fields: [
        { name: "progress", label: t("report.progress"), kind: "percent", required: true, initial: percent(share.progress) },
        { name: "narrative", label: t("share.narrative"), kind: "text", initial: share.narrative },
      ],
      run: v =>
        take(
          api.POST("/api/v1/shares/{id}/report", {
            params,
            body: { progress: Number(v.progress) * 100, narrative: String(v.narrative) || undefined },
          }),
        ),
    },
    confirm: { lead: t("share.confirm_lead"), run: () => take(api.POST("/api/v1/shares/{id}/confirm", { params })) },
    send_back: { fields: why, run: v => take(api.POST("/api/v1/shares/{id}/send-back", reason(v))) },
    insist: { fields: why, run: v => take(api.POST("/api/v1/shares/{id}/insist", reason(v))) },
    split: {
      lead: t("share.split_lead"),
      fields: splitFields(t, share.due_date),
      run: v => take(api.POST("/api/v1/shares/{id}/shares", { params: { path: params.path }, body: splitBody(v) })),
    },
    return: { fields: why, run: v => take(api.POST("/api/v1/shares/{id}/return", reason(v))) },
    redate: {
      fields: [
        {
          name: "due_date",
          label: t("duty.due"),
          kind: "date",
          required: true,
          initial: share.due_date ?? "",
          hint: share.latest && t("share.latest_hint", { date: share.latest }),
        },
        ...why,
      ],
      run: v =>
        take(
          api.POST("/api/v1/shares/{id}/redate", { params, body: { due_date: String(v.due_date), reason: String(v.reason) } }),
        ),
    },
    cancel: { danger: true, fields: why, run: v => take(api.POST("/api/v1/shares/{id}/cancel", reason(v))) },
  };
}
