import "i18next";
import type admin from "./zh-CN/admin.json";
import type texts from "./zh-CN/index";
import type relations from "./zh-CN/relations.json";
import type reporting from "./zh-CN/reporting.json";
import type review from "./zh-CN/review.json";
import type rosters from "./zh-CN/rosters.json";
import type workshop from "./zh-CN/workshop.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: {
      translation: typeof texts &
        typeof admin &
        typeof relations &
        typeof reporting &
        typeof review &
        typeof rosters &
        typeof workshop;
    };
    keySeparator: false;
    nsSeparator: false;
    interpolationPrefix: "{";
    interpolationSuffix: "}";
    returnNull: false;
  }
}
