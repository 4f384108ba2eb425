import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Clock, type Question, type Sending, saveLedger } from "../../api/ledger";
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

const Exporting = lazy(() => import("./exporting").then(found => ({ default: found.Exporting })));

/** A file of so many rows is a matter of a moment: nothing is said meanwhile. */
const long = 1000;

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
  const [sending, setSending] = useState<Sending>();
  const halt = useRef<AbortController>(undefined);
  const save = useAct({
    send: async (format: "xlsx" | "csv") => {
      halt.current = new AbortController();
      const wanted = {
        ...question,
        format,
        sort: fileOrder(sort, clock),
        columns: columns.flatMap(key => fileColumns[key] ?? []),
      };
      try {
        return await saveLedger(wanted, halt.current.signal, setSending);
      } catch (error) {
        if (halt.current.signal.aborted) return undefined; // the reader stopped it
        throw error;
      } finally {
        setSending(undefined);
      }
    },
    done: count => (count === undefined ? t("ledger.export_stopped") : t("ledger.file_saved", { count })),
  });
  return (
    <>
      {sending && sending.rows > long && (
        <Suspense fallback={null}>
          <Exporting sending={sending} onStop={() => halt.current?.abort()} />
        </Suspense>
      )}
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
    </>
  );
}
