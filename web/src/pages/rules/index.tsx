import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useOne } from "../../api/read";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { PageHead } from "../../ui/layout";
import { NoRight } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { InForce } from "./in-force";
import { Try } from "./try";
import { Versions } from "./versions";

const parts = { in_force: "rule.read", versions: "rule.read", try: "rule.test" } as const;
type Part = keyof typeof parts;

/** Rules is the ladders as data: what is in force, what was proposed and by whom approved, and trying a candidate. */
export default function Rules() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ tab }, setUrl] = useUrl<"tab">();
  const [text, setText] = useState("");
  const book = useOne(["rules"], signal => take(api.GET("/api/v1/rules", { signal })), me.permissions.includes("rule.read"));
  const mine = (Object.keys(parts) as Part[]).filter(part => me.permissions.includes(parts[part]));
  const current = mine.includes(tab as Part) ? (tab as Part) : mine[0];
  if (!current) return <NoRight />;
  return (
    <>
      <PageHead title={t("nav.rules")} lead={t("rules.lead")} />
      <Tabs
        label={t("nav.rules")}
        value={current}
        onChange={value => setUrl({ tab: value })}
        tabs={mine.map(value => ({ value, label: t(`rules.tab.${value}`) }))}
      >
        {current === "in_force" && (
          <InForce
            book={book}
            onUse={
              mine.includes("try")
                ? content => {
                    setText(content);
                    setUrl({ tab: "try" });
                  }
                : undefined
            }
          />
        )}
        {current === "versions" && <Versions />}
        {current === "try" && <Try book={book.data} text={text} onText={setText} />}
      </Tabs>
    </>
  );
}
