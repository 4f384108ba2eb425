import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { settings } from "../ui/settings";

/** G and then a letter goes somewhere; the second key has a second and a half. */
const goes: Record<string, string> = { d: "/cockpit", t: "/inbox", l: "/ledger", g: "/ledger?layout=gantt" };
const pause = 1500;

/** typing reports whether the keys belong to a text: a field, or the composition of Chinese. */
function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return (
    event.isComposing ||
    event.keyCode === 229 ||
    Boolean(target?.closest("input,textarea,select,[contenteditable=true],[role=combobox],[role=dialog]"))
  );
}

/** useShortcuts listens for the keys that work on every page; single letters can be switched off and sleep while one types. */
export function useShortcuts(onFind: () => void) {
  const navigate = useNavigate();
  useEffect(() => {
    let since = 0;
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.isComposing) {
        event.preventDefault();
        return onFind();
      }
      if (!settings().shortcuts || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
      const key = event.key.toLowerCase();
      const going = event.timeStamp - since < pause && since > 0 ? goes[key] : undefined;
      since = key === "g" && !going ? event.timeStamp : 0;
      if (going) void navigate({ href: going });
      else if (key === "/") onFind();
      else if (key === "?") void navigate({ to: "/help" });
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [navigate, onFind]);
}
