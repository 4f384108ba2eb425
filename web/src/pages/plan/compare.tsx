import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { type Plan, percent, usePlans } from "../../api/duties";
import { useEvery } from "../../api/pages";
import { useOne } from "../../api/read";
import { useUrl } from "../../app/url";
import { word } from "../../i18n";
import { DateField } from "../../ui/date-field";
import { Panel, Row, Stack } from "../../ui/layout";
import { Tag, type Tone } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Select } from "../../ui/select";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";
import css from "./plan.module.css";

const tones: Record<string, Tone> = { added: "green", removed: "red", moved: "blue", changed: "amber" };

/** Compare sets a plan beside another one (last year's, an older draft, the same document read again), and an issued one beside itself on another day. */
export function Compare({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [{ with: other = "" }, setUrl] = useUrl<"with" | "since">();
  const plans = useEvery(usePlans());
  return (
    <Stack>
      {plan.status !== "draft" && <Since plan={plan} />}
      <Panel title={t("compare.plans")}>
        <Stack>
          <Select
            label={t("compare.with")}
            value={other}
            clearable
            onChange={value => setUrl({ with: value || undefined })}
            options={plans.items
              .filter(one => one.id !== plan.id)
              .map(one => ({ value: one.id, label: one.title + t("ui.paren", { text: word("status.plan", one.status) }) }))}
          />
          {other ? <Differences plan={plan} other={other} /> : <p>{t("compare.pick")}</p>}
        </Stack>
      </Panel>
    </Stack>
  );
}

function Differences({ plan, other }: { plan: Plan; other: string }) {
  const { t } = useTranslation();
  const found = useOne(["plan", plan.id, "compare", other, plan.version], signal =>
    take(api.GET("/api/v1/plans/{id}/compare", { signal, params: { path: { id: plan.id }, query: { with: other } } })),
  );
  return (
    <Loaded query={found}>
      {data =>
        data.items.length === 0 ? (
          <Empty title={t("compare.same")} icon="check" />
        ) : (
          <>
            <p role="status">{t("compare.sum", { count: data.items.length, same: data.same })}</p>
            <Table
              label={t("compare.plans")}
              rows={data.items}
              id={row => `${row.before_id ?? ""}-${row.after_id ?? ""}`}
              columns={[
                {
                  key: "kind",
                  title: t("compare.kind"),
                  kind: "tight",
                  cell: row => <Tag tone={tones[row.kind]}>{t(`compare.kind.${row.kind}`)}</Tag>,
                },
                { key: "task", title: t("duty.task"), phone: "main", cell: row => `${row.number ?? ""} ${row.title}` },
                { key: "fields", title: t("compare.what"), cell: row => <Fields fields={row.fields} /> },
              ]}
            />
          </>
        )
      }
    </Loaded>
  );
}

function Fields({ fields }: { fields: Schemas["FieldChange"][] }) {
  return (
    <ul className={css.fields}>
      {fields.map(one => (
        <li key={one.field}>
          <strong>{word("compare.field", one.field)}</strong> <del>{one.before || "—"}</del> → <ins>{one.after || "—"}</ins>
        </li>
      ))}
    </ul>
  );
}

/** Since is what has changed of an issued plan after a day; without one, since it was issued. */
function Since({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const [{ since = "" }, setUrl] = useUrl<"with" | "since">();
  const from = since ? `${since}T00:00:00+08:00` : undefined;
  const found = useOne(["plan", plan.id, "changes", since], signal =>
    take(api.GET("/api/v1/plans/{id}/changes", { signal, params: { path: { id: plan.id }, query: { from } } })),
  );
  return (
    <Panel title={t("compare.baseline")}>
      <Stack>
        <DateField
          label={t("compare.since")}
          hint={t("compare.since_hint")}
          value={since}
          min={plan.issued_on}
          onChange={value => setUrl({ since: value || undefined })}
        />
        <Loaded query={found}>
          {data =>
            data.items.length === 0 ? (
              <Empty title={t("compare.no_change")} icon="check" />
            ) : (
              <Table
                label={t("compare.baseline")}
                rows={data.items}
                id={row => row.task_id}
                columns={[
                  {
                    key: "kind",
                    title: t("compare.kind"),
                    kind: "tight",
                    cell: row => <Tag tone={tones[row.kind]}>{t(`compare.kind.${row.kind}`)}</Tag>,
                  },
                  { key: "task", title: t("duty.task"), phone: "main", cell: row => `${row.number ?? ""} ${row.title}` },
                  {
                    key: "due",
                    title: t("duty.due"),
                    kind: "tight",
                    cell: row => (row.old_due === row.new_due ? row.new_due : `${row.old_due ?? "—"} → ${row.new_due ?? "—"}`),
                  },
                  {
                    key: "progress",
                    title: t("duty.progress"),
                    kind: "num",
                    cell: row => `${percent(row.old_progress)}% → ${percent(row.new_progress)}%`,
                  },
                  {
                    key: "units",
                    title: t("plan.units"),
                    cell: row => (
                      <Row wrap>
                        {row.joined.map(name => (
                          <Tag key={name} tone="green">{`+ ${name}`}</Tag>
                        ))}
                        {row.left.map(name => (
                          <Tag key={name} tone="red">{`− ${name}`}</Tag>
                        ))}
                      </Row>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Stack>
    </Panel>
  );
}
