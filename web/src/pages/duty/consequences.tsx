import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Duty } from "../../api/duties";
import { useMe } from "../../api/session";
import { Button } from "../../ui/button";
import { Panel, Stack } from "../../ui/layout";
import { ProposeProceeding } from "../proceedings/propose";

/** Consequences is where a supervisor proposes an interview or a circular on the ground of this duty. */
export function Consequences({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!useMe().permissions.includes("proceeding.propose")) return null;
  return (
    <Panel title={t("nav.proceedings")}>
      <Stack>
        <p>{t("proceeding.from_duty", { unit: duty.unit_name })}</p>
        <div>
          <Button size="xs" icon="people" onClick={() => setOpen(true)}>
            {t("proceeding.propose")}
          </Button>
        </div>
      </Stack>
      {open && (
        <ProposeProceeding
          about={{ unit: duty.unit_id, basis: { subject: "duty", subject_id: duty.id } }}
          onClose={() => setOpen(false)}
        />
      )}
    </Panel>
  );
}
