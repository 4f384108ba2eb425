import type { DutyQuery } from "../../api/duties";
import { useMe } from "../../api/session";
import ActLanes from "./acts";
import { DraftLane } from "./drafts";
import { DutyLane } from "./lanes";
import { ConclusionLane, NoticeLane } from "./rectify";
import { DueLane } from "./reports";
import { MyShares } from "./shares";

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

/** Rest is what a person keeps an eye on below what waits: it loads after it. */
export default function Rest() {
  const me = useMe();
  const may = (permission: string) => me.permissions.includes(permission);
  return (
    <>
      <ActLanes />
      <MyShares />
      {may("notice.reply") && <NoticeLane name="to_sign" />}
      {may("notice.reply") && <NoticeLane name="to_reply" />}
      {may("notice.accept_plan") && <NoticeLane name="to_accept" />}
      {may("notice.close") && <NoticeLane name="to_verify" />}
      {may("conclusion.receive") && <ConclusionLane />}
      {may("report.save") && <DueLane />}
      {may("plan.edit") && <DraftLane />}
      {lanesOf(may).map(lane => (
        <DutyLane key={lane.key} name={lane.key} query={lane.query} />
      ))}
    </>
  );
}
