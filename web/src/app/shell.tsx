import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNews } from "../api/news";
import { useMe } from "../api/session";
import { Icon } from "../ui/icon";
import { SkeletonRows } from "../ui/states";
import { type NavKey, places, railOf } from "./nav";
import css from "./shell.module.css";
import { useShortcuts } from "./shortcuts";
import { Top } from "./top";

const ClockAlarm = lazy(() => import("./clock-alarm").then(found => ({ default: found.ClockAlarm })));
const Palette = lazy(() => import("./palette"));

/** Shell is the frame of the page: rail, top bar, the page itself, tabs on a phone. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const rail = railOf(me.posts.map(post => post.role));
  const [finding, setFinding] = useState(false);
  const main = useRef<HTMLElement>(null);
  const wide = useRouterState({ select: state => /^\/(cockpit|desk|ledger|plans\/)/.test(state.location.pathname) });
  useShortcuts(() => setFinding(true));
  useFocusOnMove(main);
  useNews();
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        {t("shell.skip")}
      </a>
      <div className={css.rail}>
        <div className={css.brand}>
          <img src="/favicon.svg" alt="" />
          {t("app.full")}
        </div>
        <nav className={css.nav} aria-label={t("shell.main_nav")}>
          {rail.map(key => (
            <RailLink key={key} place={key} />
          ))}
        </nav>
        <div className={css.railFoot}>{me.authority.name}</div>
      </div>
      <Top onFind={() => setFinding(true)} />
      <main id="main" ref={main} className={css.main} data-wide={wide || undefined} tabIndex={-1}>
        <Offline />
        <Suspense fallback={null}>
          <ClockAlarm />
        </Suspense>
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <Outlet />
        </Suspense>
      </main>
      <nav className={css.tabs} aria-label={t("shell.main_nav")}>
        {rail.slice(0, 4).map(key => (
          <Link key={key} to={places[key].to} className={css.tab}>
            <Icon name={places[key].icon} size={1.25} />
            {t(`nav.${key}`)}
          </Link>
        ))}
        <Link to="/settings" className={css.tab}>
          <Icon name="user" size={1.25} />
          {t("nav.me")}
        </Link>
      </nav>
      {finding && (
        <Suspense fallback={null}>
          <Palette rail={rail} onClose={() => setFinding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function RailLink({ place }: { place: NavKey }) {
  const { t } = useTranslation();
  return (
    <Link to={places[place].to} className={css.link}>
      <Icon name={places[place].icon} />
      {t(`nav.${place}`)}
    </Link>
  );
}

/** useFocusOnMove puts the focus on the new page's title, so that a screen reader reads it and keys work there. */
function useFocusOnMove(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: state => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) {
      (main.current?.querySelector<HTMLElement>("h1") ?? main.current)?.focus({ preventScroll: true });
    }
    before.current = path;
  }, [path, main]);
}

function Offline() {
  const { t } = useTranslation();
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online ? null : (
    <div className={css.banner} role="status">
      {t("shell.offline")}
    </div>
  );
}
