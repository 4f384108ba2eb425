import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/problem";
import { Button } from "../ui/button";
import { Empty, ErrorNote } from "../ui/states";

/** Gone is shown for an address that leads nowhere, also to what the caller may not see. */
export function Gone() {
  const { t } = useTranslation();
  return (
    <Empty whole title={t("shell.not_found")} icon="search" act={<Link to="/">{t("shell.home")}</Link>}>
      {t("shell.not_found_help")}
    </Empty>
  );
}

/** Crash is shown when a page cannot be drawn; the rest of the shell goes on. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (error instanceof Problem && error.status === 404) return <Gone />;
  if (error instanceof Problem || error instanceof TypeError) return <ErrorNote error={error} onRetry={reset} />;
  return (
    <Empty
      whole
      title={t("shell.crash")}
      icon="alert"
      act={<Button onClick={() => location.reload()}>{t("shell.reload")}</Button>}
    >
      <p>{t("shell.crash_help")}</p>
      <code>{String(error)}</code>
    </Empty>
  );
}
