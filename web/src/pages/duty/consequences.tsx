import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Duty } from "../../api/duties";
import { useMe } from "../../api/session";
import { Button } from "../../ui/button";
import { Panel, Stack } from "../../ui/layout";

const ProposeProceeding = lazy(() => import("../proceedings/propose").then(found => ({ default: found.ProposeProceeding })));

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
          <Button size="xs" icon="talk" onClick={() => setOpen(true)}>
            {t("proceeding.propose")}
          </Button>
        </div>
      </Stack>
      {open && (
        <Suspense fallback={null}>
          <ProposeProceeding
            about={{ unit: duty.unit_id, basis: { subject: "duty", subject_id: duty.id } }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </Panel>
  );
}
