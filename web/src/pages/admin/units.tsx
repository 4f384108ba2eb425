import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { type Unit, units } from "../../api/units";
import { ActForm } from "../../forms/act-dialog";
import type { FieldSpec, Values } from "../../forms/act-form";
import { type GridColumn, TreeGrid } from "../../grid/tree-grid";
import { fileAddress } from "../../lib/path";
import { matches } from "../../lib/pinyin";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Facts, Panel, Row, Split, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { ErrorNote, SkeletonRows } from "../../ui/states";
import { Timeline } from "../../ui/steps";

const ImportUnits = lazy(() => import("./import-units").then(found => ({ default: found.ImportUnits })));

const kinds = [
  "department",
  "division",
  "affiliated",
  "university",
  "city_bureau",
  "county_bureau",
  "school",
  "service_site",
] as const;

interface TreeUnit extends Unit {
  parent?: string;
}

/** Units is the unit tree with its acts: each change names its reason, the old name stays findable. */
export function Units() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery(units);
  const [find, setFind] = useState("");
  const [chosen, setChosen] = useState<string>();
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState(false);
  const rows = useMemo(
    (): TreeUnit[] =>
      (query.data ?? [])
        .filter(unit => matches(`${unit.name} ${unit.aliases.join(" ")} ${unit.code}`, find))
        .map(unit => ({ ...unit, parent: unit.parent_id })),
    [query.data, find],
  );
  const columns = useMemo(
    (): GridColumn<TreeUnit>[] => [
      {
        key: "name",
        name: t("unit.name"),
        title: t("unit.name"),
        width: 18,
        text: row => row.name,
        cell: row => row.name,
        compare: (a, b) => a.name.localeCompare(b.name, "zh-CN"),
      },
      {
        key: "kind",
        name: t("unit.kind"),
        title: t("unit.kind"),
        width: 8,
        text: row => t(`unit.kind.${row.kind as "division"}`),
        cell: row => t(`unit.kind.${row.kind as "division"}`),
      },
      { key: "code", name: t("unit.code"), title: t("unit.code"), width: 7, text: row => row.code, cell: row => row.code },
      {
        key: "aliases",
        name: t("unit.aliases"),
        title: t("unit.aliases"),
        width: 14,
        text: row => row.aliases.join(" "),
        cell: row => row.aliases.join(" / ") || <span />,
      },
    ],
    [t],
  );
  const unit = query.data?.find(one => one.id === chosen);
  const manage = me.permissions.includes("unit.manage");
  const create = useAct({
    quiet: true,
    done: t("unit.created"),
    send: (v: Values) =>
      take(
        api.POST("/api/v1/units", {
          body: { name: String(v.name), kind: String(v.kind), code: String(v.code) || undefined, parent_id: String(v.parent_id) },
        }),
      ),
  });
  return (
    <Stack>
      <Row wrap spread>
        <div style={{ width: "20rem" }}>
          <TextField label={t("unit.find")} type="search" value={find} onChange={setFind} />
        </div>
        <Row wrap>
          {me.permissions.includes("unit.export") && (
            <a href={fileAddress("/api/v1/units/export", { format: "xlsx" })}>{t("unit.export")}</a>
          )}
          {me.permissions.includes("unit.import") && (
            <Button icon="upload" onClick={() => setImporting(true)}>
              {t("unit.import")}
            </Button>
          )}
          {manage && (
            <Button kind="primary" icon="add" onClick={() => setCreating(true)}>
              {t("unit.create")}
            </Button>
          )}
        </Row>
      </Row>
      {query.isPending && <SkeletonRows rows={10} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && (
        <Split
          main={
            <Panel flush>
              <TreeGrid
                label={t("admin.tab.units")}
                columns={columns}
                rows={rows}
                onOpen={row => setChosen(row.id)}
                shutFirst={deep}
                height="calc(100vh - 17rem)"
              />
            </Panel>
          }
          aside={unit ? <OneUnit key={unit.id} unit={unit} /> : <Panel>{t("unit.choose")}</Panel>}
        />
      )}
      {importing && (
        <Suspense fallback={null}>
          <ImportUnits onClose={() => setImporting(false)} />
        </Suspense>
      )}
      {creating && (
        <ActForm
          title={t("unit.create")}
          act={t("unit.create")}
          fields={[
            { name: "name", label: t("unit.name"), kind: "line", required: true, max: 100 },
            { name: "parent_id", label: t("unit.parent"), kind: "unit", required: true, initial: chosen ?? "" },
            {
              name: "kind",
              label: t("unit.kind"),
              kind: "choice",
              required: true,
              initial: "division",
              options: kinds.map(value => ({ value, label: t(`unit.kind.${value}`) })),
            },
            { name: "code", label: t("unit.code"), kind: "line", max: 40 },
          ]}
          onSend={v => create.mutateAsync(v)}
          onClose={() => setCreating(false)}
        />
      )}
    </Stack>
  );
}

