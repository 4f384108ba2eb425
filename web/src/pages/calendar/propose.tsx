import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { readAll } from "../../api/pages";
import { useAct } from "../../api/query";
import { Button } from "../../ui/button";
import { TextArea, TextField } from "../../ui/field";
import { Panel, Row, Stack } from "../../ui/layout";
import { ErrorNote } from "../../ui/states";
import { Changes, Moves } from "./moves";

type Preview = Schemas["CalendarPreview"];

/** preview asks what a notice would move, to the last page. */
async function preview(notice: string): Promise<Preview> {
  let first: Preview | undefined;
  const items = await readAll(async after => {
    const page = await take(
      api.POST("/api/v1/calendar-previews", { params: { query: { after, limit: 200 } }, body: { notice } }),
    );
    first ??= page;
    return page.moves;
  });
  return { ...(first as Preview), moves: { items, next: "" } };
}

/** Propose takes a notice as it was published, shows what would move, and sends it to somebody else for approval. */
export function Propose({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState("");
  const [title, setTitle] = useState("");
  const look = useAct<string, Preview>({ quiet: true, send: preview });
  const send = useAct({
    quiet: true,
    done: t("calendar.sent"),
    after: onDone,
    send: () => take(api.POST("/api/v1/calendar-proposals", { body: { title, notice } })),
  });
  const seen = look.data && look.variables === notice ? look.data : undefined;
  return (
    <Stack>
      <Panel title={t("calendar.propose")}>
        <Stack>
          <TextField label={t("calendar.title")} hint={t("calendar.title_hint")} value={title} onChange={setTitle} required />
          <TextArea
            label={t("calendar.notice")}
            hint={t("calendar.notice_hint")}
            value={notice}
            onChange={setNotice}
            rows={9}
            required
          />
          {look.isError && <ErrorNote error={look.error} />}
          {send.isError && <ErrorNote error={send.error} />}
          <Row wrap>
            <Button
              kind={seen ? "plain" : "primary"}
              disabled={!notice.trim()}
              busy={look.isPending}
              onClick={() => look.mutate(notice)}
            >
              {t("calendar.preview")}
            </Button>
            <Button
              kind={seen ? "primary" : "plain"}
              disabled={!seen || !title.trim()}
              busy={send.isPending}
              onClick={() => send.mutate()}
            >
              {t("calendar.send")}
            </Button>
          </Row>
        </Stack>
      </Panel>
      {seen && <Changes days={seen.changes} />}
      {seen && <Moves items={seen.moves.items} />}
    </Stack>
  );
}
