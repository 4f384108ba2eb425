import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { instant } from "../../lib/dates";
import { Muted, Panel } from "../../ui/layout";
import { Tag, type Tone } from "../../ui/light";
import { Table } from "../../ui/table";
import { tones } from "./system-tones";

type Queue = Schemas["SystemQueue"];
type Channel = Schemas["SystemChannel"];

export const ways = { mail: "system.queue.mail", webhook: "system.queue.webhook" } as const;

/** standing is the one thing to say of a way by which messages leave. */
export function standing(
  row: Channel,
): "system.queue.bad" | "system.queue.many" | "system.queue.lost" | "system.queue.slow" | "system.queue.good" {
  if (row.condition === "bad") return "system.queue.bad";
  if (row.more) return "system.queue.many";
  if (row.failed > 0) return "system.queue.lost";
  return row.condition === "warn" ? "system.queue.slow" : "system.queue.good";
}

/** SystemQueue is what waits to leave by e-mail and to other systems, and what was given up lately. */
export function SystemQueue({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const off = (row: Channel) => row.channel === "mail" && !queue.mail && row.waiting + row.failed === 0;
  const state = (row: Channel): [Tone, string] =>
    off(row) ? ["plain", t("system.queue.off")] : [tones[row.condition], t(standing(row))];
  return (
    <Panel flush title={t("system.queue")} acts={<Muted>{t("system.queue.help")}</Muted>}>
      <Table
        label={t("system.queue")}
        rows={queue.channels}
        id={row => row.channel}
        columns={[
          {
            key: "channel",
            title: t("system.queue.channel"),
            phone: "main",
            cell: row => (
              <>
                {t(ways[row.channel])}
                {row.failed_at && row.failure && (
                  <div>
                    <Muted>{t("system.queue.last", { at: instant(row.failed_at), error: row.failure })}</Muted>
                  </div>
                )}
              </>
            ),
          },
          {
            key: "waiting",
            title: t("system.queue.waiting"),
            kind: "num",
            cell: row => (row.more ? t("system.queue.more", { n: row.waiting }) : row.waiting),
          },
          {
            key: "oldest",
            title: t("system.queue.oldest"),
            kind: "tight",
            cell: row => (row.oldest_at ? instant(row.oldest_at) : "—"),
          },
          { key: "failed", title: t("system.queue.failed"), kind: "num", cell: row => row.failed },
          {
            key: "state",
            title: t("system.queue.state"),
            kind: "tight",
            cell: row => {
              const [tone, words] = state(row);
              return <Tag tone={tone}>{words}</Tag>;
            },
          },
        ]}
      />
    </Panel>
  );
}
