import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { useMe } from "../api/session";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import { paths } from "../lib/path";
import { Button } from "../ui/button";
import { Muted, Panel, Prose, Row, Stack } from "../ui/layout";
import { Tag } from "../ui/light";

const Dialog = lazy(() => import("./instruct").then(found => ({ default: found.Instruct })));

export type InstructionSubject = Schemas["GiveInstructionInput"]["subject"];
export const urgencies = ["urgent", "ordinary", "hard"] as const;
export const instructionTones = { open: "blue", done: "green", revoked: "plain" } as const;

/** Instruct is the dialog for an instruction, loaded when somebody writes one. */
export function Instruct(p: { subject: InstructionSubject; id: string; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <Dialog {...p} />
    </Suspense>
  );
}

/** InstructButton opens the dialog for those who may write instructions. */
export function InstructButton({ subject, id, size }: { subject: InstructionSubject; id: string; size?: "xs" }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!useMe().permissions.includes("instruction.give")) return null;
  return (
    <>
      <Button icon="brush" size={size} onClick={() => setOpen(true)}>
        {t("instruction.give")}
      </Button>
      {open && <Instruct subject={subject} id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

/** InstructionsOn are the instructions on an object, newest first; nothing where there are none. */
export function InstructionsOn({ subject, id }: { subject: InstructionSubject; id: string }) {
  const { t } = useTranslation();
  const may = useMe().permissions.includes("instruction.read");
  const list = usePages(
    ["instructions", subject, id],
    (after, signal) =>
      take(api.GET("/api/v1/instructions", { signal, params: { query: { subject, subject_id: id, after, limit: 20 } } })),
    may,
  );
  if (list.items.length === 0) return null;
  return (
    <Panel title={t("nav.instructions")}>
      <Stack gap={1}>
        {list.items.map(one => (
          <Stack key={one.id} gap={0.25}>
            <Row wrap>
              <Link to={paths.instruction(one.id) as never}>{one.author_name}</Link>
              <Tag tone={instructionTones[one.status]}>{word("status.instruction", one.status)}</Tag>
              <Muted>{instant(one.created_at)}</Muted>
            </Row>
            <Prose>{one.text}</Prose>
            {one.status === "open" && <Muted>{t("instruction.waits", { count: one.waiting, due: one.due_date })}</Muted>}
          </Stack>
        ))}
        {list.hasNextPage && (
          <Button size="xs" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("ui.more")}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}
