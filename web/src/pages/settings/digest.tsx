import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { Check } from "../../ui/field";
import { Muted, Panel, Stack } from "../../ui/layout";
import { Loaded } from "../../ui/loaded";
import { Select } from "../../ui/select";

type Setting = Schemas["DigestSetting"];

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, "0")}:00` }));

/** Digest is whether, and at which hour, one gets the daily summary. */
export function Digest() {
  const { t } = useTranslation();
  const found = useOne(["digest"], signal => take(api.GET("/api/v1/session/digest", { signal })));
  const set = useAct({
    done: t("digest.saved"),
    send: ({ on, hour }: Setting) => take(api.PUT("/api/v1/session/digest", { body: { on, hour } })),
  });
  return (
    <Panel title={t("digest.title")}>
      <Loaded query={found} rows={2}>
        {saved => {
          const now = set.isPending ? set.variables : saved;
          return (
            <Stack gap={1}>
              <Muted>{t("digest.lead")}</Muted>
              <Check
                label={t("digest.on")}
                checked={now.on}
                disabled={set.isPending}
                onChange={on => set.mutate({ ...now, on })}
              />
              {now.on && (
                <Select
                  label={t("digest.hour")}
                  value={String(now.hour)}
                  options={hours}
                  onChange={hour => set.mutate({ ...now, hour: Number(hour) })}
                />
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Panel>
  );
}