/** deep shuts what lies below the second level at first. */
const deep = (row: TreeUnit) => row.kind === "city_bureau" || row.kind === "county_bureau";

type UnitAct = "rename" | "move" | "merge" | "close";

function OneUnit({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<UnitAct>();
  const lineage = useOne(["unit", unit.id, "lineage", unit.version], signal =>
    take(api.GET("/api/v1/units/{id}/lineage", { signal, params: { path: { id: unit.id } } })),
  );
  const params = { path: { id: unit.id }, header: match(unit.version) };
  const reason: FieldSpec = {
    name: "reason",
    label: t("unit.reason"),
    kind: "text",
    required: true,
    hint: t("unit.reason_hint"),
    max: 500,
  };
  const on: FieldSpec = { name: "on", label: t("unit.on"), kind: "date" };
  const forms: Record<UnitAct, { fields: FieldSpec[]; run: (v: Values) => Promise<unknown> }> = {
    rename: {
      fields: [
        { name: "name", label: t("unit.new_name"), kind: "line", required: true, initial: unit.name, max: 100 },
        on,
        reason,
      ],
      run: v =>
        take(
          api.POST("/api/v1/units/{id}/rename", {
            params,
            body: { name: String(v.name), on: String(v.on) || undefined, reason: String(v.reason) },
          }),
        ),
    },
    move: {
      fields: [{ name: "parent_id", label: t("unit.parent"), kind: "unit", required: true }, reason],
      run: v =>
        take(api.POST("/api/v1/units/{id}/move", { params, body: { parent_id: String(v.parent_id), reason: String(v.reason) } })),
    },
    merge: {
      fields: [{ name: "into_id", label: t("unit.into"), kind: "unit", required: true }, on, reason],
      run: v =>
        take(
          api.POST("/api/v1/units/{id}/merge", {
            params,
            body: { into_id: String(v.into_id), on: String(v.on) || undefined, reason: String(v.reason) },
          }),
        ),
    },
    close: {
      fields: [on, reason],
      run: v =>
        take(api.POST("/api/v1/units/{id}/close", { params, body: { on: String(v.on) || undefined, reason: String(v.reason) } })),
    },
  };
  const send = useAct({
    quiet: true,
    done: t("unit.changed"),
    send: ({ name, values }: { name: UnitAct; values: Values }) => forms[name].run(values),
  });
  const acts = (["rename", "move", "merge", "close"] as const).filter(name => unit.allowed_actions.includes(name));
  return (
    <Panel title={unit.name}>
      <Stack>
        <Facts
          items={[
            [t("unit.kind"), t(`unit.kind.${unit.kind as "division"}`)],
            [t("unit.code"), unit.code],
            [t("unit.aliases"), unit.aliases.join(" / ")],
            [t("unit.valid_from"), unit.valid_from],
            [t("unit.valid_to"), unit.valid_to],
          ]}
        />
        {acts.length > 0 && (
          <Row wrap>
            {acts.map(name => (
              <Button key={name} size="xs" onClick={() => setAct(name)}>
                {t(`unit.act.${name}`)}
              </Button>
            ))}
          </Row>
        )}
        <Loaded query={lineage} rows={2}>
          {data => (
            <Timeline
              moments={data.items.map((change, i) => ({
                id: String(i),
                title: t(`unit.act.${change.kind}`),
                when: change.on,
                body: `${change.old_name}${change.new_name ? ` → ${change.new_name}` : ""} ${change.reason}`,
              }))}
            />
          )}
        </Loaded>
      </Stack>
      {act && (
        <ActForm
          title={`${t(`unit.act.${act}`)}: ${unit.name}`}
          act={t(`unit.act.${act}`)}
          danger={act === "merge" || act === "close"}
          fields={forms[act].fields}
          onSend={values => send.mutateAsync({ name: act, values })}
          onClose={() => setAct(undefined)}
        />
      )}
    </Panel>
  );
}
