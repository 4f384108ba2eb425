import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { setZone } from "../lib/dates";
import { api, type Schemas, take } from "./client";
import { queries } from "./query";

export type Me = Schemas["Me"];
export type Post = Schemas["Post"];

/** me is who is signed in, with posts and permissions; a refusal means nobody is. */
export const me = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const found = await take(api.GET("/api/v1/session", { signal }));
    setZone(found.authority.zone);
    return found;
  },
});

export function useMe(): Me {
  return useSuspenseQuery(me).data;
}

/** signIn opens a session; the cookie holds it. The code is that of the second factor, where there is one. */
export async function signIn(login: string, password: string, code: string) {
  await take(api.POST("/api/v1/session", { body: { login, password, code: code || undefined } }));
  queries.clear();
}

/** signOut ends it and forgets all that was shown. */
export async function signOut() {
  await take(api.DELETE("/api/v1/session"));
  queries.clear();
}
