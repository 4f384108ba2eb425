import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useAct } from "../../api/query";
import { type Indicator, useIndicators } from "../../api/reporting";
import { useUrl } from "../../app/url";
import { paths } from "../../lib/path";
import { Button } from "../../ui/button";
import { Crumbs } from "../../ui/crumbs";
import { Facts, PageHead, Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { IndicatorForm } from "../indicators/form";
import { FigureHistory } from "./history";
import { RollUp } from "./roll-up";

const tabs = ["roll_up", "history"] as const;

/** IndicatorPage is one indicator: what counts, what the figures come to and of what, and every figure that was ever confirmed. */
export default function IndicatorPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const all = useIndicators();
  return (
    <Loaded whole query={all}>
      {list => {
        const found = list.find(one => one.id === id);
        return found ? <Whole indicator={found} /> : <Empty title={t("shell.not_found")}>{t("shell.not_found_help")}</Empty>;
      }}
    </Loaded>
  );
}

function Whole({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation();
  const [{ tab }, setUrl] = useUrl<"tab">();
  const current = tabs.find(value => value === tab) ?? "roll_up";
  return (
    <>
      <Crumbs items={[{ label: t("nav.indicators"), to: paths.indicators }, { label: indicator.name }]} />
      <PageHead
        title={indicator.name}
        lead={indicator.retired_at ? <Tag>{t("indicator.retired")}</Tag> : t("indicator.confirm_note")}
        acts={indicator.manage && <IndicatorActs indicator={indicator} />}
      />
      <Panel>
        <Facts
          items={[
            [t("indicator.measure"), indicator.measure],
            [t("indicator.every"), t(`indicator.every.${indicator.every}`)],
            [t("indicator.gather"), t(`indicator.gather.${indicator.gather}`)],
            [t("indicator.definition"), indicator.definition],
          ]}
        />
      </Panel>
      <Tabs
        label={indicator.name}
        value={current}
        onChange={value => setUrl({ tab: value === "roll_up" ? undefined : value })}
        tabs={tabs.map(value => ({ value, label: t(`indicator.tab.${value}`) }))}
      >
        {current === "roll_up" ? <RollUp indicator={indicator} /> : <FigureHistory indicator={indicator} />}
      </Tabs>
    </>
  );
}

function IndicatorActs({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const params = { path: { id: indicator.id }, header: match(indicator.version) };
  const retire = useAct({
    done: t("indicator.retired_now"),
    send: () => take(api.POST("/api/v1/indicators/{id}/retire", { params })),
    undo: made =>
      take(api.POST("/api/v1/indicators/{id}/restore", { params: { path: { id: made.id }, header: match(made.version) } })),
  });
  const restore = useAct({
    done: t("indicator.restored"),
    send: () => take(api.POST("/api/v1/indicators/{id}/restore", { params })),
  });
  return (
    <>
      <Button icon="edit" onClick={() => setEditing(true)}>
        {t("indicator.edit")}
      </Button>
      {indicator.retired_at ? (
        <Button kind="primary" busy={restore.isPending} onClick={() => restore.mutate()}>
          {t("indicator.restore")}
        </Button>
      ) : (
        <Button busy={retire.isPending} onClick={() => retire.mutate()}>
          {t("indicator.retire")}
        </Button>
      )}
      {editing && <IndicatorForm indicator={indicator} onClose={() => setEditing(false)} />}
    </>
  );
}
