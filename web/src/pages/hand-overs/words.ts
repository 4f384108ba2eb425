import type { Schemas } from "../../api/client";

export type HandOver = Schemas["HandOver"];

/** handOverTones are the tones of the states. */
export const handOverTones = { drawn: "amber", given: "blue", taken: "green", void: "plain" } as const;
