import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { onSignedOut } from "../api/client";
import { Problem } from "../api/problem";
import { queries } from "../api/query";
import { me } from "../api/session";
import { type Topic, told } from "../i18n";
import { settings } from "../ui/settings";
import { Crash, Gone } from "./fallback";
import { homeOf, places } from "./nav";
import { Shell } from "./shell";
import { parseSearch, type Search, stringifySearch } from "./url";

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: Gone,
  validateSearch: (search): Search => search as Search,
});

/** app is everything that needs somebody signed in; who is not goes to the sign-in page and comes back. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      const found = await queries.ensureQueryData(me);
      if (found.enrol && location.pathname !== "/settings") throw redirect({ to: "/settings" });
      return { me: found };
    } catch (error) {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: "/sign-in", search: { back: location.href } as never });
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  beforeLoad: ({ context }) => {
    const roles = context.me.posts.map(post => post.role);
    throw redirect({ to: places[homeOf(roles, settings().start)].to as never });
  },
});

/** page is one address inside the shell; its code, and the texts of its topics, are loaded when somebody goes there. */
function page<P extends string>(path: P, load: Parameters<typeof lazyRouteComponent>[0], ...topics: Topic[]) {
  return createRoute({ getParentRoute: () => app, path, component: lazyRouteComponent(told(load, ...topics)) });
}

const pages = [
  page("/inbox", () => import("../pages/inbox/index")),
  page("/cockpit", () => import("../pages/cockpit/index"), "acts", "rectify"),
  page("/desk", () => import("../pages/desk/index"), "acts", "lanes", "reporting", "rules"),
  page("/plans", () => import("../pages/plans/index"), "plan", "relations", "reporting", "workshop"),
  page("/plans/$id", () => import("../pages/plan/index"), "acts", "plan", "relations", "reporting", "rules", "workshop"),
  page("/ledger", () => import("../pages/ledger/index")),
  page("/duties/$id", () => import("../pages/duty/index"), "acts", "closeout", "reporting", "rules"),
  page("/duties/$id/report", () => import("../pages/report/index"), "closeout", "reporting"),
  page("/duties/$id/extension", () => import("../pages/extension/index")),
  page("/reporting", () => import("../pages/reporting/index"), "reporting"),
  page("/indicators", () => import("../pages/indicators/index"), "reporting"),
  page("/indicators/$id", () => import("../pages/indicator/index"), "reporting"),
  page("/messages", () => import("../pages/messages/index")),
  page("/notices", () => import("../pages/notices/index"), "rectify"),
  page("/notices/$id", () => import("../pages/notice/index"), "acts", "closeout", "rectify", "review", "rules"),
  page("/inspections", () => import("../pages/inspections/index"), "rectify", "review"),
  page("/inspections/$id", () => import("../pages/inspection/index"), "acts", "rectify", "review"),
  page("/conclusions", () => import("../pages/conclusions/index"), "rectify", "review"),
  page("/conclusions/$id", () => import("../pages/conclusion/index"), "rectify", "review"),
  page("/objections", () => import("../pages/objections/index"), "rectify", "review"),
  page("/objections/$id", () => import("../pages/objection/index"), "rectify", "review"),
  page("/matters", () => import("../pages/matters/index"), "acts", "rectify"),
  page("/matters/$id", () => import("../pages/matter/index"), "acts", "rectify"),
  page("/instructions", () => import("../pages/instructions/index"), "acts", "rectify"),
  page("/instructions/$id", () => import("../pages/instruction/index"), "acts", "rectify"),
  page("/proceedings", () => import("../pages/proceedings/index"), "acts", "rectify"),
  page("/proceedings/$id", () => import("../pages/proceeding/index"), "acts", "rectify"),
  page("/hand-overs", () => import("../pages/hand-overs/index"), "handover"),
  page("/hand-overs/$id", () => import("../pages/hand-over/index"), "handover"),
  page("/calendar", () => import("../pages/calendar/index"), "calendar", "rules"),
  page("/admin", () => import("../pages/admin/index"), "admin", "rights", "rosters"),
  page("/rules", () => import("../pages/rules/index"), "rules"),
  page("/settings", () => import("../pages/settings/index"), "reporting", "handover"),
  page("/help", () => import("../pages/help/index")),
  createRoute({ getParentRoute: () => app, path: "$", component: Gone }),
];

const open = [
  createRoute({
    getParentRoute: () => root,
    path: "/password",
    component: lazyRouteComponent(told(() => import("../pages/password/index"), "admin")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/set-up",
    component: lazyRouteComponent(told(() => import("../pages/set-up/index"), "admin")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/sign-in",
    component: lazyRouteComponent(() => import("../pages/sign-in/index")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/reference",
    component: lazyRouteComponent(() => import("../pages/reference/index")),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren([app.addChildren([home, ...pages]), ...open]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: Gone,
  scrollRestoration: true,
});

onSignedOut(() => {
  if (router.state.location.pathname === "/sign-in") return;
  void router.navigate({ to: "/sign-in", search: { back: router.state.location.href, ended: "1" } as never });
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
