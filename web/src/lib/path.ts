/** The addresses of the page, in one place; what can be shared lives in them. */
export const paths = {
  inbox: "/inbox",
  messages: "/messages",
  ledger: "/ledger",
  duty: (id: string) => `/duties/${id}`,
  report: (id: string) => `/duties/${id}/report`,
  extension: (id: string) => `/duties/${id}/extension`,
  reporting: "/reporting",
  indicators: "/indicators",
  indicator: (id: string) => `/indicators/${id}`,
  notices: "/notices",
  notice: (id: string) => `/notices/${id}`,
  plans: "/plans",
  plan: (id: string) => `/plans/${id}`,
  cockpit: "/cockpit",
  desk: "/desk",
  inspections: "/inspections",
  inspection: (id: string) => `/inspections/${id}`,
  conclusions: "/conclusions",
  conclusion: (id: string) => `/conclusions/${id}`,
  objections: "/objections",
  objection: (id: string) => `/objections/${id}`,
  calendar: "/calendar",
  admin: "/admin",
  rules: "/rules",
  matters: "/matters",
  matter: (id: string) => `/matters/${id}`,
  instructions: "/instructions",
  instruction: (id: string) => `/instructions/${id}`,
  proceedings: "/proceedings",
  proceeding: (id: string) => `/proceedings/${id}`,
  handOvers: "/hand-overs",
  handOver: (id: string) => `/hand-overs/${id}`,
  settings: "/settings",
  help: "/help",
  reference: "/reference",
  signIn: "/sign-in",
} as const;

/** fileAddress is where the browser fetches a file of the API by itself (a link, an image). */
export function fileAddress(path: string, query: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
