import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { instant } from "../../lib/dates";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Muted, Panel, Row, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { ErrorNote, Note } from "../../ui/states";

type Enrolled = Schemas["EnrolledFactor"];

/** Factor adds and removes the second factor of sign-in. */
export function Factor() {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/session/second-factor", { signal })),
  });
  const [made, setMade] = useState<Enrolled>();
  const [codes, setCodes] = useState<string[]>();
  return (
    <Panel title={t("factor.title")}>
      <Loaded query={found}>
        {view => (
          <Stack gap={1}>
            {view.required && !view.enabled && <Note tone="amber">{t("factor.required")}</Note>}
            {codes ? (
              <Recovery codes={codes} onDone={() => setCodes(undefined)} />
            ) : made ? (
              <Confirm made={made} onDone={setCodes} onOver={() => setMade(undefined)} />
            ) : view.enabled ? (
              <Enabled since={instant(view.since ?? "")} left={view.recovery_left} />
            ) : (
              <Begin onMade={setMade} />
            )}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

/** fieldOf is what is said about one field, so that the note above need not say it again. */
function fieldOf(error: unknown, name: string) {
  return error instanceof Problem ? error.field(name) : undefined;
}

function Begin({ onMade }: { onMade: (made: Enrolled) => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const begin = useAct({
    quiet: true,
    send: () => take(api.POST("/api/v1/session/second-factor", { body: { password } })),
    after: onMade,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (password) begin.mutate();
  }
  const wrong = fieldOf(begin.error, "password");
  return (
    <form onSubmit={submit}>
      <Stack gap={0.75}>
        <Muted>{t("factor.lead")}</Muted>
        {begin.isError && !wrong && <ErrorNote error={begin.error} />}
        <TextField
          label={t("factor.password")}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          max={800}
          error={wrong}
        />
        <Button type="submit" busy={begin.isPending} disabled={!password}>
          {t("factor.begin")}
        </Button>
      </Stack>
    </form>
  );
}

function Confirm({ made, onDone, onOver }: { made: Enrolled; onDone: (codes: string[]) => void; onOver: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const confirm = useAct({
    quiet: true,
    done: t("factor.on"),
    send: () => take(api.POST("/api/v1/session/second-factor/confirm", { body: { code } })),
    after: out => {
      onDone(out.codes ?? []);
      onOver();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.length >= 6) confirm.mutate();
  }
  const wrong = fieldOf(confirm.error, "code");
  return (
    <form onSubmit={submit}>
      <Stack gap={0.75}>
        <p>{t("factor.scan")}</p>
        <img src={`data:image/png;base64,${made.qr}`} width={200} height={200} alt={t("factor.qr")} />
        <Muted>
          {t("factor.secret")} <code>{made.secret}</code>
        </Muted>
        {confirm.isError && !wrong && <ErrorNote error={confirm.error} />}
        <TextField label={t("factor.code")} autoComplete="one-time-code" value={code} onChange={setCode} max={10} error={wrong} />
        <Row gap={0.5}>
          <Button kind="primary" type="submit" busy={confirm.isPending} disabled={code.length < 6}>
            {t("factor.confirm")}
          </Button>
          <Button onClick={onOver}>{t("factor.not_now")}</Button>
        </Row>
      </Stack>
    </form>
  );
}

function Recovery({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap={0.75}>
      <Note tone="amber">{t("factor.recovery")}</Note>
      <ul>
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button onClick={onDone}>{t("factor.kept")}</Button>
    </Stack>
  );
}

function Enabled({ since, left }: { since: string; left: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const remove = useAct({
    quiet: true,
    done: t("factor.off"),
    send: () => take(api.POST("/api/v1/session/second-factor/remove", { body: { password, code } })),
    after: () => setOpen(false),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (password && code.length >= 6) remove.mutate();
  }
  const known = fieldOf(remove.error, "password") ?? fieldOf(remove.error, "code");
  return (
    <Stack gap={0.75}>
      <p>{t("factor.enabled", { since, left })}</p>
      {!open ? (
        <Button onClick={() => setOpen(true)}>{t("factor.remove")}</Button>
      ) : (
        <form onSubmit={submit}>
          <Stack gap={0.75}>
            {remove.isError && !known && <ErrorNote error={remove.error} />}
            <TextField
              label={t("factor.password")}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              max={800}
              error={fieldOf(remove.error, "password")}
            />
            <TextField
              label={t("factor.code_or_recovery")}
              autoComplete="one-time-code"
              value={code}
              onChange={setCode}
              max={40}
              error={fieldOf(remove.error, "code")}
            />
            <Row gap={0.5}>
              <Button type="submit" busy={remove.isPending} disabled={!password || code.length < 6}>
                {t("factor.remove")}
              </Button>
              <Button onClick={() => setOpen(false)}>{t("factor.not_now")}</Button>
            </Row>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
