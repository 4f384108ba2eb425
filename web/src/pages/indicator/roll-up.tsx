import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useOne } from "../../api/read";
import type { Indicator } from "../../api/reporting";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { useUrl } from "../../app/url";
import { usePeriod } from "../../forms/period";
import { instant } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Grid, Panel, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Select } from "../../ui/select";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";
import { TreePicker } from "../../ui/tree-picker";
import css from "./indicator.module.css";
import { periodsOf, yearsTo } from "./periods";

/** RollUp is what the figures of a unit and all below it come to in a period, with the parts that it is made of. */
export function RollUp({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation();
  const me = useMe();
  const named = usePeriod();
  const { nodes, loading } = useUnitNodes();
  const now = Number(me.today.slice(0, 4));
  const [{ unit, period }, setUrl] = useUrl<"unit" | "period">();
  const label = period ?? String(now);
  const year = Number(label.slice(0, 4));
  const sum = useOne(["indicators", indicator.id, "roll-up", unit, label], signal =>
    take(
      api.GET("/api/v1/indicators/{id}/roll-up", {
        signal,
        params: { path: { id: indicator.id }, query: { unit_id: unit || undefined, period: label } },
      }),
    ),
  );
  return (
    <Stack>
      <Panel>
        <Grid min={12}>
          <Select
            label={t("figure.year")}
            value={String(year)}
            onChange={value => setUrl({ period: value })}
            options={yearsTo(now).map(value => ({ value: String(value), label: named(String(value)) }))}
          />
          <Select
            label={t("asked.period")}
            value={label}
            onChange={value => setUrl({ period: value })}
            options={periodsOf(indicator.every, year).map(value => ({
              value,
              label: value === String(year) ? t("figure.whole_year", { year }) : named(value),
            }))}
          />
          <TreePicker
            label={t("figure.unit")}
            nodes={nodes}
            loading={loading}
            value={unit ?? sum.data?.unit_id ?? ""}
            onChange={id => setUrl({ unit: id })}
          />
        </Grid>
      </Panel>
      <Loaded query={sum}>
        {data => (
          <Panel
            title={t("figure.sum_of", { unit: data.unit_name, period: named(data.period) })}
            acts={<strong className={css.sum}>{data.value === undefined ? "—" : `${data.value} ${data.measure ?? ""}`}</strong>}
            flush
          >
            {data.rows.length === 0 ? (
              <Empty title={t("figure.none")} icon="chart">
                {t("figure.none_help")}
              </Empty>
            ) : (
              <>
                <p className={css.lead}>
                  {t("figure.made_of", {
                    gather: t(`indicator.gather.${data.gather}`),
                    counted: data.counted,
                    covered: data.covered,
                  })}
                </p>
                <Table
                  label={t("indicator.tab.roll_up")}
                  rows={data.rows}
                  id={row => row.id}
                  columns={[
                    { key: "unit", title: t("duty.unit"), phone: "main", cell: row => row.unit_name },
                    { key: "period", title: t("asked.period"), kind: "tight", cell: row => named(row.period) },
                    {
                      key: "value",
                      title: t("figure.value"),
                      kind: "num",
                      cell: row => `${row.value} ${data.measure ?? ""}`,
                    },
                    {
                      key: "counted",
                      title: t("figure.counted"),
                      kind: "tight",
                      cell: row => (
                        <Tag tone={row.counted ? "green" : "plain"}>
                          {t(row.counted ? "figure.is_counted" : "figure.is_covered")}
                        </Tag>
                      ),
                    },
                    {
                      key: "source",
                      title: t("figure.source"),
                      kind: "tight",
                      cell: row => <Link to={`${paths.duty(row.duty_id)}?tab=reports` as never}>{t("figure.see_report")}</Link>,
                    },
                    {
                      key: "at",
                      title: t("report.confirmed_at"),
                      kind: "tight",
                      phone: "hide",
                      cell: row => instant(row.confirmed_at),
                    },
                  ]}
                />
              </>
            )}
          </Panel>
        )}
      </Loaded>
    </Stack>
  );
}
