import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { usePages } from "../../api/pages";
import { useOne } from "../../api/read";
import { Acts } from "../../forms/acts";
import { word } from "../../i18n";
import { instant } from "../../lib/dates";
import { Facts, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Drawer } from "../../ui/modal";
import { Empty, ErrorNote, SkeletonRows } from "../../ui/states";
import { More, Table } from "../../ui/table";

type Version = Schemas["RuleVersion"];
const tones = { proposed: "amber", approved: "green", rejected: "red" } as const;

/** Versions lists what was proposed; a row opens the file with the decision. */
export function Versions() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string>();
  const list = usePages(["rule-versions"], (after, signal) =>
    take(api.GET("/api/v1/rule-versions", { signal, params: { query: { after, limit: 50 } } })),
  );
  return (
    <Panel flush>
      {list.isPending && <SkeletonRows />}
      {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty title={t("rules.none")} icon="file">
          {t("rules.none_help")}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Table
          label={t("rules.tab.versions")}
          rows={list.items}
          id={row => row.id}
          onOpen={row => setOpen(row.id)}
          columns={[
            {
              key: "set",
              title: t("rules.set"),
              phone: "main",
              cell: row =>
                `${t(`rules.subject.${row.subject}`)} ${row.rule_set} ${t("rules.version_n", { n: row.rule_version })}`,
            },
            { key: "from", title: t("rules.applies_from"), kind: "tight", cell: row => row.applies_from },
            { key: "by", title: t("rules.proposed_by"), kind: "tight", cell: row => row.proposed_by_name },
            { key: "decided", title: t("rules.decided_by"), kind: "tight", cell: row => row.decided_by_name },
            {
              key: "status",
              title: t("rules.state"),
              kind: "tight",
              cell: row => <Tag tone={tones[row.status]}>{word("status.rule", row.status)}</Tag>,
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
      {open && <One id={open} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}

function One({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const version = useOne(["rule-versions", id], signal =>
    take(api.GET("/api/v1/rule-versions/{id}", { signal, params: { path: { id } } })),
  );
  return (
    <Drawer title={t("rules.tab.versions")} open onClose={onClose} wide>
      <Loaded query={version}>
        {data => (
          <Stack>
            <Row wrap>
              <Decision version={data} />
            </Row>
            <Facts
              items={[
                [t("rules.set"), `${data.rule_set} ${t("rules.version_n", { n: data.rule_version })}`],
                [t("rules.subject"), t(`rules.subject.${data.subject}`)],
                [t("rules.state"), word("status.rule", data.status)],
                [t("rules.applies_from"), data.applies_from],
                [t("rules.proposed_by"), `${data.proposed_by_name} ${instant(data.proposed_at)}`],
                [t("rules.note"), data.note],
                [t("rules.decided_by"), data.decided_at && `${data.decided_by_name} ${instant(data.decided_at)}`],
                [t("form.reason"), data.decision],
              ]}
            />
            <pre tabIndex={0} style={{ overflowX: "auto" }}>
              {data.content}
            </pre>
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

function Decision({ version }: { version: Version }) {
  const { t } = useTranslation();
  const params = { path: { id: version.id }, header: match(version.version) };
  return (
    <Acts
      subject="rule"
      allowed={version.allowed_actions}
      specs={{
        approve: {
          fields: [{ name: "reason", label: t("rules.note"), kind: "text" }],
          run: v =>
            take(api.POST("/api/v1/rule-versions/{id}/approve", { params, body: { reason: String(v.reason) || undefined } })),
        },
        reject: {
          fields: [{ name: "reason", label: t("form.reason"), kind: "text", required: true }],
          run: v => take(api.POST("/api/v1/rule-versions/{id}/reject", { params, body: { reason: String(v.reason) } })),
        },
      }}
    />
  );
}
