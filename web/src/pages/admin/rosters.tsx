import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { useUnitNodes } from "../../api/units";
import { useUrl } from "../../app/url";
import { Button, TextButton } from "../../ui/button";
import { DateField } from "../../ui/date-field";
import { Facts, Panel, Row, Split, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";
import { RosterForm } from "./roster-form";

export type Roster = Schemas["Roster"];

/** Rosters are the collectives that documents name (each university): a rule, or a list of dated members, with who they are on a day. */
export function Rosters() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ roster }, setUrl] = useUrl<"roster">();
  const [form, setForm] = useState<Roster | "new">();
  const list = usePages<Roster>(["rosters"], (after, signal) =>
    take(api.GET("/api/v1/rosters", { signal, params: { query: { after, limit: 100 } } })),
  );
  const current = list.items.find(one => one.id === roster);
  const manages = me.permissions.includes("roster.manage");
  const act = manages && (
    <Button kind="primary" icon="add" onClick={() => setForm("new")}>
      {t("roster.create")}
    </Button>
  );
  return (
    <Stack>
      {act && <Row>{act}</Row>}
      <Split
        side={24}
        main={
          <Panel flush>
            {list.isPending && <SkeletonRows />}
            {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
            {list.isSuccess && list.items.length === 0 && (
              <Empty title={t("roster.none")} icon="people">
                {t("roster.none_help")}
              </Empty>
            )}
            {list.items.length > 0 && (
              <Table
                label={t("admin.tab.rosters")}
                rows={list.items}
                id={row => row.id}
                on={roster}
                onOpen={row => setUrl({ roster: row.id })}
                columns={[
                  {
                    key: "name",
                    title: t("roster.name"),
                    phone: "main",
                    cell: row => <TextButton onClick={() => setUrl({ roster: row.id })}>{row.name}</TextButton>,
                  },
                  { key: "aliases", title: t("roster.aliases"), cell: row => row.aliases.join(" / ") || undefined },
                  {
                    key: "how",
                    title: t("roster.how"),
                    kind: "tight",
                    cell: row => (
                      <Tag tone={row.listed ? "plain" : "blue"}>{t(row.listed ? "roster.listed" : "roster.rule")}</Tag>
                    ),
                  },
                ]}
              />
            )}
            <More
              shown={list.items.length}
              next={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </Panel>
        }
        aside={
          current ? (
            <Members key={current.id} roster={current} onEdit={manages ? () => setForm(current) : undefined} />
          ) : (
            <Panel>
              <Empty title={t("roster.pick")} icon="people" />
            </Panel>
          )
        }
      />
      {form && <RosterForm roster={form === "new" ? undefined : form} onClose={() => setForm(undefined)} />}
    </Stack>
  );
}

/** Members shows a roster: its rule, and who belongs to it on a day, which is who a plan issued on that day goes to. */
function Members({ roster, onEdit }: { roster: Roster; onEdit?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { nodes } = useUnitNodes();
  const [on, setOn] = useState(me.today);
  const members = usePages<Schemas["UnitRef"]>(["rosters", roster.id, "units", roster.version, on], (after, signal) =>
    take(
      api.GET("/api/v1/rosters/{id}/units", {
        signal,
        params: { path: { id: roster.id }, query: { on: on || undefined, after, limit: 100 } },
      }),
    ),
  );
  const under = nodes.find(node => node.id === roster.under_id)?.label;
  return (
    <Panel
      title={roster.name}
      acts={
        onEdit && (
          <Button size="xs" icon="edit" onClick={onEdit}>
            {t("roster.edit")}
          </Button>
        )
      }
    >
      <Stack>
        {!roster.listed && (
          <Facts
            items={[
              [
                t("roster.kinds"),
                roster.kinds.map(kind => t(`unit.kind.${kind as "division"}`)).join(" / ") || t("roster.every_kind"),
              ],
              [t("roster.under"), under ?? t("roster.whole")],
            ]}
          />
        )}
        <DateField label={t("roster.on")} value={on} onChange={setOn} />
        {members.isPending && <SkeletonRows rows={4} />}
        {members.isError && <ErrorNote error={members.error} onRetry={() => void members.refetch()} />}
        {members.isSuccess && members.items.length === 0 && <Empty title={t("roster.nobody")} icon="people" />}
        {members.items.length > 0 && (
          <ol>
            {members.items.map(unit => (
              <li key={unit.id}>
                <Row>
                  {unit.name} <Tag>{t(`unit.kind.${unit.kind as "division"}`)}</Tag>
                </Row>
              </li>
            ))}
          </ol>
        )}
        <More
          shown={members.items.length}
          next={members.hasNextPage}
          busy={members.isFetchingNextPage}
          onMore={() => void members.fetchNextPage()}
        />
      </Stack>
    </Panel>
  );
}

/** useSaveRoster creates a roster or replaces one. */
export function useSaveRoster(roster: Roster | undefined, done: string, after: (saved: Roster) => void) {
  return useAct<Schemas["SaveRosterInput"], Roster>({
    quiet: true,
    done,
    after,
    send: body =>
      roster
        ? take(api.PUT("/api/v1/rosters/{id}", { params: { path: { id: roster.id }, header: match(roster.version) }, body }))
        : take(api.POST("/api/v1/rosters", { body })),
  });
}
