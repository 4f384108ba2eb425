import { useTranslation } from "react-i18next";
import { instant } from "../../lib/dates";
import { Button } from "../../ui/button";
import { Muted, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Note } from "../../ui/states";
import type { Inspection } from "./index";
import type { KeptFindings } from "./kept-findings";

/** UnsentFindings are the findings that are on this device only, and what became of those that were refused. */
export function UnsentFindings({ inspection, kept }: { inspection: Inspection; kept: KeptFindings }) {
  const { t } = useTranslation();
  if (kept.list.length === 0) return null;
  return (
    <Note
      tone="amber"
      acts={
        <Button size="xs" icon="redo" onClick={() => void kept.send(true)}>
          {t("check.send")}
        </Button>
      }
    >
      <Stack gap={0.5}>
        <span>{t("check.waiting", { count: kept.list.length })}</span>
        {kept.list.map(one => (
          <Row wrap key={one.key}>
            <Tag tone={one.fault ? "red" : "amber"}>{t(one.fault ? "finding.refused" : "check.unsent")}</Tag>
            <strong>{one.body.description}</strong>
            <Muted>{inspection.units.find(unit => unit.id === one.body.unit_id)?.name}</Muted>
            <Muted>{t("check.kept", { at: instant(one.written_at) })}</Muted>
            {one.fault && <span>{one.fault}</span>}
            {one.fault && (
              <Button size="xs" kind="quiet" onClick={() => kept.drop(one.key)}>
                {t("finding.drop")}
              </Button>
            )}
          </Row>
        ))}
      </Stack>
    </Note>
  );
}
