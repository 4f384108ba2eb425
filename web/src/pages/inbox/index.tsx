import { useTranslation } from "react-i18next";
import type { DutyQuery } from "../../api/duties";
import { useMe } from "../../api/session";
import { Approvals } from "../../forms/approvals";
import { PageHead, Stack } from "../../ui/layout";
import { InstructionLane, ProceedingLane } from "./acts";
import { DutyLane, NoticeLane } from "./lanes";
import { MyShares } from "./shares";
import { Waiting } from "./waiting";

/** Lane is one kind of duty to keep an eye on, with the query that finds it. */
interface Lane {
  key: "over" | "soon" | "mine" | "late";
  query: DutyQuery;
}

/** What a person has to keep an eye on follows from the permissions: who works on duties, who watches them. */
function lanesOf(may: (permission: string) => boolean): Lane[] {
  const lanes: Lane[] = [];
  if (may("duty.accept")) {
    lanes.push({ key: "over", query: { mine: true, overdue: true } });
    lanes.push({ key: "soon", query: { mine: true, light: "yellow" } });
    lanes.push({ key: "mine", query: { mine: true, status: "active" } });
  }
  if (may("duty.instruct")) lanes.push({ key: "late", query: { overdue: true, part: "lead" } });
  return lanes;
}

/** Inbox is everything that waits for the signed-in person; lanes without anything are left out. */
export default function Inbox() {
  const { t } = useTranslation();
  const me = useMe();
  const may = (permission: string) => me.permissions.includes(permission);
  return (
    <>
      <PageHead title={t("nav.inbox")} lead={t("inbox.lead", { name: me.user.name, date: me.today })} />
      <Stack>
        <Waiting />
        <MyShares />
        <Approvals bare />
        {may("instruction.reply") && <InstructionLane />}
        {may("proceeding.sign") && <ProceedingLane name="to_sign_for" />}
        {may("proceeding.issue") && <ProceedingLane name="to_carry_out" />}
        {may("notice.reply") && <NoticeLane name="to_sign" query={{ status: "served" }} />}
        {may("notice.reply") && <NoticeLane name="to_reply" query={{ status: "signed" }} />}
        {may("notice.close") && <NoticeLane name="to_verify" query={{ status: "replied" }} />}
        {lanesOf(may).map(lane => (
          <DutyLane key={lane.key} name={lane.key} query={lane.query} />
        ))}
      </Stack>
    </>
  );
}
