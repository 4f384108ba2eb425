import { lazy } from "react";

/** The instructions of plans and tasks come with a leader's first look at them: the plan's page is full as it is. */
export const InstructButton = lazy(() => import("../../forms/instructions").then(found => ({ default: found.InstructButton })));
export const InstructionsOn = lazy(() => import("../../forms/instructions").then(found => ({ default: found.InstructionsOn })));
