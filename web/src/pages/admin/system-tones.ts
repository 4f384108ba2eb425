import type { Schemas } from "../../api/client";
import type { Tone } from "../../ui/light";

/** The tone of each condition of a part of the system; words stand beside it everywhere. */
export const tones: Record<Schemas["SystemState"]["condition"], Tone> = { good: "green", warn: "amber", bad: "red" };
