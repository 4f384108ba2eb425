import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DutyQuery } from "../../api/duties";
import { useMe } from "../../api/session";
import { paths } from "../../lib/path";
import { PageHead, Stack } from "../../ui/layout";
import { DutyLane, NoticeLane } from "./lanes";

/** Lane is one kind of thing that waits, with the query that finds it. */
interface Lane {
  key: "sign" | "over" | "soon" | "returned" | "review" | "late";
  query: DutyQuery;
}

/** What waits for a person follows from the permissions: who signs, who decides on returns, who verifies, who watches. */
function lanesOf(may: (permission: string) => boolean): Lane[] {
  const lanes: Lane[] = [];
  if (may("duty.accept")) {
    lanes.push({ key: "sign", query: { mine: true, status: "assigned" } });
    lanes.push({ key: "over", query: { mine: true, status: "active", overdue: true } });
    lanes.push({ key: "soon", query: { mine: true, status: "active", light: "yellow" } });
  }
  if (may("duty.insist")) lanes.push({ key: "returned", query: { status: "returned" } });
  if (may("duty.close")) lanes.push({ key: "review", query: { status: "review" } });
  if (may("duty.instruct")) lanes.push({ key: "late", query: { overdue: true } });
  return lanes;
}

/** Inbox is everything that waits for the signed-in person, in lanes; what is empty says so in a line. */
export default function Inbox() {
  const { t } = useTranslation();
  const me = useMe();
  const may = (permission: string) => me.permissions.includes(permission);
  const lanes = lanesOf(may);
  return (
    <>
      <PageHead title={t("nav.inbox")} lead={t("inbox.lead", { name: me.user.name, date: me.today })} />
      <Stack>
        {lanes.map(lane => (
          <DutyLane key={lane.key} name={lane.key} query={lane.query} />
        ))}
        {may("notice.reply") && <NoticeLane name="to_sign" query={{ status: "served" }} />}
        {may("notice.reply") && <NoticeLane name="to_reply" query={{ status: "signed" }} />}
        {may("notice.close") && <NoticeLane name="to_verify" query={{ status: "replied" }} />}
        {lanes.length === 0 && (
          <p>
            {t("inbox.nothing_here")} <Link to={paths.messages as never}>{t("nav.messages")}</Link>
          </p>
        )}
      </Stack>
    </>
  );
}
