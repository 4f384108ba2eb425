import "i18next";
import type acts from "./zh-CN/acts.json";
import type admin from "./zh-CN/admin.json";
import type audit from "./zh-CN/audit.json";
import type calendar from "./zh-CN/calendar.json";
import type closeout from "./zh-CN/closeout.json";
import type cockpit from "./zh-CN/cockpit.json";
import type done from "./zh-CN/done.json";
import type handover from "./zh-CN/handover.json";
import type texts from "./zh-CN/index";
import type lanes from "./zh-CN/lanes.json";
import type plan from "./zh-CN/plan.json";
import type rectify from "./zh-CN/rectify.json";
import type relations from "./zh-CN/relations.json";
import type reporting from "./zh-CN/reporting.json";
import type review from "./zh-CN/review.json";
import type rights from "./zh-CN/rights.json";
import type rosters from "./zh-CN/rosters.json";
import type rules from "./zh-CN/rules.json";
import type system from "./zh-CN/system.json";
import type workshop from "./zh-CN/workshop.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: {
      translation: typeof texts &
        typeof acts &
        typeof admin &
        typeof audit &
        typeof handover &
        typeof calendar &
        typeof closeout &
        typeof done &
        typeof lanes &
        typeof cockpit &
        typeof plan &
        typeof rectify &
        typeof relations &
        typeof reporting &
        typeof review &
        typeof rights &
        typeof rosters &
        typeof rules &
        typeof system &
        typeof workshop;
    };
    keySeparator: false;
    nsSeparator: false;
    interpolationPrefix: "{";
    interpolationSuffix: "}";
    returnNull: false;
  }
}
