import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { Funnel } from "../../charts/funnel";
import { monthOf } from "../../lib/dates";
import { TextButton } from "../../ui/button";
import { Muted, Panel, Row, Split, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { Select } from "../../ui/select";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";
import { yearsTo } from "../indicator/periods";

type UnitBurden = Schemas["UnitBurden"];
type Month = UnitBurden["months"][number];

/** So many units are ranked. */
const most = 50;
const month = (year: number, n: number) => `${year}-${String(n).padStart(2, "0")}-01`;

/** Burden ranks the units by what they are asked for, and shows the months of one. */
export function Burden() {
  const { t, i18n } = useTranslation();
  const now = Number(useMe().today.slice(0, 4));
  const [url, setUrl] = useUrl<"year" | "month" | "unit">();
  const year = Number(url.year ?? now);
  const chosen = Number(url.month ?? 0);
  const list = useOne(["burdens", year, chosen], signal =>
    take(api.GET("/api/v1/burdens", { signal, params: { query: { year, month: chosen, limit: most } } })),
  );
  return (
    <Stack>
      <Row wrap>
        <Select
          label={t("figure.year")}
          value={String(year)}
          onChange={value => setUrl({ year: value })}
          options={[now + 1, ...yearsTo(now)].map(value => ({ value: String(value), label: String(value) }))}
        />
        <Select
          label={t("burden.month")}
          value={String(chosen)}
          onChange={value => setUrl({ month: value === "0" ? undefined : value })}
          options={[
            { value: "0", label: t("figure.whole_year", { year }) },
            ...Array.from({ length: 12 }, (_, i) => ({
              value: String(i + 1),
              label: monthOf(month(year, i + 1), i18n.language),
            })),
          ]}
        />
      </Row>
      <Muted>{t("burden.lead")}</Muted>
      <Loaded query={list}>
        {data => {
          const unit = data.items.find(one => one.unit_id === url.unit) ?? data.items[0];
          if (!unit) return <Empty title={t("burden.none")} icon="chart" />;
          return (
            <Split
              side={26}
              main={<Ranking items={data.items} month={chosen} on={unit.unit_id} onPick={id => setUrl({ unit: id })} />}
              aside={<Months burden={unit} />}
            />
          );
        }}
      </Loaded>
    </Stack>
  );
}

/** total is what a unit is asked for in a month, or in the year where none is chosen. */
function total(burden: UnitBurden, chosen: number, key: Exclude<keyof Month, "month">): number {
  return burden.months.filter(one => chosen === 0 || one.month === chosen).reduce((sum, one) => sum + one[key], 0);
}

const keys = ["fields", "reports", "figures", "saved"] as const;

function Ranking({
  items,
  month: chosen,
  on,
  onPick,
}: {
  items: UnitBurden[];
  month: number;
  on: string;
  onPick: (unit: string) => void;
}) {
  const { t } = useTranslation();
  const rows = items.map((one, i) => ({ ...one, rank: i + 1 }));
  return (
    <Panel title={t("burden.ranking")} flush>
      <Table
        label={t("burden.ranking")}
        rows={rows}
        id={row => row.unit_id}
        on={on}
        onOpen={row => onPick(row.unit_id)}
        columns={[
          { key: "rank", title: t("burden.rank"), kind: "tight", phone: "hide", cell: row => row.rank },
          {
            key: "unit",
            title: t("duty.unit"),
            phone: "main",
            cell: row => <TextButton onClick={() => onPick(row.unit_id)}>{row.unit_name}</TextButton>,
          },
          ...keys.map(key => ({
            key,
            title: t(`burden.${key}`),
            kind: "num" as const,
            phone: key === "fields" || key === "reports" ? undefined : ("hide" as const),
            cell: (row: UnitBurden) => t(`burden.n_${key}`, { count: total(row, chosen, key) }),
          })),
        ]}
      />
    </Panel>
  );
}

function Months({ burden }: { burden: UnitBurden }) {
  const { t, i18n } = useTranslation();
  const name = (one: Month) => monthOf(month(burden.year, one.month), i18n.language);
  return (
    <Panel title={t("burden.of", { unit: burden.unit_name })}>
      <Stack gap={1}>
        <Funnel
          label={t("burden.fields")}
          steps={burden.months.map(one => ({ key: String(one.month), name: name(one), n: one.fields }))}
        />
        <Table
          label={t("burden.by_month")}
          rows={burden.months.filter(one => one.reports > 0)}
          id={row => String(row.month)}
          columns={[
            { key: "month", title: t("burden.month"), phone: "main", cell: row => name(row) },
            ...keys.map(key => ({
              key,
              title: t(`burden.${key}`),
              kind: "num" as const,
              cell: (row: Month) => t(`burden.n_${key}`, { count: row[key] }),
            })),
          ]}
        />
      </Stack>
    </Panel>
  );
}
