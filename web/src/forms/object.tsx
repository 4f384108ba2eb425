import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { useAct } from "../api/query";
import { useOne } from "../api/read";
import { useMe } from "../api/session";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import { paths } from "../lib/path";
import { Button } from "../ui/button";
import { Panel, Row } from "../ui/layout";
import { Light, Tag } from "../ui/light";
import { ActForm } from "./act-dialog";

type Objection = Schemas["Objection"];

/** objectionTone is the colour of an objection's state. */
export function objectionTone(status: Objection["status"]) {
  return status === "filed" ? "amber" : status === "retracted" ? "plain" : "blue";
}

function useObjections(subject: Objection["subject"], id: string, enabled: boolean) {
  return useOne(
    ["objections", subject, id],
    signal => take(api.GET("/api/v1/objections", { signal, params: { query: { subject, subject_id: id, limit: 20 } } })),
    enabled,
  );
}

/** ObjectButton files an objection for the unit that signed, while the period runs and none was filed. */
export function ObjectButton({
  subject,
  id,
  unit,
  until,
}: {
  subject: Objection["subject"];
  id: string;
  unit: string;
  until?: string;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const may = me.permissions.includes("objection.file") && me.posts.some(post => post.unit_id === unit);
  const filed = useObjections(subject, id, may);
  const act = useAct({
    quiet: true,
    send: (body: Schemas["FileObjectionInput"]) => take(api.POST("/api/v1/objections", { body })),
    after: made => void navigate({ href: paths.objection(made.id) }),
  });
  if (!may || !until || !filed.isSuccess || filed.data.items.some(one => one.status !== "retracted")) return null;
  const late = me.today > until;
  return (
    <>
      <Button disabled={late} reason={late ? t("objection.late", { date: until }) : undefined} onClick={() => setOpen(true)}>
        {word("action.objection", "file")}
      </Button>
      {open && (
        <ActForm
          title={word("action.objection", "file")}
          act={word("action.objection", "file")}
          lead={t("objection.file_lead", { date: until })}
          fields={[
            { name: "grounds", label: t("objection.grounds"), kind: "text", required: true, max: 8000 },
            { name: "demand", label: t("objection.demand"), kind: "text", max: 2000 },
          ]}
          onSend={v =>
            act.mutateAsync({ subject, subject_id: id, grounds: String(v.grounds), demand: String(v.demand) || undefined })
          }
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** Objections shows what was objected to a notice or conclusion; nothing if nobody did. */
export function Objections({ subject, id }: { subject: Objection["subject"]; id: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const list = useObjections(subject, id, me.permissions.includes("objection.read"));
  if (!list.data || list.data.items.length === 0) return null;
  return (
    <Panel title={t("nav.objections")}>
      <ul>
        {list.data.items.map(one => (
          <li key={one.id}>
            <Row wrap gap={0.75}>
              <Link to={paths.objection(one.id) as never}>
                {one.number ?? t("objection.filed_at", { at: instant(one.created_at) })}
              </Link>
              <Tag tone={objectionTone(one.status)}>{word("status.objection", one.status)}</Tag>
              {one.status === "filed" && <Light light={one.light} />}
              {one.status === "filed" && <span>{t("objection.decide_by_date", { date: one.decide_by })}</span>}
            </Row>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
