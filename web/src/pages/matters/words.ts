import type { Schemas } from "../../api/client";

export type Matter = Schemas["Matter"];

/** matterTones are the tones of the states. */
export const matterTones = {
  draft: "plain",
  proposed: "amber",
  active: "blue",
  refused: "red",
  closed: "green",
  voided: "plain",
} as const;
