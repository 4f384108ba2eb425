import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { titled } from "../../lib/numbers";
import { Stack } from "../../ui/layout";
import { Note } from "../../ui/states";

type Item = Schemas["HandOverItem"];

/** Changes says what is no longer as a list says; until it is drawn anew, nobody can sign it. */
export function Changes({ of }: { of: Schemas["HandOverChanges"] }) {
  const { t } = useTranslation();
  const named = (item: Item) => `${t(`hand_over.kind.${item.kind}`)} ${titled(item.number, item.title)}`;
  const lines = [
    ...of.added.map(item => t("hand_over.added", { what: named(item) })),
    ...of.ended.map(item => t("hand_over.ended", { what: named(item) })),
    ...of.moved.map(one =>
      t("hand_over.moved", { what: named(one.now), was: one.was.due_date ?? "—", now: one.now.due_date ?? "—" }),
    ),
  ];
  return (
    <Note tone="amber">
      <Stack gap={0.25}>
        <strong>{t("hand_over.changed")}</strong>
        {lines.map(line => (
          <span key={line}>{line}</span>
        ))}
      </Stack>
    </Note>
  );
}
