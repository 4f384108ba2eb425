import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { yearOf } from "../../api/calendar";
import { useMe } from "../../api/session";
import { useUrl } from "../../app/url";
import { Button, IconButton } from "../../ui/button";
import { Facts, PageHead, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { ErrorNote, NoRight, Note, SkeletonRows } from "../../ui/states";
import { Proposals, useProposals } from "./proposals";
import { Propose } from "./propose";
import { YearGrid } from "./year";

/** Calendar is the working calendar year by year, and the way of a new notice into it. */
export default function Calendar() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ year: chosen }, setUrl] = useUrl<"year">();
  const [proposing, setProposing] = useState(false);
  const year = Number(chosen) || Number(me.today.slice(0, 4));
  const found = useQuery(yearOf(year));
  const list = useProposals();
  const waits = list.items.some(one => one.status === "proposed"); // then it comes first
  if (!me.permissions.includes("calendar.read")) return <NoRight />;
  const turn = (n: number) => setUrl({ year: String(year + n) });
  const propose = me.permissions.includes("calendar.propose") && !proposing && (
    <Button kind="primary" icon="add" onClick={() => setProposing(true)}>
      {t("calendar.propose")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("nav.calendar")} lead={t("calendar.lead")} acts={propose} />
      <Stack>
        {proposing && <Propose onDone={() => setProposing(false)} />}
        {waits && <Proposals list={list} />}
        <Panel
          title={
            <Row>
              <span>{year}</span>
              {found.data && (
                <Tag tone={found.data.provisional ? "amber" : "green"}>
                  {t(found.data.provisional ? "calendar.provisional" : "calendar.settled")}
                </Tag>
              )}
            </Row>
          }
          acts={
            <Row>
              <IconButton name="back" label={t("calendar.year_before")} onClick={() => turn(-1)} />
              <IconButton name="chevron" label={t("calendar.year_after")} onClick={() => turn(1)} />
            </Row>
          }
        >
          {found.isPending && <SkeletonRows rows={8} />}
          {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
          {found.data && (
            <Stack>
              {found.data.provisional && <Note tone="amber">{t("calendar.provisional_help")}</Note>}
              <YearGrid year={found.data} />
              <Facts
                items={[
                  [t("calendar.workdays"), t("calendar.workdays_n", { n: found.data.workdays })],
                  [t("calendar.version"), found.data.version],
                  [t("calendar.sources"), found.data.sources.join(" ")],
                ]}
              />
            </Stack>
          )}
        </Panel>
        {!waits && <Proposals list={list} />}
      </Stack>
    </>
  );
}
