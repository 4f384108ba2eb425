import type { TFunction } from "i18next";
import { i18n, word } from "../../i18n";

/** acts are the rights of the program by their objects, as policies/policy.csv grants them (rights.test.ts holds it). */
export const acts: Record<string, string> = {
  access: "explain",
  audit: "read",
  calendar: "apply approve propose read",
  conclusion: "read receive",
  counter: "check read",
  deadline: "check",
  duty: "accept cancel close insist instruct pass read reassign reopen return send_back urge",
  event: "read",
  evidence: "add read",
  extension: "grant opine read refuse request withdraw",
  feed: "manage",
  finding: "dismiss link read record",
  hand_over: "draw read sign",
  indicator: "manage read",
  inspection: "amend approve cancel check conclude create edit finish open propose read send_back staff",
  instruction: "finish give read reply revoke",
  letter: "read",
  matter: "approve close designate edit propose read refuse register void withdraw",
  message: "deliver read",
  notice: "accept_plan check close draft edit fail plan read reopen reply return_plan send_back serve sign urge void",
  objection: "change file read retract revoke uphold",
  plan: "amend close create edit issue read reopen",
  post: "delegate grant read",
  proceeding: "approve issue propose read refuse revoke sign withdraw",
  report: "confirm correct read review save send_back submit withdraw",
  roster: "manage read",
  rule: "approve propose read reject test",
  session: "purge",
  share: "accept assign cancel confirm hand_in insist read redate report return send_back",
  token: "manage",
  unit: "export import manage read",
  urge: "read reply",
  user: "manage read",
  view: "manage share",
  webhook: "manage",
};

/** rightName is a right in words: "duty.accept" is an act on an object. Acts that are buttons have the words of their buttons. */
export function rightName(permission: string, t: TFunction): string {
  const object = permission.split(".")[0] ?? "";
  const own = `right.${permission}`;
  const said = i18n.exists(own) ? i18n.t(own as never) : word("action", permission);
  return t("right.name", { object: word("right.object", object), act: said });
}

/** rightOptions are all rights, for a picker. */
export const rightOptions = (t: TFunction) =>
  Object.entries(acts).flatMap(([object, all]) =>
    all.split(" ").map(act => ({ value: `${object}.${act}`, label: rightName(`${object}.${act}`, t) })),
  );

/** idIn takes the id out of the address of a page, or out of what was typed. */
export const idIn = (text: string): string => /(?:^|\/)([0-9a-z]{13})(?:[/?#]|$)/.exec(text.trim())?.[1] ?? text.trim();
