import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { unwhere } from "./postcss.unwhere.ts";

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: "__NONCE__" },
  css: { postcss: { plugins: [unwhere()] } },
  build: {
    target: ["chrome86", "safari14"],
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "vendor",
              test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|i18next|react-i18next|openapi-fetch|@tanstack)[\\/](?!.*virtual)/,
            },
            {
              name: "base",
              test: /src[\\/](app|api|lib)[\\/](?!palette|ledger|search)|src[\\/]ui[\\/](button|icon|tip|light|states|layout|menu|toast|settings|provider|theme|table|tabs)\./,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/reference/openapi.json": "http://127.0.0.1:8080" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}", "*.test.ts"], css: false },
});
