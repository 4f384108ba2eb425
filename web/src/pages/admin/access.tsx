import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useAct } from "../../api/query";
import { useMe } from "../../api/session";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Grid, Panel, Row, Stack } from "../../ui/layout";
import { Tag } from "../../ui/light";
import { Select } from "../../ui/select";
import { ErrorNote, Note } from "../../ui/states";
import { Table } from "../../ui/table";
import { useUserOptions } from "./people";

const subjects = ["unit", "user", "plan", "duty", "report", "extension", "inspection", "finding", "notice"] as const;

/** Access answers why somebody may or may not do something with an object, line by line of the policy. */
export function Access() {
  const { t } = useTranslation();
  const me = useMe();
  const people = useUserOptions(true);
  const [user, setUser] = useState("");
  const [permission, setPermission] = useState("duty.read");
  const [subject, setSubject] = useState<(typeof subjects)[number]>("unit");
  const [id, setId] = useState(me.authority.root_unit_id);
  const ask = useAct({
    quiet: true,
    send: () =>
      take(api.GET("/api/v1/access/explain", { params: { query: { user_id: user, permission, subject, subject_id: id } } })),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    ask.mutate();
  }
  const answer = ask.data;
  return (
    <Stack>
      <Panel title={t("access.title")}>
        <form onSubmit={submit}>
          <Stack>
            <Grid min={14}>
              <Select label={t("access.who")} required value={user} onChange={setUser} options={people} />
              <TextField
                label={t("access.permission")}
                required
                value={permission}
                onChange={setPermission}
                hint={t("access.permission_hint")}
              />
              <Select
                label={t("access.subject")}
                value={subject}
                onChange={value => setSubject(value as "unit")}
                options={subjects.map(value => ({ value, label: t(`access.subject.${value}`) }))}
              />
              <TextField label={t("access.id")} required value={id} onChange={setId} hint={t("access.id_hint")} />
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
      {answer && (
        <Panel title={t("access.answer")}>
          <Stack>
            <Note tone={answer.explanation.allowed ? "green" : "red"}>
              {t(answer.explanation.allowed ? "access.yes" : "access.no", {
                name: answer.user_name,
                permission: answer.explanation.permission,
              })}
              {answer.explanation.missing && <span>{t("access.missing", { what: answer.explanation.missing })}</span>}
            </Note>
            <Table
              label={t("access.lines")}
              rows={answer.explanation.lines}
              id={line => line.role + line.scope + line.unit_id}
              columns={[
                { key: "role", title: t("post.role"), cell: line => word("role", line.role) },
                { key: "scope", title: t("access.scope"), cell: line => word("access.scope", line.scope) },
                {
                  key: "matches",
                  title: t("access.matches"),
                  kind: "tight",
                  cell: line => (
                    <Tag tone={line.matches ? "green" : "plain"}>{t(line.matches ? "access.match" : "access.no_match")}</Tag>
                  ),
                },
              ]}
            />
          </Stack>
        </Panel>
      )}
    </Stack>
  );
}
