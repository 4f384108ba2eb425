import i18n from "i18next";
import { initReactI18next } from "react-i18next";

export const languages = ["zh-CN", "zh-Hant", "en"] as const;
export type Language = (typeof languages)[number];

const key = "duban.language";
const files: Record<Language, () => Promise<{ default: object }>> = {
  "zh-CN": () => import("./zh-CN/index"),
  "zh-Hant": () => import("./zh-Hant/index"),
  en: () => import("./en/index"),
};

/** Topics that only some pages speak of are loaded with the first of them. */
const topics = {
  acts: {
    "zh-CN": () => import("./zh-CN/acts.json"),
    "zh-Hant": () => import("./zh-Hant/acts.json"),
    en: () => import("./en/acts.json"),
  },
  admin: {
    "zh-CN": () => import("./zh-CN/admin.json"),
    "zh-Hant": () => import("./zh-Hant/admin.json"),
    en: () => import("./en/admin.json"),
  },
  audit: {
    "zh-CN": () => import("./zh-CN/audit.json"),
    "zh-Hant": () => import("./zh-Hant/audit.json"),
    en: () => import("./en/audit.json"),
  },
  calendar: {
    "zh-CN": () => import("./zh-CN/calendar.json"),
    "zh-Hant": () => import("./zh-Hant/calendar.json"),
    en: () => import("./en/calendar.json"),
  },
  closeout: {
    "zh-CN": () => import("./zh-CN/closeout.json"),
    "zh-Hant": () => import("./zh-Hant/closeout.json"),
    en: () => import("./en/closeout.json"),
  },
  done: {
    "zh-CN": () => import("./zh-CN/done.json"),
    "zh-Hant": () => import("./zh-Hant/done.json"),
    en: () => import("./en/done.json"),
  },
  lanes: {
    "zh-CN": () => import("./zh-CN/lanes.json"),
    "zh-Hant": () => import("./zh-Hant/lanes.json"),
    en: () => import("./en/lanes.json"),
  },
  cockpit: {
    "zh-CN": () => import("./zh-CN/cockpit.json"),
    "zh-Hant": () => import("./zh-Hant/cockpit.json"),
    en: () => import("./en/cockpit.json"),
  },
  plan: {
    "zh-CN": () => import("./zh-CN/plan.json"),
    "zh-Hant": () => import("./zh-Hant/plan.json"),
    en: () => import("./en/plan.json"),
  },
  rectify: {
    "zh-CN": () => import("./zh-CN/rectify.json"),
    "zh-Hant": () => import("./zh-Hant/rectify.json"),
    en: () => import("./en/rectify.json"),
  },
  handover: {
    "zh-CN": () => import("./zh-CN/handover.json"),
    "zh-Hant": () => import("./zh-Hant/handover.json"),
    en: () => import("./en/handover.json"),
  },
  relations: {
    "zh-CN": () => import("./zh-CN/relations.json"),
    "zh-Hant": () => import("./zh-Hant/relations.json"),
    en: () => import("./en/relations.json"),
  },
  reporting: {
    "zh-CN": () => import("./zh-CN/reporting.json"),
    "zh-Hant": () => import("./zh-Hant/reporting.json"),
    en: () => import("./en/reporting.json"),
  },
  review: {
    "zh-CN": () => import("./zh-CN/review.json"),
    "zh-Hant": () => import("./zh-Hant/review.json"),
    en: () => import("./en/review.json"),
  },
  rights: {
    "zh-CN": () => import("./zh-CN/rights.json"),
    "zh-Hant": () => import("./zh-Hant/rights.json"),
    en: () => import("./en/rights.json"),
  },
  rosters: {
    "zh-CN": () => import("./zh-CN/rosters.json"),
    "zh-Hant": () => import("./zh-Hant/rosters.json"),
    en: () => import("./en/rosters.json"),
  },
  rules: {
    "zh-CN": () => import("./zh-CN/rules.json"),
    "zh-Hant": () => import("./zh-Hant/rules.json"),
    en: () => import("./en/rules.json"),
  },
  system: {
    "zh-CN": () => import("./zh-CN/system.json"),
    "zh-Hant": () => import("./zh-Hant/system.json"),
    en: () => import("./en/system.json"),
  },
  workshop: {
    "zh-CN": () => import("./zh-CN/workshop.json"),
    "zh-Hant": () => import("./zh-Hant/workshop.json"),
    en: () => import("./en/workshop.json"),
  },
} satisfies Record<string, Record<Language, () => Promise<{ default: object }>>>;
export type Topic = keyof typeof topics;
const loaded = new Set<Topic>();

/** need loads the texts of a topic in the language of the page; the language that is chosen later brings them too. */
export async function need(topic: Topic) {
  if (loaded.has(topic)) return;
  await bring(topic, i18n.language as Language);
  loaded.add(topic);
}

/** told loads a part of the page together with the texts of its topics, so that it is never drawn without its words. */
export function told<T>(load: () => Promise<T>, ...wanted: Topic[]): () => Promise<T> {
  return async () => (await Promise.all([load(), ...wanted.map(need)]))[0] as T;
}

async function bring(topic: Topic, language: Language) {
  i18n.addResourceBundle(language, "translation", (await topics[topic][language]()).default);
}

/** wanted is the language chosen here before, else the browser's, else simplified Chinese. */
function wanted(): Language {
  try {
    const kept = localStorage.getItem(key);
    if (languages.includes(kept as Language)) return kept as Language;
  } catch {
    // no storage: the browser's language
  }
  for (const tag of navigator.languages) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return "zh-Hant";
    if (/^zh/i.test(tag)) return "zh-CN";
    if (/^en/i.test(tag)) return "en";
  }
  return "zh-CN";
}

/** start loads the texts of one language; the others stay on the server. */
export async function start(language: Language = wanted()) {
  const texts = (await files[language]()).default;
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: texts } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: "{", suffix: "}", escapeValue: false },
    showSupportNotice: false,
  } as Parameters<typeof i18n.init>[0]);
  document.documentElement.lang = language;
}

/** choose keeps a language and shows the page in it. */
export async function choose(language: Language) {
  try {
    localStorage.setItem(key, language);
  } catch {
    // it holds as long as the page
  }
  i18n.addResourceBundle(language, "translation", (await files[language]()).default);
  await Promise.all([...loaded].map(topic => bring(topic, language)));
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** serverLanguage is the tag of the language as the server knows it. */
export function serverLanguage(): string {
  return i18n.language === "zh-Hant" ? "zh-TW" : (i18n.language ?? "zh-CN");
}

/** word is the text of a key made at run time (a state, an act); without one the value itself. */
export function word(prefix: string, value: string): string {
  const full = `${prefix}.${value}`;
  return i18n.exists(full) ? i18n.t(full as never) : value;
}

export { i18n };
