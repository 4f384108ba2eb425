import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { percent } from "../../api/duties";
import type { Clock, LedgerDuty } from "../../api/ledger";
import { useMe } from "../../api/session";
import { dueDate, dutyLight } from "../../forms/due";
import type { GridColumn } from "../../grid/tree-grid";
import { word } from "../../i18n";
import { shortDate } from "../../lib/dates";
import { paths } from "../../lib/path";
import { Bar, Light, Tag } from "../../ui/light";
import css from "./ledger.module.css";
import { RowLink } from "./row-link";
import { type LedgerRow, wordRank } from "./rows";
import type { Typed } from "./typed";

const late = "9999";

/** ownDue is the due date of a row itself: a node without one shows how far it reaches in the chart only. */
const ownDue = (row: LedgerRow) => (row.duty ? row.to : row.task?.deadline.due);

/** order compares texts of digits, ten times as fast as the comparison of a language. */
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** reports is whether the reader may report on a duty; then its progress and the latest word can be typed into the ledger. */
const reports = (row: LedgerRow) => row.duty?.allowed_actions.some(one => one.action === "report" && one.enabled) === true;

/** useColumns is the columns of the ledger; the memo keeps rows from being drawn anew. What is typed into a cell goes to `keep`. */
export function useColumns(
  compared = false,
  clock: Clock = "current",
  keep?: (row: LedgerRow, typed: Typed) => void,
): GridColumn<LedgerRow>[] {
  const { t, i18n } = useTranslation();
  const { today } = useMe();
  return useMemo(() => {
    const year = Number(today.slice(0, 4));
    const collator = new Intl.Collator(i18n.language);
    const roomy = i18n.language === "en" ? 1.5 : 1; // English words of states are longer
    const column = (
      key: string,
      name: string,
      width: number,
      rest: Omit<GridColumn<LedgerRow>, "key" | "name" | "title" | "width">,
    ): GridColumn<LedgerRow> => ({ key, name, title: name, width, ...rest });
    return [
      column("task", t("duty.task"), 20, {
        cell: row =>
          row.duty ? (
            <RowLink className={css.text} to={paths.duty(row.duty.id)}>
              {row.title}
            </RowLink>
          ) : (
            <strong className={css.text}>{row.title}</strong>
          ),
        text: row => row.title,
        compare: (a, b) => collator.compare(a.title, b.title),
      }),
      column("unit", t("duty.unit"), 10, {
        cell: row => row.duty?.unit_name ?? <span />,
        text: row => row.duty?.unit_name ?? "",
        compare: (a, b) => collator.compare(a.duty?.unit_name ?? "", b.duty?.unit_name ?? ""),
      }),
      ...(compared
        ? [
            column("change", t("ledger.change"), 14, {
              cell: row => (row.duty?.was ? <Changed duty={row.duty} year={year} /> : <span />),
              text: row => (row.duty?.was ? t(`ledger.change.${row.duty.was.change}`) : ""),
              compare: (a, b) => changeRank(a) - changeRank(b),
            }),
          ]
        : []),
      column("part", t("duty.part"), 4 * roomy, {
        cell: row =>
          !row.duty ? <span /> : <Tag tone={row.duty.part === "lead" ? "blue" : "plain"}>{t(`duty.part.${row.duty.part}`)}</Tag>,
        text: row => (row.duty ? t(`duty.part.${row.duty.part}`) : ""),
      }),
      column("status", t("duty.status"), 5 * roomy, {
        cell: row => (row.duty ? word("status.duty", row.duty.status) : <span />),
        text: row => (row.duty ? word("status.duty", row.duty.status) : ""),
        compare: (a, b) => (a.duty?.status ?? "").localeCompare(b.duty?.status ?? ""),
      }),
      column("due", t(clock === "original" ? "due.first" : "duty.due"), clock === "original" ? 8.5 : 7, {
        cell: row =>
          row.duty
            ? dueDate(t, today, { due: row.duty.due_date, original: row.duty.original_due_date, clock })
            : ownDue(row) && shortDate(ownDue(row) ?? "", year),
        text: row => ownDue(row) ?? "",
        compare: (a, b) => order(ownDue(a) ?? late, ownDue(b) ?? late),
      }),
      column("light", t("duty.light"), 8.5 * (roomy > 1 ? 1.25 : 1), {
        cell: row => (row.duty ? dutyLight(t, today, row.duty) : <Light light={row.light} words={t(row.word)} />),
        text: row => t(row.word),
        compare: (a, b) => wordRank(a.word) - wordRank(b.word),
      }),
      column("progress", t("duty.progress"), 7, {
        cell: row => <Bar value={row.progress} words={`${row.title} ${t("ui.progress", { value: row.progress })}`} />,
        text: row => `${row.duty ? percent(row.duty.progress) : row.progress}%`,
        edit: keep && {
          value: row => (reports(row) ? String(row.progress) : undefined),
          save: (row, progress) => keep(row, { progress }),
        },
        compare: (a, b) => a.progress - b.progress,
      }),
      column("reported", t("ledger.reported"), 5.5, {
        cell: row => (!row.duty ? <span /> : row.duty.reported_at && shortDate(row.duty.reported_at.slice(0, 10), year)),
        text: row => row.duty?.reported_at?.slice(0, 10) ?? "",
        compare: (a, b) => order(a.duty?.reported_at ?? "", b.duty?.reported_at ?? ""),
      }),
      column("sign", t("duty.sign_by"), 6, {
        cell: row => (row.duty?.status === "assigned" && row.duty.sign_by ? shortDate(row.duty.sign_by, year) : <span />),
        text: row => row.duty?.sign_by ?? "",
      }),
      column("leader", t("ledger.leader"), 6, {
        cell: row => row.duty?.leader_name ?? <span />,
        text: row => row.duty?.leader_name ?? "",
        compare: (a, b) => collator.compare(a.duty?.leader_name ?? "", b.duty?.leader_name ?? ""),
      }),
      column("urges", t("ledger.urges"), 4, {
        num: true,
        cell: row => row.duty?.urges || <span />,
        text: row => String(row.duty?.urges ?? ""),
        compare: (a, b) => (a.duty?.urges ?? 0) - (b.duty?.urges ?? 0),
      }),
      column("extensions", t("ledger.extensions"), 4, {
        num: true,
        cell: row => row.duty?.extensions || <span />,
        text: row => String(row.duty?.extensions ?? ""),
        compare: (a, b) => (a.duty?.extensions ?? 0) - (b.duty?.extensions ?? 0),
      }),
      column("word", t("ledger.last_word"), 18, {
        cell: row => <span className={css.text}>{row.duty?.last_word}</span>,
        text: row => row.duty?.last_word ?? "",
        edit: keep && {
          value: row => (reports(row) ? "" : undefined),
          save: (row, word) => keep(row, { word }),
        },
      }),
    ];
  }, [t, i18n.language, today, compared, clock, keep]);
}

const changes = ["added", "moved", "changed", "same"] as const;
const tones = { added: "green", moved: "amber", changed: "blue", same: "plain" } as const;
const changeRank = (row: LedgerRow) => changes.indexOf(row.duty?.was?.change ?? "same");

/** usualColumns are shown until somebody chooses; what changed is always shown when it was asked for. */
export const usualColumns = ["task", "unit", "part", "status", "due", "light", "progress", "reported", "change"];

/** Changed says what became of a duty since the day of comparison: a moved date with both dates, otherwise what differs. */
export function Changed({ duty, year }: { duty: LedgerDuty; year: number }) {
  const { t } = useTranslation();
  const was = duty.was;
  if (!was) return null;
  const rest = was.cells.filter(cell => cell !== "due_date").map(cell => t(`ledger.cell.${cell as "status"}`));
  return (
    <span className={css.text}>
      <Tag tone={tones[was.change]}>{t(`ledger.change.${was.change}`)}</Tag>{" "}
      {was.change === "moved" &&
        `${was.due_date ? shortDate(was.due_date, year) : "—"} → ${duty.due_date ? shortDate(duty.due_date, year) : "—"} `}
      {was.change !== "added" && rest.join(t("ledger.and"))}
    </span>
  );
}
