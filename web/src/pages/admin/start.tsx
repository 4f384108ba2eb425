import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { yearOf } from "../../api/calendar";
import { api, take } from "../../api/client";
import { useMe } from "../../api/session";
import { units } from "../../api/units";
import { paths } from "../../lib/path";
import { Icon } from "../../ui/icon";
import { Muted, Panel } from "../../ui/layout";
import { Tag } from "../../ui/light";
import css from "./start.module.css";

type Role = "system_admin" | "security_admin" | "office";

interface Step {
  key: "units" | "users" | "posts" | "calendar" | "rules" | "plan";
  /** Missing where the reader may not look, or nobody can tell. */
  done?: boolean;
  by: Role;
  to: string;
}

/** The posts without which nothing can be assigned: who decides, who supervises, who answers. */
const needed = ["leader", "office", "unit_head"] as const;

/** Start is what a new installation still lacks, in the order in which it is done, each with its place and who does it; whole, it is gone. */
export function Start() {
  const { t } = useTranslation();
  const me = useMe();
  const may = (permission: string) => me.permissions.includes(permission);
  const tree = useQuery({ ...units, enabled: may("unit.read") });
  const people = useQuery({
    queryKey: ["users", "start"],
    enabled: may("user.read"),
    queryFn: ({ signal }) => take(api.GET("/api/v1/users", { signal, params: { query: { limit: 10 } } })),
  });
  const posts = useQueries({
    queries: needed.map(role => ({
      queryKey: ["posts", "start", role],
      enabled: may("post.read"),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        take(api.GET("/api/v1/posts", { signal, params: { query: { role, limit: 1 } } })),
    })),
    combine: all => (all.every(one => one.data) ? all.map(one => one.data?.items.length ?? 0) : undefined),
  });
  const year = useQuery({ ...yearOf(Number(me.today.slice(0, 4))), enabled: may("calendar.read") });
  const admins = 3;
  const steps: Step[] = [
    { key: "units", done: tree.data && tree.data.length > 1, by: "system_admin", to: `${paths.admin}?tab=units` },
    { key: "users", done: people.data && people.data.items.length > admins, by: "system_admin", to: `${paths.admin}?tab=users` },
    { key: "posts", done: posts?.every(n => n > 0), by: "security_admin", to: `${paths.admin}?tab=posts` },
    { key: "calendar", done: year.data && !year.data.provisional, by: "office", to: paths.calendar },
    { key: "rules", by: "office", to: paths.rules },
    { key: "plan", by: "office", to: paths.plans },
  ];
  const known = steps.filter(step => step.done !== undefined);
  if ([tree, people, year].some(one => one.isLoading) || known.every(step => step.done)) return null;
  const roles = new Set(me.posts.map(post => post.role));
  return (
    <Panel title={t("start.title")}>
      <p className={css.lead}>{t("start.lead")}</p>
      <ol className={css.steps}>
        {steps.map(step => (
          <li key={step.key} className={css.step} data-done={step.done || undefined}>
            <span className={css.mark} aria-hidden="true">
              {step.done && <Icon name="check" />}
            </span>
            <div className={css.what}>
              {roles.has(step.by) ? (
                <Link to={step.to as never}>{t(`start.${step.key}`)}</Link>
              ) : (
                <strong>{t(`start.${step.key}`)}</strong>
              )}
              <Muted>{t(`start.${step.key}_help`)}</Muted>
            </div>
            <Tag tone={step.done ? "green" : "plain"}>
              {step.done ? t("start.done") : t("start.by", { who: t(`role.${step.by}`) })}
            </Tag>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
