import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "./tokens.css";
import { MantineProvider } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useSettings } from "./settings";
import { theme } from "./theme";
import { Toasts } from "./toast";

/** nonce is the value that the server put into the page; styles made at run time carry it. */
function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

// The scroll lock behind dialogs makes a style of its own and looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce() });

/** Provider gives the page its theme, text size, scheme and the place for short messages. */
export function Provider({ children }: { children: ReactNode }) {
  const { scheme } = useSettings();
  const dark = useDark(scheme);
  return (
    <MantineProvider theme={theme} forceColorScheme={dark ? "dark" : "light"} getStyleNonce={nonce}>
      {children}
      <Toasts />
    </MantineProvider>
  );
}

function useDark(scheme: "light" | "dark" | "auto"): boolean {
  const wish = matchMedia("(prefers-color-scheme: dark)").matches;
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme === "auto" ? "light dark" : scheme;
  }, [scheme]);
  return scheme === "dark" || (scheme === "auto" && wish);
}
