import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { signIn } from "../../api/session";
import { useUrl } from "../../app/url";
import { choose, languages } from "../../i18n";
import { Button, TextButton } from "../../ui/button";
import { TextField } from "../../ui/field";
import { type LightName, LightShape } from "../../ui/light";
import { ErrorNote, Note } from "../../ui/states";
import css from "./sign-in.module.css";

const lights: LightName[] = ["green", "yellow", "red", "done"];

/** SignIn asks for name and password and goes on to where the person wanted to be. */
export default function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ back, ended }] = useUrl<"back" | "ended">();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const [tried, setTried] = useState(false);
  const missing = (value: string) => (tried && !value ? t("sign_in.fill") : undefined);
  const enter = useAct({
    send: () =>
      signIn(login, password, code).catch(error => {
        if (error instanceof Problem && error.code === "sign_in.code_needed") setAsked(true);
        throw error;
      }),
    quiet: true,
    after: () => void navigate({ href: back?.startsWith("/") && !back.startsWith("//") ? back : "/", replace: true }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (login && password && (!asked || code)) enter.mutate();
  }
  return (
    <div className={css.page}>
      <header className={css.side}>
        <h1>{t("app.full")}</h1>
        <p>{t("sign_in.lead")}</p>
        <ul className={css.lights}>
          {lights.map(light => (
            <li key={light}>
              <LightShape light={light} />
              {t(`light.${light}`)}
            </li>
          ))}
        </ul>
      </header>
      <main>
        <form className={css.form} onSubmit={submit} style={{ margin: "auto", minHeight: "100%" }}>
          <h2>{t("sign_in.title")}</h2>
          {ended && !enter.isError && <Note tone="amber">{t("sign_in.ended")}</Note>}
          {enter.isError && <ErrorNote error={enter.error} />}
          <TextField
            label={t("sign_in.login")}
            name="username"
            autoComplete="username"
            value={login}
            onChange={setLogin}
            max={60}
            error={missing(login)}
          />
          <TextField
            label={t("sign_in.password")}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            max={800}
            error={missing(password)}
          />
          {asked && (
            <TextField
              label={t("sign_in.code")}
              hint={t("sign_in.code_hint")}
              name="code"
              autoComplete="one-time-code"
              value={code}
              onChange={setCode}
              max={40}
              error={missing(code)}
            />
          )}
          <Button kind="primary" type="submit" size="lg" wide busy={enter.isPending}>
            {t("sign_in.submit")}
          </Button>
          <p className={css.foot}>{t("sign_in.forgot")}</p>
          <div className={css.language}>
            {languages.map(language => (
              <TextButton key={language} onClick={() => void choose(language)}>
                {t(`language.${language}`)}
              </TextButton>
            ))}
          </div>
        </form>
      </main>
    </div>
  );
}
