import { useTranslation } from "react-i18next";
import { type Clock, type Question, saveLedger } from "../../api/ledger";
import { useAct } from "../../api/query";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";

/** fileColumns are the columns of a file that stand for those on the screen. */
const fileColumns: Record<string, string[]> = {
  task: ["number", "title"],
  unit: ["unit"],
  part: ["part"],
  status: ["status"],
  due: ["original_due", "due"],
  light: ["light"],
  progress: ["progress"],
  reported: ["reported"],
  sign: ["sign_by"],
  leader: ["leader"],
  plan: ["plan"],
  urges: ["urges"],
  extensions: ["extensions"],
  word: ["last_word"],
  change: ["change"],
};
const orders = ["due", "unit", "progress"];

/** fileOrder is the order of the file: that of the screen where a file knows it, by the due date that counts. */
function fileOrder(sort: string | undefined, clock: Clock) {
  const key = sort?.replace(/^-/, "") ?? "due";
  if (!orders.includes(key)) return undefined;
  const known = key === "due" && clock === "original" ? "original_due" : key;
  return (sort?.startsWith("-") ? `-${known}` : known) as "due";
}

/** FileMenu saves what fits the question as a file, with the columns on the screen. */
export function FileMenu({
  question,
  sort,
  clock,
  columns,
}: {
  question: Question;
  sort?: string;
  clock: Clock;
  columns: string[];
}) {
  const { t } = useTranslation();
  const save = useAct({
    send: (format: "xlsx" | "csv") =>
      saveLedger({
        ...question,
        format,
        sort: fileOrder(sort, clock),
        columns: columns.flatMap(key => fileColumns[key] ?? []),
      }),
    done: count => t("ledger.file_saved", { count }),
  });
  return (
    <Menu
      target={
        <Button icon="download" busy={save.isPending}>
          {t("ledger.export")}
        </Button>
      }
      groups={[
        {
          items: (["xlsx", "csv"] as const).map(format => ({
            label: t(`ledger.export.${format}`),
            icon: "file" as const,
            onPick: () => save.mutate(format),
          })),
        },
      ]}
    />
  );
}

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
