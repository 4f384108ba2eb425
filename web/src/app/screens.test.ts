import { expect, test } from "vitest";
import { router } from "./router";

type Screen = [name: string, who: string | undefined, path: string, ...steps: string[]];

/** routeOf is the address of the router that an address of the list belongs to. */
function routeOf(path: string): string | undefined {
  const address = path.split(/[?#]/)[0]!;
  const parts = address.split("/");
  const routes = Object.keys(router.routesByPath);
  if (routes.includes(address)) return address;
  return routes.find(route => {
    const wanted = route.split("/");
    return wanted.length === parts.length && wanted.every((part, i) => part === parts[i] || (part.startsWith("$") && parts[i]));
  });
}

test("every_address_of_the_router_is_a_screen_of_the_proofs", async () => {
  const { screens } = (await import("../../e2e/screens.mjs" as string)) as { screens: Screen[] };
  const seen = new Set(screens.map(([, , path]) => routeOf(path)));
  const missing = Object.keys(router.routesByPath).filter(route => !seen.has(route));
  expect(missing).toEqual([]);
  const names = screens.map(([name]) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
