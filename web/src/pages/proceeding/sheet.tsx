import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { instant, longDate } from "../../lib/dates";
import type { Proceeding } from "../proceedings/words";
import css from "./sheet.module.css";

/** Sheet is the paper of a proceeding, shown only in print: the record of an interview with its lines to sign, or a circular. */
export function Sheet({ of }: { of: Proceeding }) {
  const { t } = useTranslation();
  const { authority } = useMe();
  return (
    <article className={css.sheet}>
      <header>
        <p className={css.authority}>{authority.name}</p>
        <p className={css.kind}>{t(`proceeding.sheet.${of.kind}`)}</p>
        <p>{of.number ?? t("notice.no_number")}</p>
      </header>
      <p className={css.title}>{of.title}</p>
      {of.kind === "interview" ? <Record of={of} /> : <Circular of={of} />}
    </article>
  );
}

/** Record is the form of an interview: who, when, where, what was said, and the lines to sign. */
function Record({ of }: { of: Proceeding }) {
  const { t, i18n } = useTranslation();
  const rows: [string, string | undefined][] = [
    [t("proceeding.sheet.unit"), of.unit_name],
    [t("proceeding.held_on"), of.held_on && longDate(of.held_on, i18n.language)],
    [t("proceeding.place"), of.place],
    [t("proceeding.participants"), of.participants],
    [t("proceeding.grounds"), of.grounds],
    [t("proceeding.basis"), basis(of)],
    [t("proceeding.record"), of.record],
  ];
  return (
    <>
      <table>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.signs}>
        {(["by", "for"] as const).map(who => (
          <p key={who}>
            {t(`proceeding.sheet.sign_${who}`)}
            <span className={css.line} />
            {t("proceeding.sheet.date")}
          </p>
        ))}
      </div>
    </>
  );
}

/** Circular is a circular as the office sends it: to whom, why, on what it rests, from whom and when. */
function Circular({ of }: { of: Proceeding }) {
  const { t, i18n } = useTranslation();
  const { authority } = useMe();
  const day = of.issued_at && instant(of.issued_at).slice(0, 10);
  return (
    <>
      <p>{t(`proceeding.sheet.to.${of.audience}`, { unit: of.unit_name })}</p>
      {of.grounds.split("\n").map((line, i) => (
        <p key={i} className={css.body}>
          {line}
        </p>
      ))}
      <p className={css.body}>{t("proceeding.sheet.rests_on", { what: basis(of) })}</p>
      <p className={css.body}>{t(`proceeding.sheet.end.${of.kind as "criticism"}`)}</p>
      <footer>
        <p>{authority.name}</p>
        <p>{day && longDate(day, i18n.language)}</p>
      </footer>
    </>
  );
}

const basis = (of: Proceeding) => of.basis.map(one => one.title).join("\u3001");
