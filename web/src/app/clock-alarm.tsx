import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, take } from "../api/client";
import css from "./shell.module.css";

/** ClockAlarm says that the server's clock went back: decisions on deadlines stop, reading goes on. It asks every minute. */
export function ClockAlarm() {
  const { t } = useTranslation();
  const clock = useQuery({
    queryKey: ["clock"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/clock", { signal })),
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
  if (!clock.data?.back) return null;
  return (
    <div className={css.banner} role="alert">
      {t("clock.back", { n: Math.ceil((clock.data.seconds ?? 0) / 60) })}
    </div>
  );
}
