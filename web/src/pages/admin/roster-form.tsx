import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";
import { useUnitNodes } from "../../api/units";
import { useUrl } from "../../app/url";
import { Button, IconButton } from "../../ui/button";
import { DateField } from "../../ui/date-field";
import { Check, Radios, TextField } from "../../ui/field";
import { Grid, Row, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { ErrorNote } from "../../ui/states";
import { TreePicker } from "../../ui/tree-picker";
import { type Roster, useSaveRoster } from "./rosters";

const kinds = [
  "division",
  "affiliated",
  "university",
  "city_bureau",
  "county_bureau",
  "school",
  "service_site",
  "department",
] as const;

interface Member {
  unit_id: string;
  valid_from: string;
  valid_to: string;
}

/** RosterForm writes a roster: by a rule (kinds of units below one), or as a list of members with their days. */
export function RosterForm({ roster, onClose }: { roster?: Roster; onClose: () => void }) {
  const { t } = useTranslation();
  const [, setUrl] = useUrl<"roster">();
  const { nodes, loading } = useUnitNodes();
  const [name, setName] = useState(roster?.name ?? "");
  const [aliases, setAliases] = useState(roster?.aliases.join(" ") ?? "");
  const [how, setHow] = useState<"rule" | "listed">(roster?.listed ? "listed" : "rule");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(roster?.kinds));
  const [under, setUnder] = useState(roster?.under_id ?? "");
  const [members, setMembers] = useState<Member[]>([]);
  const save = useSaveRoster(roster, t("roster.saved"), saved => {
    setUrl({ roster: saved.id });
    onClose();
  });
  const send = () =>
    save.mutate({
      name: name.trim(),
      aliases: aliases.split(/\s+/).filter(Boolean),
      ...(how === "rule"
        ? { kinds: [...picked], under_id: under || undefined }
        : {
            listed: true,
            members: members
              .filter(one => one.unit_id)
              .map(one => ({
                unit_id: one.unit_id,
                valid_from: one.valid_from || undefined,
                valid_to: one.valid_to || undefined,
              })),
          }),
    });
  const change = (at: number, part: Partial<Member>) =>
    setMembers(members.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <Modal
      wide
      open
      title={roster ? t("roster.edit") : t("roster.create")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={save.isPending} disabled={!name.trim()} onClick={send}>
            {t("plan.save")}
          </Button>
        </>
      }
    >
      <Stack gap={1}>
        {save.isError && <ErrorNote error={save.error} />}
        <TextField
          label={t("roster.name")}
          hint={t("roster.name_hint")}
          required
          value={name}
          onChange={setName}
          max={100}
          error={save.error instanceof Problem ? save.error.field("name") : undefined}
        />
        <TextField label={t("roster.aliases")} hint={t("roster.aliases_hint")} value={aliases} onChange={setAliases} max={400} />
        <Radios
          label={t("roster.how")}
          value={how}
          onChange={setHow}
          options={(["rule", "listed"] as const).map(value => ({ value, label: t(`roster.${value}_long`) }))}
        />
        {how === "rule" ? (
          <>
            <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
              <legend>{t("roster.kinds")}</legend>
              <Grid min={9} gap={0}>
                {kinds.map(kind => (
                  <Check
                    key={kind}
                    label={t(`unit.kind.${kind}`)}
                    checked={picked.has(kind)}
                    onChange={on => {
                      const next = new Set(picked);
                      if (on) next.add(kind);
                      else next.delete(kind);
                      setPicked(next);
                    }}
                  />
                ))}
              </Grid>
            </fieldset>
            <TreePicker
              label={t("roster.under")}
              hint={t("roster.under_hint")}
              nodes={nodes}
              loading={loading}
              value={under}
              onChange={setUnder}
            />
          </>
        ) : (
          <>
            {roster?.listed && <p>{t("roster.replaces")}</p>}
            {members.map((member, i) => (
              <Row key={i} wrap>
                <TreePicker
                  label={t("duty.unit")}
                  nodes={nodes}
                  loading={loading}
                  value={member.unit_id}
                  onChange={unit_id => change(i, { unit_id })}
                />
                <DateField
                  label={t("roster.from")}
                  value={member.valid_from}
                  onChange={valid_from => change(i, { valid_from })}
                />
                <DateField label={t("roster.to")} value={member.valid_to} onChange={valid_to => change(i, { valid_to })} />
                <IconButton
                  name="close"
                  label={t("roster.drop")}
                  onClick={() => setMembers(members.filter((_, at) => at !== i))}
                />
              </Row>
            ))}
            <Row>
              <Button icon="add" onClick={() => setMembers([...members, { unit_id: "", valid_from: "", valid_to: "" }])}>
                {t("roster.add_member")}
              </Button>
            </Row>
          </>
        )}
      </Stack>
    </Modal>
  );
}
