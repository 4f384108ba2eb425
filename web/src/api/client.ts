import createClient, { type Middleware } from "openapi-fetch";
import { i18n, serverLanguage } from "../i18n";
import { newKey } from "../lib/polyfill";
import { problemOf } from "./problem";
import type { components, paths } from "./schema";

/** Schemas are the wire types by their names in the contract. */
export type Schemas = components["schemas"];

let ended: () => void = () => undefined;

/** onSignedOut sets what happens when the server says that nobody is signed in any more. */
export function onSignedOut(act: () => void) {
  ended = act;
}

/** headers are what every request carries; a create also carries a key that makes it repeatable. */
export function headers(method: string): Record<string, string> {
  const all: Record<string, string> = {
    "Accept-Language": serverLanguage(),
    Accept: "application/json, application/problem+json",
  };
  if (method === "POST") all["Idempotency-Key"] = newKey();
  return all;
}

/** refused turns a refusal into a Problem and tells the page when the session has ended. */
export function refused(status: number, text: string, path: string) {
  if (status === 401 && !path.endsWith("/session")) ended();
  return problemOf(status, text, i18n.t("ui.unknown_error"));
}

const ours: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headers(request.method))) {
      if (!request.headers.has(name) || name === "Accept-Language") request.headers.set(name, value);
    }
    return request;
  },
  async onResponse({ response, request }) {
    if (!response.ok) throw refused(response.status, await response.text(), new URL(request.url).pathname);
    return response;
  },
};

/** again sends a repeatable request a second time when the connection broke: the key makes sure that it counts once. */
async function again(request: Request): Promise<Response> {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted || !request.headers.has("Idempotency-Key")) throw error;
    await new Promise(resolve => setTimeout(resolve, 800));
    return fetch(copy);
  }
}

/** api is the typed client of the contract. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: again });
api.use(ours);

/** take waits for an answer and gives its body; refusals were thrown before. */
export async function take<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  return (await answer).data as T;
}

/** match is the header that names the version a change is based on. */
export const match = (version: number) => ({ "If-Match": `"${version}"` });
