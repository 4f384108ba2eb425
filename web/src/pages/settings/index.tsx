import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { homeOf, railOf } from "../../app/nav";
import { choose, type Language, languages, word } from "../../i18n";
import { Check, Radios } from "../../ui/field";
import { Facts, Grid, PageHead, Panel, Stack } from "../../ui/layout";
import { Light } from "../../ui/light";
import { Select } from "../../ui/select";
import { change, useSettings } from "../../ui/settings";
import { Delegations } from "./delegations";
import { Digest } from "./digest";
import { Factor } from "./factor";
import { Feeds } from "./feeds";

const texts = ["standard", "large", "huge"] as const;
const schemes = ["light", "dark", "auto"] as const;

/** The start page that the posts decide. */
const usual = "usual";

/** SettingsPage is how the page looks on this device, and who one is. */
export default function SettingsPage() {
  const { t, i18n } = useTranslation();
  const settings = useSettings();
  const me = useMe();
  const roles = me.posts.map(post => post.role);
  return (
    <>
      <PageHead title={t("settings.title")} lead={t("settings.saved")} />
      <Grid min={22}>
        <Panel title={t("settings.display")}>
          <Stack gap={1}>
            <Radios
              label={t("settings.text")}
              inline
              value={settings.text}
              onChange={text => change({ text })}
              options={texts.map(value => ({ value, label: t(`shell.text.${value}`) }))}
            />
            <Radios
              label={t("shell.scheme")}
              inline
              value={settings.scheme}
              onChange={scheme => change({ scheme })}
              options={schemes.map(value => ({ value, label: t(`shell.scheme.${value}`) }))}
            />
            <Radios<Language>
              label={t("shell.language")}
              inline
              value={i18n.language as Language}
              onChange={language => void choose(language)}
              options={languages.map(value => ({ value, label: t(`language.${value}`) }))}
            />
            <Select
              label={t("settings.start")}
              width="16rem"
              value={settings.start ?? usual}
              onChange={start => change({ start: start === usual ? undefined : start })}
              options={[
                { value: usual, label: t("settings.start_usual", { place: t(`nav.${homeOf(roles)}`) }) },
                ...railOf(roles).map(key => ({ value: key, label: t(`nav.${key}`) })),
              ]}
            />
            <Check
              label={t("shell.contrast")}
              checked={settings.contrast === "high"}
              onChange={on => change({ contrast: on ? "high" : "normal" })}
            />
            <Check label={t("settings.shortcuts")} checked={settings.shortcuts} onChange={shortcuts => change({ shortcuts })} />
            <p>
              {t("settings.sign")} <Light light="red" /> <Light light="yellow" /> <Light light="green" />
            </p>
          </Stack>
        </Panel>
        <Panel title={t("settings.account")}>
          <Facts
            items={[
              [t("settings.name"), me.user.name],
              [t("settings.login"), me.user.login],
              [t("settings.authority"), me.authority.name],
              [
                t("shell.posts"),
                me.posts.length > 0 ? (
                  <Stack gap={0.125}>
                    {me.posts.map(post => (
                      <span key={post.id}>
                        {post.unit_name} · {word("role", post.role)}
                      </span>
                    ))}
                  </Stack>
                ) : (
                  t("shell.no_post")
                ),
              ],
            ]}
          />
        </Panel>
        <Delegations />
        <Digest />
        <Factor />
        <Feeds />
      </Grid>
    </>
  );
}
