import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Duty } from "../../api/duties";
import { useAct } from "../../api/query";
import { useOne } from "../../api/read";
import { Button } from "../../ui/button";

/** Follow keeps an eye on a duty, or no longer: shown at once, taken back if it is refused. */
export function Follow({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const key = ["ledger", "followed", duty.task_id];
  const mine = useOne(key, async signal => {
    const query = { q: `is:followed is:all task:${duty.task_id}`, limit: 1000, brief: true };
    return (await take(api.GET("/api/v1/ledger", { signal, params: { query } }))).items.map(one => one.id);
  });
  const on = mine.data?.includes(duty.id) ?? false;
  const params = { path: { id: duty.id } };
  const act = useAct<boolean>({
    send: follow =>
      take(follow ? api.POST("/api/v1/duties/{id}/follow", { params }) : api.DELETE("/api/v1/duties/{id}/follow", { params })),
    expect: follow => [{ key, change: (ids: string[]) => (follow ? [...ids, duty.id] : ids.filter(one => one !== duty.id)) }],
  });
  if (!mine.data) return null;
  return (
    <Button icon="star" kind="quiet" size="xs" onClick={() => act.mutate(!on)}>
      {t(on ? "duty.followed" : "duty.follow")}
    </Button>
  );
}
