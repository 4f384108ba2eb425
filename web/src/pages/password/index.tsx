import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { PageHead, Panel, Stack } from "../../ui/layout";
import { ErrorNote } from "../../ui/states";
import css from "./password.module.css";

/** PasswordPage sets a password by a one-use link; the secret stands behind "#", so that it never reaches a log. */
export default function PasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [secret] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [tried, setTried] = useState(false);
  const set = useAct({
    quiet: true,
    done: t("password.set"),
    send: () => take(api.POST("/api/v1/password", { body: { secret, password: first } })),
    after: () => void navigate({ to: "/sign-in" }),
  });
  const differ = tried && first !== second;
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (first && first === second) set.mutate();
  }
  return (
    <main className={css.page}>
      <Panel>
        <form onSubmit={submit} noValidate>
          <Stack gap={1}>
            <PageHead title={t("password.title")} lead={t("password.lead")} />
            {set.isError && <ErrorNote error={set.error} />}
            <TextField
              label={t("password.new")}
              type="password"
              autoComplete="new-password"
              required
              value={first}
              onChange={setFirst}
              max={800}
              error={set.error instanceof Problem ? set.error.field("password") : undefined}
            />
            <TextField
              label={t("password.again")}
              type="password"
              autoComplete="new-password"
              required
              value={second}
              onChange={setSecond}
              max={800}
              error={differ ? t("password.differ") : undefined}
            />
            <Button kind="primary" type="submit" size="lg" wide busy={set.isPending}>
              {t("password.submit")}
            </Button>
          </Stack>
        </form>
      </Panel>
    </main>
  );
}
