import { useSyncExternalStore } from "react";

/** How the page looks for this person on this device. */
export interface Settings {
  text: "standard" | "large" | "huge";
  scheme: "light" | "dark" | "auto";
  contrast: "normal" | "high";
  shortcuts: boolean;
  /** Where the page opens; missing, where the posts lead first. */
  start?: string;
}

const key = "duban.settings";
const standard: Settings = { text: "standard", scheme: "light", contrast: "normal", shortcuts: true };
const listeners = new Set<() => void>();
let current: Settings = read();

function read(): Settings {
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Settings>) };
  } catch {
    return standard; // storage is closed (private window): the settings last as long as the page
  }
}

/** change sets some of the settings, shows and keeps them. */
export function change(part: Partial<Settings>) {
  current = { ...current, ...part };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // as above
  }
  apply();
  for (const listener of listeners) listener();
}

/** apply puts text size and contrast on the document; the scheme is the provider's. */
export function apply() {
  document.documentElement.dataset.text = current.text;
  document.documentElement.dataset.contrast = current.contrast;
}

export function settings(): Settings {
  return current;
}

export function useSettings(): Settings {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
