import { useTranslation } from "react-i18next";
import { Grid, PageHead, Panel, Stack } from "../../ui/layout";
import { Light, type LightName } from "../../ui/light";
import { Table } from "../../ui/table";

const keys = [
  ["Ctrl K, /", "help.search"],
  ["?", "help.list"],
  ["G T", "help.go_inbox"],
  ["G L", "help.go_ledger"],
  ["G D", "help.go_cockpit"],
  ["G G", "help.go_gantt"],
  ["K / J, ↑ / ↓", "help.rows"],
  ["← →, Home, End", "help.grid"],
  ["Enter", "help.open"],
  ["X, Space", "help.select"],
  ["E, F2", "help.edit"],
  ["Ctrl C / Ctrl V", "help.copy"],
  ["Ctrl D", "help.fill"],
  ["Esc", "help.close"],
] as const;

const lights: LightName[] = ["grey", "green", "yellow", "red", "done"];

/** HelpPage lists the keys and what the lights mean. */
export default function HelpPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t("help.title")} />
      <Grid min={24}>
        <Panel title={t("help.keys")} flush>
          <Table
            label={t("help.keys")}
            rows={[...keys]}
            id={row => row[0]}
            columns={[
              { key: "key", title: t("help.key"), cell: row => <kbd>{row[0]}</kbd>, kind: "tight" },
              { key: "does", title: t("help.does"), cell: row => t(row[1]) },
            ]}
          />
        </Panel>
        <Panel title={t("help.lights")}>
          <Stack>
            {lights.map(light => (
              <div key={light}>
                <Light light={light} /> {t(`help.light.${light}`)}
              </div>
            ))}
            <p>{t("help.typing")}</p>
            <p>{t("help.fonts")}</p>
          </Stack>
        </Panel>
      </Grid>
    </>
  );
}
