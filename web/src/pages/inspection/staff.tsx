import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, match, take } from "../../api/client";
import { useHolders } from "../../api/holders";
import { useAct } from "../../api/query";
import { word } from "../../i18n";
import { Button } from "../../ui/button";
import { Row, Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { MultiSelect, Select } from "../../ui/select";
import { ErrorNote } from "../../ui/states";
import type { Inspection } from "./index";

/** Staff names the team: one leader, the others. Whoever has a post in an inspected unit is refused with the reason. */
export function Staff({ inspection, onClose }: { inspection: Inspection; onClose: () => void }) {
  const { t } = useTranslation();
  const holders = useHolders("inspection.check", "inspection", inspection.id);
  const [leader, setLeader] = useState(inspection.team.find(m => m.leads)?.user_id ?? "");
  const [members, setMembers] = useState(inspection.team.filter(m => !m.leads).map(m => m.user_id));
  const people = [
    ...holders.people,
    ...inspection.team
      .filter(m => !holders.people.some(p => p.value === m.user_id))
      .map(m => ({ value: m.user_id, label: m.name })),
  ];
  const act = useAct({
    quiet: true,
    send: () =>
      take(
        api.PUT("/api/v1/inspections/{id}/team", {
          params: { path: { id: inspection.id }, header: match(inspection.version) },
          body: { leader_id: leader || undefined, member_ids: members.filter(id => id !== leader) },
        }),
      ),
    after: onClose,
  });
  return (
    <Modal title={word("action.inspection", "staff")} open onClose={onClose}>
      <Stack gap={1}>
        {act.isError && <ErrorNote error={act.error} />}
        {holders.error !== undefined && <ErrorNote error={holders.error} />}
        <Select label={t("inspection.leads")} value={leader} onChange={setLeader} options={people} />
        <MultiSelect label={t("scheme.members")} values={members} onChange={setMembers} options={people} />
        <Row end>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={act.isPending} onClick={() => act.mutate()}>
            {word("action.inspection", "staff")}
          </Button>
        </Row>
      </Stack>
    </Modal>
  );
}
