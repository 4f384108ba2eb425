import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Clock, useViews, type View } from "../../api/ledger";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";

const SaveView = lazy(() => import("./view-forms").then(found => ({ default: found.SaveView })));
const OwnViews = lazy(() => import("./view-forms").then(found => ({ default: found.OwnViews })));

/** Shown is what a view keeps: the question with its layout, order and columns, and which due date counts. */
export interface Shown {
  query: string;
  layout: string;
  sort?: string;
  columns: string[];
  clock: Clock;
}

export const shares = ["mine", "unit", "role"] as const;

/** Views opens saved views, keeps the present one and clears out one's own. */
export function Views({ shown, onOpen }: { shown: Shown; onOpen: (view: View) => void }) {
  const { t } = useTranslation();
  const views = useViews();
  const [saving, setSaving] = useState(false);
  const [sorting, setSorting] = useState(false);
  const of = (share: View["share"]) => views.items.filter(view => view.share === share);
  const groups = shares
    .map(share => ({
      title: t(`ledger.view.${share}`),
      items: of(share).map(view => ({
        label: view.name,
        icon: "list" as const,
        onPick: () => onOpen(view),
        checked: (["query", "layout", "clock"] as const).every(part => view[part] === shown[part]) || undefined,
      })),
    }))
    .filter(group => group.items.length > 0);
  const own = views.items.filter(view => view.owned);
  return (
    <>
      <Menu
        target={<Button icon="list">{t("ledger.views")}</Button>}
        groups={[
          ...groups,
          {
            items: [
              { label: t("ledger.view.save"), icon: "add", onPick: () => setSaving(true) },
              {
                label: t("ledger.view.manage"),
                icon: "edit",
                reason: own.length === 0 ? t("ledger.view.none") : undefined,
                onPick: () => setSorting(true),
              },
            ],
          },
        ]}
      />
      <Suspense>
        {saving && <SaveView shown={shown} onClose={() => setSaving(false)} />}
        {sorting && <OwnViews views={own} shown={shown} onClose={() => setSorting(false)} />}
      </Suspense>
    </>
  );
}
