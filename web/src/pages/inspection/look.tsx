import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, match, type Schemas, take } from "../../api/client";
import { useOne } from "../../api/read";
import { Acts } from "../../forms/acts";
import { word } from "../../i18n";
import { paths } from "../../lib/path";
import { Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Loaded } from "../../ui/loaded";
import { Note } from "../../ui/states";
import { Table } from "../../ui/table";
import type { Inspection } from "./index";

type Item = Schemas["LookItem"];
const tones = { pending: "blue", held: "green", came_back: "red" } as const;

/** LookItems is what a look-back looks at again, with how it was drawn: anybody can repeat the draw by year, seed and size. */
export function LookItems({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const query = useOne(["inspection", inspection.id, "look"], signal =>
    take(api.GET("/api/v1/inspections/{id}/look-items", { signal, params: { path: { id: inspection.id } } })),
  );
  return (
    <Loaded query={query}>
      {data => (
        <Stack>
          <Note tone="blue">
            {t("look.drawn", {
              year: inspection.look_year,
              population: inspection.population,
              size: data.items.length,
              seed: inspection.seed,
            })}
          </Note>
          <Panel title={t("look.items")} flush>
            <Table
              label={t("look.items")}
              rows={data.items}
              id={row => row.id}
              columns={[
                {
                  key: "title",
                  title: t("look.item"),
                  phone: "main",
                  cell: row => (
                    <Link to={(row.subject === "notice" ? paths.notice(row.subject_id) : paths.duty(row.subject_id)) as never}>
                      {[row.number, row.title].filter(Boolean).join(" ")}
                    </Link>
                  ),
                },
                { key: "unit", title: t("notice.unit"), cell: row => row.unit_name },
                { key: "due", title: t("look.due"), kind: "tight", phone: "hide", cell: row => row.due_date },
                {
                  key: "status",
                  title: t("finding.status"),
                  kind: "tight",
                  cell: row => <Tag tone={tones[row.status]}>{word("status.look_back", row.status)}</Tag>,
                },
                { key: "note", title: t("look.note"), cell: row => <Followed item={row} /> },
                { key: "acts", title: t("form.acts"), kind: "tight", cell: row => <ItemActs item={row} /> },
              ]}
            />
          </Panel>
        </Stack>
      )}
    </Loaded>
  );
}

function Followed({ item }: { item: Item }) {
  const { t } = useTranslation();
  return (
    <Row wrap>
      {item.note && <span>{item.note}</span>}
      {item.notice_id && (
        <Link to={paths.notice(item.notice_id) as never}>
          {item.notice_id === item.subject_id ? t("look.reopened") : t("look.new_notice")}
        </Link>
      )}
    </Row>
  );
}

function ItemActs({ item }: { item: Item }) {
  const { t } = useTranslation();
  const params = { path: { id: item.id }, header: match(item.version) };
  return (
    <Row>
      <Acts
        subject="look_back"
        allowed={item.allowed_actions}
        specs={{
          hold: {
            fields: [{ name: "note", label: t("look.seen"), kind: "text" }],
            run: v => take(api.POST("/api/v1/look-items/{id}/hold", { params, body: { note: String(v.note) || undefined } })),
          },
          come_back: {
            lead: item.subject === "notice" ? t("look.back_notice") : t("look.back_duty"),
            fields: [
              { name: "reason", label: t("look.what_back"), kind: "text", required: true },
              ...(item.subject === "notice" ? [{ name: "due_date", label: t("notice.new_due"), kind: "date" } as const] : []),
            ],
            run: v =>
              take(
                api.POST("/api/v1/look-items/{id}/come-back", {
                  params,
                  body: { reason: String(v.reason), due_date: String(v.due_date ?? "") || undefined },
                }),
              ),
          },
        }}
      />
    </Row>
  );
}
