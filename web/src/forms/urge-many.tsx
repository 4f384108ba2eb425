import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { useAct } from "../api/query";
import { useOne } from "../api/read";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import { Button } from "../ui/button";
import { NumberField, TextArea } from "../ui/field";
import { Grid, Muted, Stack } from "../ui/layout";
import { Tag } from "../ui/light";
import { Loaded } from "../ui/loaded";
import { Modal } from "../ui/modal";
import { ErrorNote, Note } from "../ui/states";
import { Table } from "../ui/table";

type Row = Schemas["UrgePreviewRow"];
type Results = Schemas["UrgeResults"];

/** The server takes so many at once. */
const most = 200;

/** UrgeMany urges many duties or notices: first who would be reached and what would be left out, afterwards a result for each. */
export function UrgeMany({
  duties = [],
  notices = [],
  content = "",
  onClose,
}: {
  duties?: string[];
  notices?: string[];
  content?: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [named] = useState({
    duty_ids: duties.slice(0, most),
    notice_ids: notices.slice(0, most - Math.min(most, duties.length)),
  });
  const [text, setText] = useState({ content, reason: "" });
  const [workdays, setWorkdays] = useState<number | "">("");
  const preview = useOne(["preview-urges", named], () => take(api.POST("/api/v1/urges/preview", { body: named })));
  const rows = preview.data?.items ?? [];
  const able = rows.filter(row => row.possible);
  const targets = text.reason.trim() ? able : able.filter(row => !row.needs_reason);
  const ids = (subject: Row["subject"]) => targets.filter(row => row.subject === subject).map(row => row.subject_id);
  const send = useAct<void, Results>({
    quiet: true,
    send: () =>
      take(
        api.POST("/api/v1/urges", {
          body: {
            duty_ids: ids("duty"),
            notice_ids: ids("notice"),
            content: text.content,
            workdays: workdays || undefined,
            reason: text.reason.trim() || undefined,
          },
        }),
      ),
  });
  const results = send.data;
  function close() {
    client.removeQueries({ queryKey: ["preview-urges"] });
    onClose();
  }
  const why = targets.length === 0 ? t("urges.nobody") : text.content.trim() ? undefined : t("urges.say_first");
  return (
    <Modal
      title={word("action.duty", "urge")}
      open
      wide
      onClose={close}
      foot={
        results ? (
          <Button kind="primary" onClick={close}>
            {t("ui.close")}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t("ui.cancel")}</Button>
            <Button kind="primary" icon="bell" busy={send.isPending} reason={why} onClick={() => send.mutate()}>
              {t("desk.urge_n", { count: targets.length })}
            </Button>
          </>
        )
      }
    >
      <Loaded query={preview}>
        {data => (
          <Stack>
            {duties.length + notices.length > most && <Note tone="amber">{t("urges.too_many", { count: most })}</Note>}
            {send.isError && <ErrorNote error={send.error} />}
            {results ? (
              <Note tone={results.refused > 0 ? "amber" : "green"}>
                <span role="status">{t("urges.done", { sent: results.sent, refused: results.refused })}</span>
              </Note>
            ) : (
              <>
                <Summary rows={rows} people={data.people} soon={data.soon} hours={data.cool_down_hours} />
                <TextArea
                  label={t("urge.content")}
                  required
                  autoFocus
                  rows={3}
                  max={2000}
                  value={text.content}
                  onChange={content => setText({ ...text, content })}
                />
                <Grid min={16}>
                  <NumberField
                    label={t("urge.workdays")}
                    hint={t("urges.workdays_hint")}
                    min={1}
                    max={60}
                    value={workdays}
                    onChange={setWorkdays}
                  />
                  {data.soon > 0 && (
                    <TextArea
                      label={t("urge.again")}
                      hint={t("urges.again_hint", { count: data.soon })}
                      rows={2}
                      max={1000}
                      value={text.reason}
                      onChange={reason => setText({ ...text, reason })}
                    />
                  )}
                </Grid>
              </>
            )}
            <Rows rows={rows} results={results} reason={text.reason.trim() !== ""} />
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

function Summary({ rows, people, soon, hours }: { rows: Row[]; people: number; soon: number; hours: number }) {
  const { t } = useTranslation();
  const refused = rows.filter(row => !row.possible).length;
  return (
    <Note tone={soon + refused > 0 ? "amber" : "blue"}>
      <span>{t("urges.reach", { count: rows.length - refused, people })}</span>
      {soon > 0 && <span>{t("urges.soon", { count: soon, hours })}</span>}
      {refused > 0 && <span>{t("urges.impossible", { count: refused })}</span>}
    </Note>
  );
}

function Rows({ rows, results, reason }: { rows: Row[]; results?: Results; reason: boolean }) {
  const { t } = useTranslation();
  const resultOf = (row: Row) => results?.items.find(one => one.subject_id === row.subject_id);
  return (
    <Table
      label={t("urges.what")}
      rows={rows}
      id={row => row.subject_id}
      columns={[
        {
          key: "what",
          title: t("urges.what"),
          phone: "main",
          cell: row => (
            <Stack gap={0.125}>
              <strong>{row.unit_name}</strong>
              <span>{row.title}</span>
            </Stack>
          ),
        },
        {
          key: "to",
          title: t("urges.to"),
          cell: row => row.recipients.map(one => one.name).join(" ") || <Muted>{t("urges.to_nobody")}</Muted>,
        },
        { key: "last", title: t("urges.last"), phone: "hide", cell: row => <Last row={row} /> },
        {
          key: "state",
          title: t(results ? "urges.result" : "urges.state"),
          cell: row => (results ? <Result of={resultOf(row)} /> : <State row={row} reason={reason} />),
        },
      ]}
    />
  );
}

function Last({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (!row.last_at) return <Muted>{t("urges.never")}</Muted>;
  return (
    <Stack gap={0.125}>
      <span>
        {instant(row.last_at)} {row.last_by ?? t("urge.by_ladder")}
      </span>
      <Muted>{row.last_reply || t("urge.waiting")}</Muted>
    </Stack>
  );
}

function State({ row, reason }: { row: Row; reason: boolean }) {
  const { t } = useTranslation();
  if (!row.possible)
    return (
      <Stack gap={0.125}>
        <Tag tone="red">{t("urges.cannot")}</Tag>
        <small>{row.reason}</small>
      </Stack>
    );
  if (row.needs_reason && !reason) return <Tag tone="amber">{t("urges.skipped")}</Tag>;
  return <Tag tone="green">{t(row.needs_reason ? "urges.again_able" : "urges.able")}</Tag>;
}

function Result({ of }: { of?: Schemas["UrgeResult"] }) {
  const { t } = useTranslation();
  if (!of) return <Tag>{t("urges.left_out")}</Tag>;
  if (of.sent) return <Tag tone="green">{t("urges.sent")}</Tag>;
  return (
    <Stack gap={0.125}>
      <Tag tone="red">{t("urges.not_sent")}</Tag>
      <small>{of.reason}</small>
    </Stack>
  );
}
