import type { Schemas } from "../../api/client";
import { word } from "../../i18n";

export type Proceeding = Schemas["Proceeding"];
export const kinds = ["interview", "criticism", "commendation"] as const;

export const proceedingTones = {
  proposed: "amber",
  approved: "blue",
  issued: "blue",
  signed: "green",
  refused: "red",
  withdrawn: "plain",
} as const;

/** stateOf is the state in the words of the kind: an interview was held, a circular was published. */
export const stateOf = (one: Pick<Proceeding, "kind" | "status">) =>
  word(`status.${one.kind === "interview" ? "interview" : "circular"}`, one.status);
