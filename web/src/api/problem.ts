/** One place in the input that is at fault, in the reader's language. */
export interface FieldFault {
  location: string;
  code: string;
  message: string;
  params?: Record<string, unknown>;
}

interface Body {
  status: number;
  code: string;
  detail: string;
  params?: Record<string, unknown>;
  fields?: FieldFault[];
  request_id?: string;
}

/** Problem is an answer of the server that refuses (RFC 9457): the code is contract, the message is for people. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly fields: FieldFault[];
  readonly requestId: string;

  constructor(body: Body) {
    super(body.detail);
    this.name = "Problem";
    this.status = body.status;
    this.code = body.code;
    this.params = body.params ?? {};
    this.fields = body.fields ?? [];
    this.requestId = body.request_id ?? "";
  }

  /** field is the message about one field of the body, by its name. */
  field(name: string): string | undefined {
    return this.fields.find(
      f => f.location === `body.${name}` || f.location.startsWith(`body.${name}[`) || f.location.startsWith(`body.${name}.`),
    )?.message;
  }
}

/** problemOf reads a refusal; a body that is none (a proxy's page) becomes a problem without a text of the server. */
export function problemOf(status: number, text: string, fallback: string): Problem {
  try {
    const body = JSON.parse(text) as Partial<Body>;
    if (body.code)
      return new Problem({
        status,
        code: body.code,
        detail: body.detail ?? fallback,
        params: body.params,
        fields: body.fields,
        request_id: body.request_id,
      });
  } catch {
    // not JSON
  }
  return new Problem({ status, code: "unknown", detail: fallback });
}

/** isStale reports whether somebody else was faster. */
export const isStale = (error: unknown) => error instanceof Problem && error.status === 412;
