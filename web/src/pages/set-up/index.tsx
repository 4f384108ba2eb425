import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { Problem } from "../../api/problem";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { instant } from "../../lib/dates";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Facts, Grid, PageHead, Panel, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { ErrorNote, Note } from "../../ui/states";
import { toast } from "../../ui/toast";
import css from "../password/password.module.css";

const admins = ["system_admin", "security_admin", "audit_admin"] as const;
type Admin = (typeof admins)[number];
type Person = Schemas["Person"];

/** SetUpPage founds the authority of a new installation with its three administrators, by the link that the program printed. */
export default function SetUpPage() {
  const { t } = useTranslation();
  const need = useOne(["set-up"], signal => take(api.GET("/api/v1/set-up", { signal })));
  const [made, setMade] = useState<Schemas["SetUp"]>();
  // Afterwards the server says that nothing is left to set up, but the links are shown here only, and only once.
  if (made)
    return (
      <main className={css.page}>
        <Links made={made} />
      </main>
    );
  return (
    <main className={css.page}>
      <Loaded query={need}>
        {data =>
          data.needed ? (
            <Form onMade={setMade} />
          ) : (
            <Stack>
              <PageHead title={t("set_up.title")} />
              <Note tone="blue" acts={<Link to="/">{t("shell.home")}</Link>}>
                {t("set_up.done_before")}
              </Note>
            </Stack>
          )
        }
      </Loaded>
    </main>
  );
}

function Form({ onMade }: { onMade: (made: Schemas["SetUp"]) => void }) {
  const { t } = useTranslation();
  const [secret] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [house, setHouse] = useState({ name: "", short_name: "", doc_prefix: "" });
  const nobody: Person = { login: "", name: "" };
  const [people, setPeople] = useState<Record<Admin, Person>>({
    system_admin: nobody,
    security_admin: nobody,
    audit_admin: nobody,
  });
  const found = useAct({
    quiet: true,
    after: onMade,
    send: () =>
      take(
        api.POST("/api/v1/set-up", {
          body: {
            secret,
            authority: { name: house.name, short_name: house.short_name || undefined, doc_prefix: house.doc_prefix || undefined },
            ...people,
          },
        }),
      ),
  });
  const fault = (name: string) => (found.error instanceof Problem ? found.error.field(name) : undefined);
  function submit(event: FormEvent) {
    event.preventDefault();
    found.mutate();
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap={1}>
        <PageHead title={t("set_up.title")} lead={t("set_up.lead")} />
        {!secret && <Note tone="amber">{t("set_up.no_secret")}</Note>}
        {found.isError && <ErrorNote error={found.error} />}
        <Panel title={t("set_up.authority")}>
          <Stack>
            <TextField
              label={t("set_up.name")}
              required
              value={house.name}
              onChange={name => setHouse({ ...house, name })}
              error={fault("authority.name")}
              max={100}
            />
            <Grid min={12}>
              <TextField
                label={t("set_up.short_name")}
                value={house.short_name}
                onChange={short_name => setHouse({ ...house, short_name })}
                max={40}
              />
              <TextField
                label={t("set_up.doc_prefix")}
                hint={t("set_up.doc_prefix_hint")}
                value={house.doc_prefix}
                onChange={doc_prefix => setHouse({ ...house, doc_prefix })}
                max={20}
              />
            </Grid>
          </Stack>
        </Panel>
        {admins.map(role => (
          <Panel key={role} title={t(`role.${role}`)}>
            <Grid min={12}>
              <TextField
                label={t("settings.name")}
                required
                value={people[role].name}
                onChange={name => setPeople({ ...people, [role]: { ...people[role], name } })}
                error={fault(`${role}.name`)}
                max={60}
              />
              <TextField
                label={t("settings.login")}
                required
                value={people[role].login}
                onChange={login => setPeople({ ...people, [role]: { ...people[role], login } })}
                error={fault(`${role}.login`)}
                max={60}
              />
            </Grid>
          </Panel>
        ))}
        <Button kind="primary" type="submit" size="lg" wide busy={found.isPending}>
          {t("set_up.submit")}
        </Button>
      </Stack>
    </form>
  );
}

function Links({ made }: { made: Schemas["SetUp"] }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <PageHead title={made.authority.name} lead={t("set_up.done")} />
      <Note tone="amber">{t("user.link_once")}</Note>
      {made.admins.map((admin, i) => (
        <Panel
          key={admin.user.id}
          title={`${admin.user.name} ${t(`role.${admins[i] ?? "system_admin"}`)}`}
          acts={<Copy text={linkOf(admin.link.secret)} />}
        >
          <Facts
            items={[
              [t("settings.login"), admin.user.login],
              [
                t("user.link"),
                <code key="link" className={css.link}>
                  {linkOf(admin.link.secret)}
                </code>,
              ],
              [t("user.link_until"), instant(admin.link.expires_at)],
            ]}
          />
        </Panel>
      ))}
      <Note tone="blue" acts={<Link to="/sign-in">{t("sign_in.submit")}</Link>}>
        {t("set_up.next")}
      </Note>
    </Stack>
  );
}

const linkOf = (secret = "") => `${location.origin}/password#${encodeURIComponent(secret)}`;

function Copy({ text }: { text: string }) {
  const { t } = useTranslation();
  if (!navigator.clipboard) return null; // without HTTPS a browser lends none: the link can be marked
  return (
    <Button size="xs" icon="copy" onClick={() => void navigator.clipboard.writeText(text).then(() => toast(t("set_up.copied")))}>
      {t("user.copy")}
    </Button>
  );
}
