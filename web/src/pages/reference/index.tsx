import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/field";
import { PageHead, Panel, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { ErrorNote, SkeletonRows } from "../../ui/states";
import { Table } from "../../ui/table";
import { type Contract, type Operation, operations, typeOf } from "./contract";
import css from "./reference.module.css";

/** Reference shows the contract of the API, from the program itself; nothing comes from another host. */
export default function Reference() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const contract = useQuery({
    queryKey: ["contract"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await (await fetch("/reference/openapi.json", { signal })).json()) as Contract,
  });
  const groups = new Map<string, Operation[]>();
  for (const operation of contract.data ? operations(contract.data) : []) {
    const found = `${operation.path} ${operation.summary} ${operation.id}`.toLowerCase().includes(text.toLowerCase());
    if (found) groups.set(operation.tag, [...(groups.get(operation.tag) ?? []), operation]);
  }
  return (
    <main className={css.page}>
      <PageHead title={t("reference.title")} lead={t("reference.lead")} acts={<Link to="/">{t("shell.home")}</Link>} />
      <TextField label={t("reference.filter")} value={text} onChange={setText} type="search" />
      {contract.isPending && <SkeletonRows rows={10} />}
      {contract.isError && <ErrorNote error={contract.error} onRetry={() => void contract.refetch()} />}
      {[...groups].map(([tag, list]) => (
        <Panel key={tag} title={tag} flush>
          {list.map(operation => (
            <Row key={operation.id} operation={operation} contract={contract.data!} />
          ))}
        </Panel>
      ))}
    </main>
  );
}

function Row({ operation, contract }: { operation: Operation; contract: Contract }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={css.operation} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <Tag tone={operation.method === "GET" ? "blue" : operation.method === "DELETE" ? "red" : "green"}>{operation.method}</Tag>
        <code>{operation.path}</code>
        <span>{operation.summary}</span>
      </summary>
      {open && (
        <div className={css.body}>
          <Stack>
            <p>{operation.description}</p>
            <p>
              {t("reference.permission")}: <code>{operation.permission}</code>
            </p>
            {operation.params.length > 0 && (
              <Table
                label={t("reference.params")}
                rows={operation.params}
                id={param => param.in + param.name}
                columns={[
                  {
                    key: "name",
                    title: t("reference.name"),
                    cell: param => (
                      <code>
                        {param.name}
                        {param.required ? " *" : ""}
                      </code>
                    ),
                    kind: "tight",
                  },
                  { key: "in", title: t("reference.in"), cell: param => param.in, kind: "tight" },
                  { key: "type", title: t("reference.type"), cell: param => typeOf(param.schema), kind: "tight" },
                  { key: "meaning", title: t("reference.meaning"), cell: param => param.description },
                ]}
              />
            )}
            {operation.body && <Schema title={t("reference.body")} schema={operation.body} contract={contract} />}
            {operation.answers.map(answer => (
              <Schema
                key={answer.status}
                title={`${t("reference.answers")} ${answer.status}`}
                schema={answer.schema}
                contract={contract}
              />
            ))}
          </Stack>
        </div>
      )}
    </details>
  );
}

function Schema({
  title,
  schema,
  contract,
}: {
  title: string;
  schema: Contract["components"]["schemas"][string];
  contract: Contract;
}) {
  const { t } = useTranslation();
  const name = schema.$ref?.split("/").pop();
  const whole = (name && contract.components.schemas[name]) || schema;
  const fields = Object.entries(whole.properties ?? {});
  return (
    <div>
      <h3>
        {title}: <code>{name ?? typeOf(schema)}</code>
      </h3>
      {fields.length > 0 && (
        <Table
          label={title}
          rows={fields}
          id={([field]) => field}
          columns={[
            {
              key: "name",
              title: t("reference.name"),
              cell: ([field]) => (
                <code>
                  {field}
                  {whole.required?.includes(field) ? " *" : ""}
                </code>
              ),
              kind: "tight",
            },
            { key: "type", title: t("reference.type"), cell: ([, field]) => typeOf(field), kind: "tight" },
            { key: "meaning", title: t("reference.meaning"), cell: ([, field]) => field.description },
          ]}
        />
      )}
    </div>
  );
}
