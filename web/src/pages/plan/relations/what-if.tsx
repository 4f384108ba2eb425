import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Task } from "../../../api/duties";
import { useUrl } from "../../../app/url";
import { Button, TextButton } from "../../../ui/button";
import { NumberField } from "../../../ui/field";
import { Muted, Panel, Row, Stack } from "../../../ui/layout";
import { Tag } from "../../../ui/light";
import { Loaded } from "../../../ui/loaded";
import { Note } from "../../../ui/states";
import type { RelationsUrl } from "./index";
import { nameOf, type Slip, useSlip } from "./links";
import css from "./relations.module.css";

/** The server foresees delays up to so many working days. */
const most = 1000;
const usual = [3, 5, 10, 20];
/** The question is asked when nobody has typed for so long, in milliseconds. */
const pause = 350;

/** WhatIf supposes that a task is done n working days later and says what that would do. Nothing is saved. */
export function WhatIf({
  task,
  byId,
  onChoose,
}: {
  task: Task;
  byId: ReadonlyMap<string, Task>;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [{ slip }, setUrl] = useUrl<RelationsUrl>();
  const asked = Math.min(most, Math.max(0, Math.floor(Number(slip) || 0)));
  const [days, setDays] = useState<number | "">(asked || "");
  useEffect(() => {
    const wanted = Math.min(most, Math.max(0, Math.floor(Number(days) || 0)));
    if (wanted === asked) return;
    const timer = setTimeout(() => setUrl({ slip: wanted > 0 ? String(wanted) : undefined }), pause);
    return () => clearTimeout(timer);
  });
  const forecast = useSlip(task.id, asked);
  return (
    <Panel title={t("what_if.title")}>
      <Stack>
        <NumberField
          label={t("what_if.days")}
          value={days}
          onChange={setDays}
          min={0}
          max={most}
          step={1}
          unit={t("what_if.unit")}
        />
        <Row wrap>
          {usual.map(n => (
            <Button key={n} size="xs" onClick={() => setDays(n)}>
              {t("what_if.plus", { n })}
            </Button>
          ))}
          {asked > 0 && (
            <Button size="xs" kind="quiet" onClick={() => setDays("")}>
              {t("what_if.clear")}
            </Button>
          )}
        </Row>
        {asked > 0 ? (
          <Loaded query={forecast} rows={3}>
            {data => <Result data={data} byId={byId} onChoose={onChoose} />}
          </Loaded>
        ) : (
          <Muted>{t("what_if.help")}</Muted>
        )}
      </Stack>
    </Panel>
  );
}

function Result({ data, byId, onChoose }: { data: Slip; byId: ReadonlyMap<string, Task>; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const broken = new Map(data.breaks.map(move => [move.task_id, move]));
  return (
    <div role="status">
      <Stack>
        <Note tone={broken.size > 0 ? "red" : "green"}>
          <span>
            {broken.size > 0 ? t("what_if.breaks", { count: broken.size }) : t("what_if.no_breaks")}
            {data.end && t("what_if.end", { date: data.end })}
          </span>
        </Note>
        <h3>{t("what_if.moves", { count: data.moves.length })}</h3>
        <ul className={css.moves}>
          {data.moves.map(move => {
            const task = byId.get(move.task_id);
            const late = broken.get(move.task_id);
            return (
              <li key={move.task_id} data-broken={late ? true : undefined}>
                <TextButton onClick={() => onChoose(move.task_id)}>{task ? nameOf(task) : move.title}</TextButton>
                <span>
                  {move.from ?? "—"} → {move.to} {t("what_if.later", { count: move.days })}
                </span>
                {late && <Tag tone="red">{t("what_if.late", { due: late.due ?? "", count: late.days })}</Tag>}
              </li>
            );
          })}
        </ul>
        <h3>{t("what_if.units", { count: data.units.length })}</h3>
        {data.units.length > 0 ? (
          <Row wrap>
            {data.units.map(unit => (
              <Tag key={unit.unit_id}>{unit.unit_name}</Tag>
            ))}
          </Row>
        ) : (
          <Muted>{t("relations.nothing")}</Muted>
        )}
        {data.leaders.length > 0 && (
          <>
            <h3>{t("what_if.leaders")}</h3>
            <Row wrap>
              {data.leaders.map(leader => (
                <Tag key={leader.user_id}>{leader.name}</Tag>
              ))}
            </Row>
          </>
        )}
        <Muted>{t("what_if.not_saved")}</Muted>
      </Stack>
    </div>
  );
}
