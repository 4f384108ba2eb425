import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";

/** ColumnMenu shows and hides columns; the first one stays. */
export function ColumnMenu({
  all,
  shown,
  onChange,
}: {
  all: { key: string; name: string }[];
  shown: string[];
  onChange: (keys: string[]) => void;
}) {
  const { t } = useTranslation();
  const flip = (key: string) =>
    onChange(all.map(one => one.key).filter(one => (one === key ? !shown.includes(one) : shown.includes(one))));
  return (
    <Menu
      target={<Button icon="menu">{t("ledger.columns")}</Button>}
      groups={[
        {
          title: t("ledger.columns"),
          items: all.slice(1).map(one => ({ label: one.name, checked: shown.includes(one.key), onPick: () => flip(one.key) })),
        },
      ]}
    />
  );
}
