/** Shape is as much of a JSON schema as the reference shows. */
export interface Shape {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
}

interface Param {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Shape;
}

interface RawOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Param[];
  requestBody?: { content: Record<string, { schema: Shape }> };
  responses: Record<string, { content?: Record<string, { schema?: Shape }> }>;
  "x-permission"?: string;
}

/** Contract is the OpenAPI document. */
export interface Contract {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Shape> };
}

/** Operation is one act of the API as the reference lists it. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  permission: string;
  params: Param[];
  body?: Shape;
  answers: { status: string; schema: Shape }[];
}

/** operations lists all acts in the order of their addresses. */
export function operations(contract: Contract): Operation[] {
  return Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      id: raw.operationId,
      method: method.toUpperCase(),
      path,
      tag: raw.tags?.[0] ?? "",
      summary: raw.summary ?? "",
      description: raw.description ?? "",
      permission: raw["x-permission"] ?? "",
      params: raw.parameters ?? [],
      body: Object.values(raw.requestBody?.content ?? {})[0]?.schema,
      answers: Object.entries(raw.responses).flatMap(([status, answer]) => {
        const schema = status.startsWith("2") ? Object.values(answer.content ?? {})[0]?.schema : undefined;
        return schema ? [{ status, schema }] : [];
      }),
    })),
  );
}

/** typeOf names a type in a few characters. */
export function typeOf(shape: Shape): string {
  if (shape.$ref) return shape.$ref.split("/").pop()!;
  if (shape.enum) return shape.enum.map(String).join(" | ");
  if (shape.items) return `${typeOf(shape.items)}[]`;
  const type = Array.isArray(shape.type) ? shape.type.join(" | ") : (shape.type ?? "any");
  return shape.format && shape.format !== "int64" ? `${type} (${shape.format})` : type;
}
