import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../api/client";
import { usePages } from "../api/pages";
import { useOne } from "../api/read";
import { word } from "../i18n";
import { instant } from "../lib/dates";
import { Explain } from "../ui/explain";
import { Facts, Muted, Row, Stack } from "../ui/layout";
import { Light, type LightName, Progress } from "../ui/light";
import { Loaded } from "../ui/loaded";
import { Note } from "../ui/states";
import { whenWords } from "./why-when";

type Why = Schemas["LightWhy"];
type Kind = "duty" | "notice";

/** WhyLight is the button beside a light that opens its rule, its figures, what comes next and what it was before. */
export function WhyLight({ kind, id, label }: { kind: Kind; id: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <Explain label={label ?? t("why.title")}>
      <Stack gap={0.75}>
        <Reason kind={kind} id={id} />
        <History kind={kind} id={id} />
      </Stack>
    </Explain>
  );
}

function Reason({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useTranslation();
  const why = useOne(["light", kind, id], signal => {
    const params = { path: { id } };
    return kind === "duty"
      ? take(api.GET("/api/v1/duties/{id}/light", { signal, params }))
      : take(api.GET("/api/v1/notices/{id}/light", { signal, params }));
  });
  return (
    <Loaded query={why} rows={4}>
      {data => (
        <Stack gap={0.5}>
          <strong>
            <Light light={data.light as LightName} /> {word("light_rule", data.rule)}
          </strong>
          {data.paused && <Note tone="blue">{t("why.paused")}</Note>}
          <Figures why={data} />
        </Stack>
      )}
    </Loaded>
  );
}

/** setName is what a rule set says, in a line; one of the installation's own is named by what it is for and its code. */
function setName(t: TFunction, { of, rule_set = "" }: Why): string {
  const said = word("rule_set", rule_set);
  return said === rule_set ? `${t(`rules.subject.${of}`)} ${rule_set}` : said;
}

/** Figures lists what decided; what is missing is left out. */
function Figures({ why }: { why: Why }) {
  const { t } = useTranslation();
  const { inputs } = why;
  const all: [string, React.ReactNode][] = [
    [
      t("why.rule"),
      why.rule_set && (
        <span key="rule" title={why.rule_set}>{`${setName(t, why)} ${t("rules.version_n", { n: why.rule_version ?? "" })}`}</span>
      ),
    ],
    [
      t("why.when"),
      why.when && (
        <span key="when" title={why.when}>
          {whenWords(t, why.when)}
        </span>
      ),
    ],
    [t("why.since"), why.since && instant(why.since)],
    [t("why.due"), inputs.due && (inputs.provisional ? inputs.due + t("ui.paren", { text: t("why.provisional") }) : inputs.due)],
    [
      t("why.left"),
      inputs.due &&
        t(inputs.days_left < 0 ? "why.over_days" : "why.left_days", {
          days: Math.abs(inputs.days_left),
          workdays: Math.abs(inputs.workdays_left),
        }),
    ],
    [
      t("why.progress"),
      why.of !== "acceptance" && (
        <Progress key="p" value={Math.round(inputs.percent / 100)} planned={Math.round(inputs.planned / 100)} />
      ),
    ],
    [t("why.yellows"), inputs.yellows > 0 && inputs.yellows],
    [
      t("why.next"),
      why.next_on && (
        <Row key="next" gap={0.5} wrap>
          {why.next_on}
          <Light light={why.next_light as LightName} words={word("light_rule", why.next_rule ?? "")} />
        </Row>
      ),
    ],
  ];
  return <Facts items={all.filter(([, value]) => value)} />;
}

/** History is the light before, in one strip: each change with its day and rule. */
function History({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useTranslation();
  const list = usePages(["lights", kind, id], (after, signal) => {
    const params = { path: { id }, query: { after, limit: 200 } };
    return kind === "duty"
      ? take(api.GET("/api/v1/duties/{id}/lights", { signal, params }))
      : take(api.GET("/api/v1/notices/{id}/lights", { signal, params }));
  });
  if (!list.isSuccess) return null;
  const first = list.items[0];
  return (
    <div>
      <strong>{t("why.history")}</strong>
      {!first && (
        <div>
          <Muted>{t("why.no_history")}</Muted>
        </div>
      )}
      <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {first && (
          <li>
            <Light light={first.was as LightName} />
          </li>
        )}
        {list.items.map(one => (
          <li key={`${one.since}${one.light}${one.rule}`}>
            <Row gap={0.5} wrap>
              <Light light={one.light as LightName} />
              <Muted>{instant(one.since)}</Muted>
              <Muted>{word("light_rule", one.rule)}</Muted>
            </Row>
          </li>
        ))}
      </ol>
    </div>
  );
}
