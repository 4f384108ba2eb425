import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { instant } from "../../lib/dates";
import { Facts, Muted, Panel, Prose, Stack, told } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { nameOf, SystemJobs, standing } from "./system-jobs";
import { SystemQueue, standing as waiting, ways } from "./system-queue";
import { holds, rooms, SystemStore } from "./system-store";
import { tones } from "./system-tones";

type State = Schemas["SystemState"];
type Condition = State["condition"];

const words = { good: "system.good", warn: "system.warn", bad: "system.bad" } as const;

/** amiss lists what somebody should look at, a line each. */
function amiss(t: TFunction, { jobs, queue, database, storage }: State): string[] {
  const line = (name: string, text: string) => t("system.amiss", { name, text });
  const wrong = (part: { condition: Condition }) => part.condition !== "good";
  return [
    ...jobs.filter(wrong).map(job => line(nameOf(t, job), t(standing(job)))),
    ...queue.channels.filter(wrong).map(way => line(t(ways[way.channel]), t(waiting(way)))),
    ...(wrong(database) ? [line(t("system.store.database"), t("system.store.unsafe"))] : []),
    ...storage.disks.filter(wrong).map(disk => line(t(holds(disk)), t(rooms[disk.condition]))),
  ];
}

/** So often the state is read again while somebody looks at it. */
const pace = 30_000;

/** SystemState is how the installation does: jobs, what waits to leave, database, disks, backup. */
export function SystemState() {
  const { t } = useTranslation();
  const state = useQuery({
    queryKey: ["system-state"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/system/state", { signal })),
    refetchInterval: pace,
  });
  return (
    <Loaded query={state} rows={8}>
      {data => (
        <>
          <Panel title={t("system.state")} acts={<Muted>{t("system.refreshed")}</Muted>}>
            <Facts
              items={[
                [
                  t("system.whole"),
                  <Stack key="whole" gap={0.25}>
                    <span>
                      <Tag tone={tones[data.condition]}>{t(words[data.condition])}</Tag>
                    </span>
                    {amiss(t, data).map(line => (
                      <span key={line}>{line}</span>
                    ))}
                  </Stack>,
                ],
                [t("system.version"), data.version],
                [t("system.clock"), instant(data.now)],
                [t("system.server"), data.server],
                [t("system.started"), instant(data.started_at)],
              ]}
            />
          </Panel>
          <Panel title={t("system.jobs")}>
            <Stack>
              <Checked />
              <SystemJobs jobs={data.jobs} />
              <Muted>{t("system.jobs_help")}</Muted>
            </Stack>
          </Panel>
          <SystemQueue queue={data.queue} />
          <SystemStore database={data.database} storage={data.storage} />
          <Backup data={data} />
        </>
      )}
    </Loaded>
  );
}

/** The deadline check comes every minute; after so many minutes without it somebody should look. */
const patience = 15;

/** behind tells whether the deadline check has not come for too long. */
const behind = (clock: Schemas["ClockState"]) =>
  !clock.checked || (Date.parse(clock.now) - Date.parse(clock.checked)) / 60_000 > patience;

/** Checked is how far the deadline check has come, on whichever server. */
function Checked() {
  const { t } = useTranslation();
  const clock = useOne(["clock"], signal => take(api.GET("/api/v1/clock", { signal })));
  return (
    <Loaded query={clock} rows={2}>
      {data => (
        <>
          {data.back && <Note tone="red">{t("system.clock_back", { at: instant(data.seen ?? data.now) })}</Note>}
          <Facts
            items={told([
              [t("system.checked"), data.checked ? instant(data.checked) : t("system.never")],
              [t("system.seen"), data.seen && instant(data.seen)],
              [
                t("system.check"),
                <Tag key="check" tone={behind(data) ? "amber" : "green"}>
                  {t(behind(data) ? "system.behind" : "system.on_time")}
                </Tag>,
              ],
            ])}
          />
        </>
      )}
    </Loaded>
  );
}

const commands = { sqlite: `sqlite3 duban.db "VACUUM INTO 'backup.db'"`, postgres: "pg_dump -Fc duban > duban.dump" };
const steps = { sqlite: "system.backup.sqlite", postgres: "system.backup.postgres" } as const;

/** Backup says how one is taken here. The program takes none, so nothing is said of when the last was. */
function Backup({ data }: { data: State }) {
  const { t } = useTranslation();
  const { kind } = data.database;
  return (
    <Panel title={t("system.backup")}>
      <Stack>
        <Prose>{t("system.backup.none")}</Prose>
        <div>
          {t(steps[kind])} <code lang="en">{commands[kind]}</code>
        </div>
        {data.storage.bucket && <Prose>{t("system.backup.bucket")}</Prose>}
        <Muted>{t("system.backup.restore")}</Muted>
      </Stack>
    </Panel>
  );
}
