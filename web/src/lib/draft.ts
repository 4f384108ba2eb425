import { useEffect, useRef, useState } from "react";

/** How long after the last key a draft is kept. */
const pause = 600;
const prefix = "duban.draft.";

interface Kept<T> {
  at: number;
  value: T;
}

/** readDraft is what was typed before under a name on this device, or nothing. */
export function readDraft<T>(name: string): Kept<T> | undefined {
  try {
    const text = localStorage.getItem(prefix + name);
    return text ? (JSON.parse(text) as Kept<T>) : undefined;
  } catch {
    return undefined; // unreadable or no storage: as if there were none
  }
}

/** keepDraft keeps a value under a name on this device; nothing forgets it. */
export function keepDraft<T>(name: string, value: T | undefined) {
  if (value === undefined) return dropDraft(name);
  try {
    localStorage.setItem(prefix + name, JSON.stringify({ at: Date.now(), value }));
  } catch {
    // the storage is full or closed; the value is still in the page
  }
}

/** dropDraft forgets it, when what it was for has been sent. */
export function dropDraft(name: string) {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // no storage, no draft
  }
}

/**
 * useDraft is a form's state that survives a reload: kept on this device shortly after the last key, at once when the page is
 * hidden. It tells when it was last kept.
 */
export function useDraft<T>(
  name: string,
  initial: T,
): { value: T; set: (value: T) => void; keptAt: Date | undefined; restored: boolean } {
  const found = useRef(readDraft<T>(name));
  const [value, setValue] = useState<T>(found.current?.value ?? initial);
  const [keptAt, setKeptAt] = useState(found.current ? new Date(found.current.at) : undefined);
  const pending = useRef<T>(undefined);
  useEffect(() => {
    const keep = () => {
      if (pending.current === undefined) return;
      try {
        localStorage.setItem(prefix + name, JSON.stringify({ at: Date.now(), value: pending.current }));
        setKeptAt(new Date());
      } catch {
        // the storage is full or closed; the text is still in the form
      }
      pending.current = undefined;
    };
    const timer = setInterval(keep, pause);
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", keep);
    return () => {
      keep();
      clearInterval(timer);
      removeEventListener("pagehide", keep);
      document.removeEventListener("visibilitychange", keep);
    };
  }, [name]);
  return {
    value,
    keptAt,
    restored: found.current !== undefined,
    set: next => {
      pending.current = next;
      setValue(next);
    },
  };
}
