import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { size } from "../../lib/numbers";
import { Facts, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Note } from "../../ui/states";
import { tones } from "./system-tones";

type Disk = Schemas["SystemDisk"];

const kinds = { sqlite: "system.store.sqlite", postgres: "system.store.postgres" } as const;
const warnings = {
  fsync: "system.store.fsync",
  synchronous_commit: "system.store.synchronous_commit",
  standby: "system.store.standby",
} as const;
export const rooms = { good: "system.disk.good", warn: "system.disk.warn", bad: "system.disk.bad" } as const;

export const holds = (disk: Disk) =>
  disk.holds.length > 1 ? "system.disk.both" : disk.holds[0] === "files" ? "system.disk.files" : "system.disk.database";

/** SystemStore is the database, the uploaded files, and the room that is left for both. */
export function SystemStore({ database, storage }: { database: Schemas["SystemDatabase"]; storage: Schemas["SystemStorage"] }) {
  const { t } = useTranslation();
  const schema = { version: String(database.schema), newest: String(database.newest) };
  const uploads = { n: storage.files, size: size(storage.bytes) };
  const disks = storage.disks.map((disk): [ReactNode, ReactNode] => [
    t(holds(disk)),
    <Row key="disk" wrap>
      {t("system.disk.free", { free: size(disk.free), total: size(disk.total) })}
      <Tag tone={tones[disk.condition]}>{t(rooms[disk.condition])}</Tag>
    </Row>,
  ]);
  return (
    <Panel title={t("system.store")}>
      <Stack>
        {database.warnings.map(warning => (
          <Note key={warning} tone="amber">
            {t(warnings[warning])}
          </Note>
        ))}
        <Facts
          items={[
            [t("system.store.database"), t(kinds[database.kind], { version: database.version })],
            [t("system.store.size"), size(database.bytes)],
            [
              t("system.store.schema"),
              t(database.schema === database.newest ? "system.store.current" : "system.store.behind", schema),
            ],
            [
              t("system.store.evidence"),
              <>
                {t(storage.counting ? "system.store.at_least" : "system.store.files", uploads)}
                {storage.bucket && <div>{t("system.store.bucket")}</div>}
              </>,
            ],
            ...disks,
          ]}
        />
      </Stack>
    </Panel>
  );
}
