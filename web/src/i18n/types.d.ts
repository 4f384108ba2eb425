import "i18next";
import type texts from "./zh-CN/index";
import type review from "./zh-CN/review.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof texts & typeof review };
    keySeparator: false;
    nsSeparator: false;
    interpolationPrefix: "{";
    interpolationSuffix: "}";
    returnNull: false;
  }
}
