import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useOne } from "../../api/read";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Facts, Panel, Prose, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Table } from "../../ui/table";
import type { Inspection } from "./index";

/** Scheme is the plan of an inspection: what is looked at and how, how much its objects are inspected already, its versions. */
export function Scheme({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const list = (items: string[]) => (items.length > 0 ? items.join(t("scheme.semicolon")) : undefined);
  const facts: [string, string | undefined][] = [
    [t("notice.number"), inspection.number],
    [t("scheme.supervision"), word("supervision", inspection.supervision)],
    [t("scheme.designation"), inspection.designation],
    [t("scheme.matters"), list(inspection.matters)],
    [t("scheme.methods"), list(inspection.methods.map(m => word("inspection_method", m)))],
    [t("inspection.method"), inspection.method],
    [t("scheme.approved_at"), inspection.approved_at && instant(inspection.approved_at)],
  ];
  return (
    <Stack>
      {inspection.revision > 0 && <Note tone="blue">{t("scheme.locked", { n: inspection.revision })}</Note>}
      <Panel title={t("inspection.tab.scheme")}>
        <Stack>
          <Facts items={facts.filter(([, value]) => value)} />
          <div>
            <h3>{t("inspection.basis")}</h3>
            <Prose>{inspection.basis}</Prose>
          </div>
          <div>
            <h3>{t("inspection.scope")}</h3>
            <Prose>{inspection.scope}</Prose>
          </div>
          {inspection.items.length > 0 && (
            <div>
              <h3>{t("scheme.items")}</h3>
              <ol>
                {inspection.items.map((item, i) => (
                  <li key={`${i} ${item.text}`}>
                    {i + 1}. {item.text}
                  </li>
                ))}
              </ol>
            </div>
          )}
        </Stack>
      </Panel>
      <Burdens inspection={inspection} />
      {inspection.revision > 0 && <Versions inspection={inspection} />}
    </Stack>
  );
}

/** Burdens is how often and how long each object is inspected in the year, this plan included. */
function Burdens({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const query = useOne(["inspection", inspection.id, "burdens"], signal =>
    take(api.GET("/api/v1/inspections/{id}/burdens", { signal, params: { path: { id: inspection.id } } })),
  );
  return (
    <Panel title={t("scheme.burden")} flush>
      <Loaded query={query}>
        {data => (
          <Table
            label={t("scheme.burden")}
            rows={data.items}
            id={row => row.unit_id}
            columns={[
              { key: "unit", title: t("notice.unit"), phone: "main", cell: row => row.unit_name },
              {
                key: "count",
                title: t("scheme.per_year"),
                kind: "num",
                cell: row => t("scheme.of", { n: row.inspections, limit: row.per_year }),
              },
              {
                key: "days",
                title: t("scheme.days_most"),
                kind: "num",
                cell: row => t("scheme.of", { n: Math.max(0, ...row.quarters.map(q => q.days)), limit: row.days_per_quarter }),
              },
              {
                key: "over",
                title: t("scheme.judged"),
                kind: "tight",
                cell: row => (
                  <Tag tone={row.over ? "amber" : "green"}>{row.over ? t("scheme.burden_over") : t("scheme.burden_fine")}</Tag>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function Versions({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const query = useOne(["inspection", inspection.id, "versions"], signal =>
    take(api.GET("/api/v1/inspections/{id}/versions", { signal, params: { path: { id: inspection.id } } })),
  );
  return (
    <Panel title={t("scheme.versions")} flush>
      <Loaded query={query}>
        {data => (
          <Table
            label={t("scheme.versions")}
            rows={[...data.items].reverse()}
            id={row => String(row.number)}
            columns={[
              {
                key: "number",
                title: t("scheme.version"),
                kind: "tight",
                phone: "main",
                cell: row => t("scheme.nth", { n: row.number }),
              },
              { key: "days", title: t("inspection.days"), kind: "tight", cell: row => `${row.starts_on} — ${row.ends_on}` },
              { key: "units", title: t("inspection.units"), cell: row => row.units.map(unit => unit.name).join(" ") },
              { key: "reason", title: t("form.reason"), cell: row => row.reason || t("scheme.first") },
              { key: "at", title: t("due.at"), kind: "tight", cell: row => instant(row.created_at) },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
