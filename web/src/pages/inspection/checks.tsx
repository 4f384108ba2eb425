import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useOne } from "../../api/read";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Button, TextButton } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { Muted, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Empty, Note, SkeletonRows } from "../../ui/states";
import { Segments } from "../../ui/tabs";
import type { Inspection } from "./index";
import { type Check, type Entry, placeOf, useKept } from "./kept";
import type { KeptFindings } from "./kept-findings";
import { RecordFinding } from "./record-finding";
import { UnsentFindings } from "./unsent-findings";

const EvidenceList = lazy(() => import("../../forms/evidence").then(found => ({ default: found.EvidenceList })));
const EvidenceDrop = lazy(() => import("../../forms/evidence").then(found => ({ default: found.EvidenceDrop })));

type Outcome = Check["outcome"];
const outcomes: Outcome[] = ["unchecked", "conforms", "partly", "violates"];
const tones: Record<Outcome, "plain" | "green" | "amber" | "red"> = {
  unchecked: "plain",
  conforms: "green",
  partly: "amber",
  violates: "red",
};

/** Checks is the check-list on the spot: every item at every unit, what was found and who noted it. */
export function Checks({ inspection, findings }: { inspection: Inspection; findings: KeptFindings }) {
  const { t } = useTranslation();
  const query = useOne(["inspection", inspection.id, "checks"], signal =>
    take(api.GET("/api/v1/inspections/{id}/checks", { signal, params: { path: { id: inspection.id } } })),
  );
  const kept = useKept(inspection.id, t("ui.offline"));
  const [known, setKnown] = useState<{ unit_id: string; description: string }>();
  const waiting = Object.values(kept.entries).filter(entry => !entry.writing).length;
  if (inspection.items.length === 0) {
    return (
      <Panel>
        <Empty title={t("check.none")} icon="check">
          {t("check.none_help")}
        </Empty>
      </Panel>
    );
  }
  const can = (action: string) => inspection.allowed_actions.some(one => one.action === action && one.enabled);
  return (
    <Loaded query={query}>
      {data => (
        <Stack>
          <UnsentFindings inspection={inspection} kept={findings} />
          {waiting > 0 && (
            <Note
              tone="amber"
              acts={
                <Button size="xs" icon="redo" onClick={() => void kept.send()}>
                  {t("check.send")}
                </Button>
              }
            >
              {t("check.waiting", { count: waiting })}
            </Note>
          )}
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
                      unit={unit.id}
                      index={i}
                      text={item.text}
                      check={data.items.find(check => check.unit_id === unit.id && check.item === i)}
                      entry={kept.entries[placeOf({ unit_id: unit.id, item: i })]}
                      may={can("check")}
                      onKeep={kept.keep}
                      onDrop={kept.drop}
                      onFinding={can("record_finding") ? setKnown : undefined}
                    />
                  ))}
                </Stack>
              </Panel>
            );
          })}
          {known && <RecordFinding inspection={inspection} kept={findings} known={known} onClose={() => setKnown(undefined)} />}
        </Stack>
      )}
    </Loaded>
  );
}

function Item(p: {
  unit: string;
  index: number;
  text: string;
  check?: Check;
  entry?: Entry;
  may: boolean;
  onKeep: (entry: Entry) => void;
  onDrop: (entry: Entry) => void;
  onFinding?: (known: { unit_id: string; description: string }) => void;
}) {
  const { t } = useTranslation();
  const { onFinding } = p;
  const outcome = p.entry?.outcome ?? p.check?.outcome ?? "unchecked";
  const note = p.entry?.note ?? p.check?.note ?? "";
  const keep = (change: Partial<Entry>) =>
    p.onKeep({
      unit_id: p.unit,
      item: p.index,
      outcome,
      note,
      version: p.entry?.version ?? p.check?.version ?? 0,
      checked_at: new Date().toISOString(),
      ...change,
    });
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
            onChange={value => keep({ outcome: value })}
            options={outcomes.map(value => ({ value, label: word("outcome", value) }))}
          />
        ) : (
          <Tag tone={tones[outcome]}>{word("outcome", outcome)}</Tag>
        )}
      </Row>
      {p.may ? (
        <>
          <TextArea
            label={t("check.note")}
            rows={2}
            max={4000}
            value={note}
            onChange={written => keep({ note: written, writing: true })}
          />
          {p.entry?.writing && (
            <Row end>
              <Button size="xs" kind="primary" onClick={() => keep({})}>
                {t("check.save_note")}
              </Button>
            </Row>
          )}
        </>
      ) : (
        note && <p>{note}</p>
      )}
      {p.entry && !p.entry.theirs && !p.entry.fault && (
        <Row>
          <Tag tone="amber">{t("check.unsent")}</Tag>
          <Muted>{t("check.kept", { at: instant(p.entry.checked_at) })}</Muted>
        </Row>
      )}
      {p.entry?.fault && (
        <Note
          tone="red"
          acts={
            <Button size="xs" onClick={() => keep({})}>
              {t("ui.retry")}
            </Button>
          }
        >
          {p.entry.fault}
        </Note>
      )}
      {p.entry?.theirs && <Choose entry={p.entry} theirs={p.entry.theirs} onKeep={p.onKeep} onDrop={p.onDrop} />}
      {onFinding && (outcome === "violates" || outcome === "partly") && (
        <Row>
          <TextButton onClick={() => onFinding({ unit_id: p.unit, description: note || p.text })}>
            {t("check.to_finding")}
          </TextButton>
        </Row>
      )}
      {p.check && <Photos check={p.check} may={p.may} />}
      {p.check && !p.entry && <Muted>{t("check.at", { at: instant(p.check.checked_at) })}</Muted>}
    </Stack>
  );
}

/** Photos are the photographs of a check that the server has; they are shown, and taken, when somebody asks. */
function Photos({ check, may }: { check: Check; may: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!may && check.photos === 0) return null;
  return (
    <Stack gap={0.5}>
      <Row>
        <TextButton onClick={() => setOpen(!open)} aria-expanded={open}>
          {t("check.photos", { count: check.photos })}
        </TextButton>
      </Row>
      {open && (
        <Suspense fallback={<SkeletonRows rows={2} />}>
          <EvidenceList subject="check" id={check.id} adds={may} />
          {may && <EvidenceDrop subject="check" id={check.id} />}
        </Suspense>
      )}
    </Stack>
  );
}

/** Choose shows what was found here and what somebody else wrote meanwhile; one of them stays. */
function Choose({
  entry,
  theirs,
  onKeep,
  onDrop,
}: {
  entry: Entry;
  theirs: Check;
  onKeep: (entry: Entry) => void;
  onDrop: (entry: Entry) => void;
}) {
  const { t } = useTranslation();
  const mine = { ...entry, version: theirs.version, theirs: undefined };
  const side = (of: { outcome: Outcome; note: string; checked_at: string }) =>
    [word("outcome", of.outcome), of.note, instant(of.checked_at)].filter(Boolean).join(" · ");
  return (
    <Note
      tone="amber"
      acts={
        <>
          <Button size="xs" kind="primary" onClick={() => onKeep(mine)}>
            {t("check.take_mine")}
          </Button>
          <Button size="xs" onClick={() => onDrop(entry)}>
            {t("check.take_theirs")}
          </Button>
        </>
      }
    >
      <strong>{t("check.both")}</strong>
      <span>{t("check.mine", { text: side(entry) })}</span>
      <span>{t("check.theirs", { text: side(theirs) })}</span>
    </Note>
  );
}
