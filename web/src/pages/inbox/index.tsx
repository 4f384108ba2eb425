import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { told } from "../../i18n";
import { PageHead, Stack } from "../../ui/layout";
import { Waiting } from "./waiting";

const Rest = lazy(told(() => import("./rest"), "acts", "closeout", "rectify"));

/** Inbox is everything that waits for the signed-in person; lanes without anything are left out. */
export default function Inbox() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <PageHead title={t("nav.inbox")} lead={t("inbox.lead", { name: me.user.name, date: me.today })} />
      <Stack>
        <Waiting />
        <Suspense fallback={null}>
          <Rest />
        </Suspense>
      </Stack>
    </>
  );
}
