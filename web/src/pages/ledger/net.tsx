import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Clock } from "../../api/ledger";
import { type Box, Graph } from "../../graph/graph";
import type { Arrow } from "../../graph/layout";
import { Panel } from "../../ui/layout";
import { Empty, Note } from "../../ui/states";
import { leadOf, nameOf, sectionOf } from "../plan/relations/links";
import { Outline } from "../plan/relations/outline";
import { Card } from "./board";
import css from "./ledger.module.css";
import type { LedgerRow } from "./rows";

/** More boxes than this cannot be read: the question has to be narrowed first. */
const readable = 300;

/** DutyNet draws which of the tasks found wait for which, each with its worst light; the duties of the chosen one stand below. */
export function DutyNet({
  rows,
  links,
  clock,
  chosen,
  onChoose,
}: {
  rows: LedgerRow[];
  links: Arrow[];
  clock: Clock;
  chosen?: string;
  onChoose: (id: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const byId = useMemo(() => new Map(rows.flatMap(row => (row.task ? [[row.task.id, row.task] as const] : []))), [rows]);
  const inside = useMemo(() => links.filter(link => byId.has(link.from) && byId.has(link.to)), [links, byId]);
  const { boxes, names } = useMemo(() => {
    const linked = new Set(inside.flatMap(link => [link.from, link.to]));
    const made = new Map<string, string>();
    const list = rows.flatMap((row): Box[] => {
      if (!row.task || !linked.has(row.id)) return [];
      const top = sectionOf(row.task, byId);
      made.set(top.id, nameOf(top));
      return [
        {
          id: row.id,
          group: top.id,
          title: row.title,
          note: [leadOf(row.task), row.to].filter(Boolean).join(" · "),
          mark: row.light === "red" ? "broken" : row.light === "yellow" ? "moved" : undefined,
          word: t(row.word),
        },
      ];
    });
    return { boxes: list, names: made };
  }, [rows, inside, byId, t]);
  const duties = rows.flatMap(row => (row.duty && row.duty.task_id === chosen ? [row.duty] : []));
  if (boxes.length === 0) {
    return (
      <Empty title={t("ledger.no_links")} icon="graph">
        {t("ledger.no_links_help")}
      </Empty>
    );
  }
  if (boxes.length > readable) return <Note tone="blue">{t("ledger.too_many", { count: boxes.length })}</Note>;
  return (
    <div className={css.net}>
      <Panel flush title={t("ledger.net", { count: boxes.length })}>
        <Graph
          label={t("ledger.layout.graph")}
          boxes={boxes}
          arrows={inside}
          names={names}
          chosen={chosen}
          onChoose={id => onChoose(id === chosen ? undefined : id)}
        />
        <details className={css.netList}>
          <summary>{t("relations.view.outline")}</summary>
          <Outline
            links={inside.map(link => ({ before_id: link.from, after_id: link.to }))}
            byId={byId}
            chosen={chosen}
            onChoose={onChoose}
          />
        </details>
      </Panel>
      {duties.length > 0 && (
        <ul className={css.netCards} aria-label={t("ledger.net_duties")}>
          {duties.map(duty => (
            <Card key={duty.id} duty={duty} clock={clock} />
          ))}
        </ul>
      )}
    </div>
  );
}
