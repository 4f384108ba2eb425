import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import css from "./crumbs.module.css";

/** Crumbs say where a page lies; the last one is the page itself. */
export function Crumbs({ items }: { items: { label: string; to?: string }[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("ui.crumbs")} className="no-print">
      <ol className={css.crumbs}>
        {items.map((item, i) => (
          <li key={i} aria-current={i === items.length - 1 ? "page" : undefined}>
            {item.to ? <Link to={item.to as never}>{item.label}</Link> : item.label}
          </li>
        ))}
      </ol>
    </nav>
  );
}
