import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { stepName } from "../../forms/step-name";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Facts, Muted, Panel, Stack } from "../../ui/layout";
import { Light, type LightName } from "../../ui/light";
import { Empty, Note } from "../../ui/states";
import { Table } from "../../ui/table";

type Difference = Schemas["RuleDifference"];
type Effect = Schemas["RuleEffect"];

/** Result is what would have differed: which object, which day, which step or light, by the rules in force and by the candidate. */
export function Result({ result }: { result: Schemas["RuleTest"] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("rules.result")}>
      <Stack>
        <Facts
          items={[
            [t("rules.objects"), result.objects],
            [t("rules.differing"), result.differing],
            [t("rules.steps_differ"), result.steps],
            [t("rules.lights_differ"), result.lights],
          ]}
        />
        {result.unexplained > 0 && <Note tone="amber">{t("rules.unexplained", { n: result.unexplained })}</Note>}
        {result.differing === 0 && (
          <Empty title={t("rules.same")} icon="check">
            {t("rules.same_help")}
          </Empty>
        )}
        {result.items.length > 0 && (
          <Table
            label={t("rules.result")}
            rows={result.items}
            id={row => `${row.on}${row.subject_id}${row.what}${row.step ?? ""}`}
            columns={[
              { key: "on", title: t("rules.day"), kind: "tight", cell: row => row.on },
              {
                key: "object",
                title: t("rules.object"),
                phone: "main",
                cell: row => (
                  <Link to={(row.subject === "duty" ? paths.duty(row.subject_id) : paths.notice(row.subject_id)) as never}>
                    {row.title || row.subject_id}
                  </Link>
                ),
              },
              { key: "unit", title: t("rules.unit"), cell: row => row.unit_name },
              { key: "what", title: t("rules.what"), kind: "tight", cell: row => <What row={row} /> },
              { key: "old", title: t("rules.old"), kind: "tight", cell: row => <Shown effect={row.old} /> },
              { key: "new", title: t("rules.new"), kind: "tight", cell: row => <Shown effect={row.new} /> },
            ]}
          />
        )}
        {result.more && <Muted>{t("rules.more", { n: result.items.length })}</Muted>}
      </Stack>
    </Panel>
  );
}

function What({ row }: { row: Difference }) {
  const { t } = useTranslation();
  return row.what === "light" ? (
    <span>{t("rules.light_until", { date: row.until })}</span>
  ) : (
    <span title={row.step}>{stepName(row.step ?? "")}</span>
  );
}

function Shown({ effect }: { effect?: Effect }) {
  const { t } = useTranslation();
  if (!effect) return <Muted>{t("rules.nothing")}</Muted>;
  if (effect.light) return <Light light={effect.light as LightName} />;
  const kind = word("step_kind", effect.colour ? `${effect.kind}_${effect.colour}` : (effect.kind ?? ""));
  return (
    <>
      {effect.on} {kind} <Muted>{(effect.to ?? []).map(one => word("recipient", one)).join(" ")}</Muted>
    </>
  );
}
