import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Summary } from "../../api/ledger";
import { share } from "../../lib/numbers";
import { Hidden } from "../../ui/layout";
import { type LightName, LightShape } from "../../ui/light";
import css from "./cockpit.module.css";
import { parted, partLight, partOrder, partRows } from "./parts";

/** Ledger makes the address of the rows behind a number. */
export type Ledger = (search: Record<string, string | undefined>) => string;

/** Tiles are the numbers that a leader reads first: together they are all duties, and each leads to its rows. */
export function Tiles({ sum, ledger, waiting }: { sum?: Summary; ledger: Ledger; waiting: boolean }) {
  const { t } = useTranslation();
  if (!sum) {
    return (
      <div className={css.tiles} aria-hidden="true">
        {["all", ...partOrder.filter(part => part !== "red_early")].map(part => (
          <div key={part} className={css.tile} aria-busy="true">
            <span className={css.tileName}>{t(`cockpit.${part as "all"}`)}</span>
            <strong>—</strong>
          </div>
        ))}
      </div>
    );
  }
  const now = parted(sum);
  const then = sum.week_ago.count > 0 ? parted(sum.week_ago) : undefined;
  const words = { notOverdue: t("cockpit.not_overdue"), notCancelled: t("cockpit.not_cancelled") };
  const shown = partOrder.filter(part => part !== "red_early" || now.red_early > 0);
  return (
    <nav className={css.tiles} aria-label={t("cockpit.lights")}>
      <Tile
        name={t("cockpit.all")}
        n={sum.count}
        was={then && sum.week_ago.count}
        note={sum.cancelled > 0 ? t("cockpit.cancelled", { count: sum.cancelled }) : undefined}
        to={ledger({ ended: "true" })}
        waiting={waiting}
      />
      {shown.map(part => (
        <Tile
          key={part}
          light={partLight[part]}
          name={t(`cockpit.${part}`)}
          n={now[part]}
          was={then?.[part]}
          note={`${share(now[part], sum.count)}%`}
          to={ledger(partRows(part, sum, words))}
          waiting={waiting}
        />
      ))}
    </nav>
  );
}

interface TileProps {
  name: string;
  n: number;
  was?: number;
  note?: string;
  to: string;
  light?: LightName;
  waiting: boolean;
}

function Tile({ name, n, was, note, to, light, waiting }: TileProps) {
  return (
    <Link to={to as never} className={css.tile} data-light={light} aria-busy={waiting}>
      <span className={css.tileName}>
        {light && <LightShape light={light} />}
        {name}
      </span>
      <strong>{n}</strong>
      {note && <small>{note}</small>}
      {was !== undefined && <Change by={n - was} />}
    </Link>
  );
}

/** Change is the difference to a week before: a sign to look at, a sentence to listen to. More is not worse for every number: no colour. */
function Change({ by }: { by: number }) {
  const { t } = useTranslation();
  const sign = by > 0 ? `+${by}` : by < 0 ? `\u2212${-by}` : "\u00b10";
  const said = by > 0 ? t("cockpit.more", { count: by }) : by < 0 ? t("cockpit.fewer", { count: -by }) : t("cockpit.same");
  return (
    <small className={css.change}>
      <span aria-hidden="true">{t("cockpit.week", { change: sign })}</span>
      <Hidden>{said}</Hidden>
    </small>
  );
}
