import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { Muted, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty } from "../../ui/states";
import { Segments } from "../../ui/tabs";
import { toast } from "../../ui/toast";
import type { Inspection } from "./index";

type Check = Schemas["SiteItem"];
type Outcome = Check["outcome"];
const outcomes: Outcome[] = ["unchecked", "conforms", "partly", "violates"];
const tones: Record<Outcome, "plain" | "green" | "amber" | "red"> = {
  unchecked: "plain",
  conforms: "green",
  partly: "amber",
  violates: "red",
};

/** Checks is the check-list on the spot: every item at every unit, what was found and who noted it. */
export function Checks({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const query = useOne(["inspection", inspection.id, "checks"], signal =>
    take(api.GET("/api/v1/inspections/{id}/checks", { signal, params: { path: { id: inspection.id } } })),
  );
  if (inspection.items.length === 0) {
    return (
      <Panel>
        <Empty title={t("check.none")} icon="check">
          {t("check.none_help")}
        </Empty>
      </Panel>
    );
  }
  const may = inspection.allowed_actions.some(one => one.action === "check" && one.enabled);
  return (
    <Loaded query={query}>
      {data => (
        <Stack>
          {inspection.units.map(unit => {
            const found = data.items.filter(check => check.unit_id === unit.id && check.outcome !== "unchecked").length;
            return (
              <Panel
                key={unit.id}
                title={unit.name}
                acts={<Muted>{t("check.done", { n: found, of: inspection.items.length })}</Muted>}
              >
                <Stack gap={1.25}>
                  {inspection.items.map((item, i) => (
                    <Item
                      key={`${i} ${item.text}`}
                      inspection={inspection}
                      unit={unit.id}
                      index={i}
                      text={item.text}
                      check={data.items.find(check => check.unit_id === unit.id && check.item === i)}
                      may={may}
                    />
                  ))}
                </Stack>
              </Panel>
            );
          })}
        </Stack>
      )}
    </Loaded>
  );
}

function Item(p: { inspection: Inspection; unit: string; index: number; text: string; check?: Check; may: boolean }) {
  const { t } = useTranslation();
  const [note, setNote] = useState<string>();
  const written = note ?? p.check?.note ?? "";
  const save = useAct({
    send: (outcome: Outcome) =>
      take(
        api.POST("/api/v1/inspections/{id}/checks", {
          params: { path: { id: p.inspection.id } },
          body: {
            items: [{ unit_id: p.unit, item: p.index, outcome, note: written || undefined, version: p.check?.version }],
          },
        }),
      ),
    after: saved => {
      if (saved.items[0]?.result === "conflict") toast(t("check.conflict"), { kind: "error" });
      setNote(undefined);
    },
  });
  const outcome = p.check?.outcome ?? "unchecked";
  return (
    <Stack gap={0.5}>
      <Row wrap spread>
        <strong>
          {p.index + 1}. {p.text}
        </strong>
        {p.may ? (
          <Segments
            label={p.text}
            value={outcome}
            onChange={value => save.mutate(value)}
            options={outcomes.map(value => ({ value, label: word("outcome", value) }))}
          />
        ) : (
          <Tag tone={tones[outcome]}>{word("outcome", outcome)}</Tag>
        )}
      </Row>
      {p.may ? (
        <>
          <TextArea label={t("check.note")} rows={2} max={4000} value={written} onChange={setNote} />
          {note !== undefined && note !== (p.check?.note ?? "") && (
            <Row end>
              <Button size="xs" kind="primary" busy={save.isPending} onClick={() => save.mutate(outcome)}>
                {t("check.save_note")}
              </Button>
            </Row>
          )}
        </>
      ) : (
        written && <p>{written}</p>
      )}
      {p.check && <Muted>{t("check.at", { at: instant(p.check.checked_at) })}</Muted>}
    </Stack>
  );
}
