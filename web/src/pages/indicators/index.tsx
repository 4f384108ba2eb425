import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { PageHead } from "../../ui/layout";
import { Tabs } from "../../ui/tabs";
import { Burden } from "./burden";
import { Indicators } from "./list";

const tabs = ["list", "burden"] as const;

/** IndicatorsPage is what figures the authority asks for, what they come to, and how much its units are asked for. */
export default function IndicatorsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ tab }, setUrl] = useUrl<"tab">();
  const shown = tabs.filter(value => value === "list" || me.permissions.includes("counter.read"));
  const current = shown.find(value => value === tab) ?? "list";
  return (
    <>
      <PageHead title={t("nav.indicators")} lead={t("indicator.lead")} />
      <Tabs
        label={t("nav.indicators")}
        value={current}
        onChange={value => setUrl({ tab: value === "list" ? undefined : value })}
        tabs={shown.map(value => ({ value, label: t(`indicator.tab.${value}`) }))}
      >
        {current === "list" ? <Indicators /> : <Burden />}
      </Tabs>
    </>
  );
}
