import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { told, word } from "../../i18n";
import { PageHead, Stack } from "../../ui/layout";
import { Note } from "../../ui/states";
import { Waiting } from "./waiting";

const Rest = lazy(told(() => import("./rest"), "acts", "closeout", "rectify"));

/** Inbox is everything that waits for the signed-in person; lanes without anything are left out. */
export default function Inbox() {
  const { t } = useTranslation();
  const me = useMe();
  const acting = me.posts.filter(post => post.acting_for_id).map(post => `${post.unit_name} · ${word("role", post.role)}`);
  return (
    <>
      <PageHead title={t("nav.inbox")} lead={t("inbox.lead", { name: me.user.name, date: me.today })} />
      <Stack>
        {acting.length > 0 && <Note tone="blue">{t("inbox.acting", { list: acting.join(", ") })}</Note>}
        <Waiting />
        <Suspense fallback={null}>
          <Rest />
        </Suspense>
      </Stack>
    </>
  );
}
