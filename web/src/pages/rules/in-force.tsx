import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { useMe } from "../../api/session";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { Muted, Panel, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Table } from "../../ui/table";

type Book = Schemas["RuleBook"];

/** InForce is the versions of each ladder in the order of their days, and the files as shipped. */
export function InForce({ book, onUse }: { book: UseQueryResult<Book>; onUse?: (content: string) => void }) {
  const { t } = useTranslation();
  const { today } = useMe();
  return (
    <Loaded query={book}>
      {data => (
        <Stack>
          <Panel title={t("rules.tab.in_force")} flush>
            <Table
              label={t("rules.tab.in_force")}
              rows={data.in_force}
              id={row => `${row.subject}${row.rule_set}${row.rule_version}`}
              columns={[
                { key: "subject", title: t("rules.subject"), phone: "main", cell: row => t(`rules.subject.${row.subject}`) },
                {
                  key: "set",
                  title: t("rules.about"),
                  cell: row => <span title={row.rule_set}>{word("rule_set", row.rule_set)}</span>,
                },
                { key: "version", title: t("rules.version"), kind: "num", cell: row => row.rule_version },
                {
                  key: "from",
                  title: t("rules.from"),
                  kind: "tight",
                  cell: row => row.from ?? <Muted>{t("rules.as_shipped")}</Muted>,
                },
                { key: "until", title: t("rules.until"), kind: "tight", phone: "hide", cell: row => row.until },
                {
                  key: "now",
                  title: t("rules.state"),
                  kind: "tight",
                  cell: row => (
                    <Tag tone={row.now ? "green" : "plain"}>
                      {t(row.now ? "rules.now" : row.from && row.from > today ? "rules.later" : "rules.past")}
                    </Tag>
                  ),
                },
                { key: "lights", title: t("rules.lights"), kind: "num", phone: "hide", cell: row => row.lights },
                { key: "steps", title: t("rules.steps"), kind: "num", phone: "hide", cell: row => row.steps },
              ]}
            />
          </Panel>
          <Panel title={t("rules.offers")} flush>
            <Table
              label={t("rules.offers")}
              rows={data.shipped}
              id={row => row.name}
              columns={[
                {
                  key: "what",
                  title: t("rules.about"),
                  phone: "main",
                  cell: row => <span title={row.rule_set}>{word("rule_set", row.rule_set)}</span>,
                },
                { key: "subject", title: t("rules.subject"), kind: "tight", cell: row => t(`rules.subject.${row.subject}`) },
                {
                  key: "use",
                  title: "",
                  kind: "tight",
                  cell: row =>
                    onUse && (
                      <Button size="xs" onClick={() => onUse(row.content)}>
                        {t("rules.use")}
                      </Button>
                    ),
                },
              ]}
            />
          </Panel>
        </Stack>
      )}
    </Loaded>
  );
}
