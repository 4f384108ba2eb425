import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import { useAct } from "../api/query";
import { signOut, useMe } from "../api/session";
import { choose, type Language, languages, word } from "../i18n";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu } from "../ui/menu";
import { change, useSettings } from "../ui/settings";
import { places, railOf } from "./nav";
import css from "./shell.module.css";

const texts = ["standard", "large", "huge"] as const;
const schemes = ["light", "dark", "auto"] as const;

/** On a phone the rail is gone and so many of its places have a tab; the menu has the others. */
const tabs = 4;
const narrow = () => matchMedia("(max-width: 48rem)").matches;

/** Top is the bar over every page: authority, date, search, display, user. */
export function Top({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <header className={css.top}>
      <span className={css.authority}>{me.authority.short_name || me.authority.name}</span>
      <span className={css.asOf}>{t("shell.as_of", { date: me.today })}</span>
      <button type="button" className={css.find} onClick={onFind}>
        <Icon name="search" />
        <span>{t("shell.search")}</span>
        <span className={css.keys} aria-hidden="true">
          Ctrl K
        </span>
      </button>
      <Bell />
      <Display />
      <User />
    </header>
  );
}

/** Bell counts the unread messages. */
function Bell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const unread = useQuery({
    queryKey: ["messages", "count"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/messages/unread", { signal })),
  });
  const count = unread.data?.count ?? 0;
  const label = count > 0 ? t("shell.bell_count", { count }) : t("shell.bell");
  return (
    <IconButton name="bell" label={label} onClick={() => void navigate({ to: "/messages" as never })}>
      {count > 0 && <span className={css.unread}>{unread.data?.more ? `${count}+` : count}</span>}
    </IconButton>
  );
}

function Display() {
  const { t, i18n } = useTranslation();
  const settings = useSettings();
  return (
    <Menu
      target={<IconButton name="text" label={t("shell.text_size")} />}
      groups={[
        {
          title: t("settings.text"),
          items: texts.map(text => ({
            label: t(`shell.text.${text}`),
            checked: settings.text === text,
            onPick: () => change({ text }),
          })),
        },
        {
          title: t("shell.scheme"),
          items: schemes.map(scheme => ({
            label: t(`shell.scheme.${scheme}`),
            checked: settings.scheme === scheme,
            onPick: () => change({ scheme }),
          })),
        },
        {
          items: [
            {
              label: t("shell.contrast"),
              checked: settings.contrast === "high",
              onPick: () => change({ contrast: settings.contrast === "high" ? "normal" : "high" }),
            },
          ],
        },
        {
          title: t("shell.language"),
          items: languages.map(l => ({
            label: t(`language.${l}`),
            checked: i18n.language === l,
            onPick: () => void choose(l as Language),
          })),
        },
      ]}
    />
  );
}

function User() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const leave = useAct({ send: signOut, done: t("shell.signed_out"), after: () => void navigate({ to: "/sign-in" }) });
  const first = me.posts[0];
  const rest = railOf(me.posts.map(post => post.role))
    .slice(tabs)
    .map(key => ({ label: t(`nav.${key}`), icon: places[key].icon, onPick: () => void navigate({ href: places[key].to }) }));
  return (
    <Menu
      target={
        <button type="button" className={css.user}>
          <Icon name="user" />
          <span>{me.user.name}</span>
          {first && <small>{word("role", first.role)}</small>}
          <Icon name="down" size={0.75} />
        </button>
      }
      groups={[
        {
          title: t("shell.posts"),
          items:
            me.posts.length > 0
              ? me.posts.map(post => ({ label: `${post.unit_name} · ${word("role", post.role)}`, icon: "people" as const }))
              : [{ label: t("shell.no_post"), reason: t("ui.no_right_ask") }],
        },
        ...(narrow() && rest.length > 0 ? [{ title: t("shell.main_nav"), items: rest }] : []),
        {
          items: [
            { label: t("shell.settings"), icon: "user", onPick: () => void navigate({ to: "/settings" }) },
            { label: t("shell.help"), icon: "help", onPick: () => void navigate({ to: "/help" }) },
            { label: t("shell.sign_out"), icon: "exit", onPick: () => leave.mutate() },
          ],
        },
      ]}
    />
  );
}
