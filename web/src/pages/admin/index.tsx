import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { told } from "../../i18n";
import { PageHead } from "../../ui/layout";
import { NoRight, SkeletonRows } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { Posts } from "./posts";
import { Start } from "./start";
import { Units } from "./units";
import { Users } from "./users";

const Access = lazy(() => import("./access").then(found => ({ default: found.Access })));
const Audit = lazy(told(() => import("./audit").then(found => ({ default: found.Audit })), "audit"));
const Rosters = lazy(() => import("./rosters").then(found => ({ default: found.Rosters })));
const System = lazy(told(() => import("./system").then(found => ({ default: found.System })), "system"));

/** What each part of administration needs to be seen. */
const parts = {
  units: "unit.read",
  users: "user.read",
  posts: "post.read",
  rosters: "roster.read",
  access: "access.explain",
  audit: "audit.read",
  system: "webhook.manage",
} as const;
type Part = keyof typeof parts;

/** Admin is units, people, posts, access questions and the log; the three administrators each see their own parts. */
export default function Admin() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ tab }, setUrl] = useUrl<"tab">();
  const mine = (Object.keys(parts) as Part[]).filter(part => me.permissions.includes(parts[part]));
  const current = mine.includes(tab as Part) ? (tab as Part) : mine[0];
  if (!current) return <NoRight />;
  return (
    <>
      <PageHead title={t("nav.admin")} lead={t("admin.lead")} />
      {me.permissions.includes("user.read") && <Start />}
      <Tabs
        label={t("nav.admin")}
        value={current}
        onChange={value => setUrl({ tab: value })}
        tabs={mine.map(value => ({ value, label: t(`admin.tab.${value}`) }))}
      >
        {current === "units" && <Units />}
        {current === "users" && <Users />}
        {current === "posts" && <Posts />}
        <Suspense fallback={<SkeletonRows />}>
          {current === "access" && <Access />}
          {current === "audit" && <Audit />}
          {current === "rosters" && <Rosters />}
          {current === "system" && <System />}
        </Suspense>
      </Tabs>
    </>
  );
}
