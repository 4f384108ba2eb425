import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { units, useUnitNodes } from "../../api/units";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Grid, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Select } from "../../ui/select";
import { ErrorNote, Note } from "../../ui/states";
import { Table } from "../../ui/table";
import { TreePicker } from "../../ui/tree-picker";
import { useUserOptions } from "./people";
import { idIn, rightName, rightOptions } from "./rights";

const subjects = [
  "unit",
  "user",
  "plan",
  "duty",
  "report",
  "extension",
  "inspection",
  "finding",
  "conclusion",
  "objection",
  "notice",
  "matter",
  "proceeding",
] as const;
type Subject = (typeof subjects)[number];

/** subjectOf is the kind of object that a right is about, where one can be named. */
const subjectOf = (permission: string): Subject | undefined => subjects.find(one => permission.startsWith(`${one}.`));

/** Access answers why somebody may or may not do something with an object, line by line of the policy. */
export function Access() {
  const { t } = useTranslation();
  const me = useMe();
  const people = useUserOptions(true);
  const { nodes } = useUnitNodes();
  const [user, setUser] = useState("");
  const [permission, setPermission] = useState("unit.read");
  const [subject, setSubject] = useState<Subject>("unit");
  const [id, setId] = useState<string>(me.authority.root_unit_id);
  const rights = useMemo(() => rightOptions(t), [t]);
  const ask = useAct({
    quiet: true,
    send: () =>
      take(
        api.GET("/api/v1/access/explain", { params: { query: { user_id: user, permission, subject, subject_id: idIn(id) } } }),
      ),
  });
  function about(next: Subject) {
    if (next === subject) return;
    setSubject(next);
    setId(next === "unit" ? me.authority.root_unit_id : "");
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    ask.mutate();
  }
  return (
    <Stack>
      <Panel title={t("access.title")}>
        <form onSubmit={submit}>
          <Stack>
            <Grid low min={14}>
              <Select label={t("access.who")} required value={user} onChange={setUser} options={people} />
              <Select
                label={t("access.permission")}
                required
                value={permission}
                onChange={value => {
                  setPermission(value);
                  about(subjectOf(value) ?? subject);
                }}
                hint={t("access.permission_hint")}
                options={rights}
              />
              <Select
                label={t("access.subject")}
                value={subject}
                onChange={value => about(value as Subject)}
                options={subjects.map(value => ({ value, label: word("right.object", value) }))}
              />
              {subject === "unit" && (
                <TreePicker label={t("access.pick_unit")} required value={id} onChange={setId} nodes={nodes} />
              )}
              {subject === "user" && (
                <Select label={t("access.pick_user")} required value={id} onChange={setId} options={people} />
              )}
              {subject !== "unit" && subject !== "user" && (
                <TextField label={t("access.id")} required value={id} onChange={setId} hint={t("access.id_hint")} />
              )}
            </Grid>
            <Row end>
              <Button kind="primary" type="submit" busy={ask.isPending} disabled={!user || !permission || !id}>
                {t("access.ask")}
              </Button>
            </Row>
          </Stack>
        </form>
      </Panel>
      {ask.isError && <ErrorNote error={ask.error} />}
      {ask.data && <Answer answer={ask.data} />}
    </Stack>
  );
}

/** Answer is the decision, what is missing, and the posts that were looked at, each in a sentence. */
function Answer({ answer }: { answer: Schemas["AccessAnswer"] }) {
  const { t } = useTranslation();
  const tree = useQuery(units);
  const { allowed, missing, lines, permission } = answer.explanation;
  const unitName = (id: string) => tree.data?.find(unit => unit.id === id)?.name ?? "";
  return (
    <Panel title={t("access.answer")}>
      <Stack>
        <Note tone={allowed ? "green" : "red"}>
          <strong>
            {t(allowed ? "access.yes" : "access.no", { name: answer.user_name, permission: rightName(permission, t) })}
          </strong>
          {missing && <span>{word("access.missing", missing)}</span>}
        </Note>
        {lines.length > 0 && (
          <Table
            label={t("access.lines")}
            rows={lines}
            id={line => line.role + line.scope + line.unit_id}
            columns={[
              {
                key: "chain",
                title: t("access.chain"),
                phone: "main",
                cell: line =>
                  t(line.matches ? "access.chain.match" : "access.chain.no_match", {
                    unit: unitName(line.unit_id),
                    role: word("role", line.role),
                    scope: word("access.scope", line.scope),
                  }),
              },
              {
                key: "result",
                title: t("access.answer"),
                kind: "tight",
                cell: line => (
                  <Tag tone={line.matches ? "green" : "plain"}>{t(line.matches ? "access.allow" : "access.deny")}</Tag>
                ),
              },
            ]}
          />
        )}
      </Stack>
    </Panel>
  );
}
