import { word } from "../i18n";

/** stepName is a step of a ladder in words (topic rules): its id in the rule file is the kind, maybe with a number of days behind it. */
export const stepName = (id: string): string => word("step_kind", id.replace(/_\d+$/, ""));
