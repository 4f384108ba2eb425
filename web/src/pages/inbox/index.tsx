import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { told, word } from "../../i18n";
import { PageHead, Stack } from "../../ui/layout";
import { Note, SkeletonRows } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { Waiting } from "./waiting";

const Rest = lazy(told(() => import("./rest"), "acts", "closeout", "rectify", "reporting", "review"));
const Approvals = lazy(told(() => import("../../forms/approvals").then(found => ({ default: found.Approvals })), "acts"));
const Done = lazy(told(() => import("./done"), "acts", "calendar", "done", "handover", "review", "rules"));
const Followed = lazy(() => import("./followed"));
const Sent = lazy(told(() => import("./sent"), "acts"));

const tabs = ["waiting", "done", "followed", "sent"] as const;
type Shown = (typeof tabs)[number];

/** Inbox is everything that waits for the signed-in person, what he has dealt with, what he keeps an eye on and whom he urged; lanes without anything are left out. */
export default function Inbox() {
  const { t } = useTranslation();
  const me = useMe();
  const [url, setUrl] = useUrl<"tab" | "period">();
  const mine = tabs.filter(tab => tab !== "sent" || me.permissions.includes("duty.urge"));
  const tab: Shown = mine.find(one => one === url.tab) ?? "waiting";
  const acting = me.posts.filter(post => post.acting_for_id).map(post => `${post.unit_name} · ${word("role", post.role)}`);
  return (
    <>
      <PageHead title={t("nav.inbox")} lead={t("inbox.lead", { name: me.user.name, date: me.today })} />
      <Tabs
        label={t("nav.inbox")}
        value={tab}
        onChange={value => setUrl({ tab: value === "waiting" ? undefined : value, period: undefined })}
        tabs={mine.map(value => ({ value, label: t(`inbox.tab.${value}`) }))}
      >
        <Suspense fallback={<SkeletonRows rows={8} />}>
          {tab === "waiting" && (
            <Stack>
              {acting.length > 0 && <Note tone="blue">{t("inbox.acting", { list: acting.join(", ") })}</Note>}
              <Suspense fallback={null}>
                <Approvals bare />
              </Suspense>
              <Waiting />
              <Suspense fallback={null}>
                <Rest />
              </Suspense>
            </Stack>
          )}
          {tab === "done" && <Done />}
          {tab === "followed" && <Followed />}
          {tab === "sent" && <Sent />}
        </Suspense>
      </Tabs>
    </>
  );
}
