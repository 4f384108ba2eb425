import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { useAct } from "../../api/query";
import { fileForm, upload } from "../../api/upload";
import { Button } from "../../ui/button";
import { FileDrop, type Upload } from "../../ui/file-drop";
import { Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import { ErrorNote, Note } from "../../ui/states";

type Report = Schemas["ImportReport"];

/** ImportUnits reads the unit tree from a table: it is checked as soon as it is chosen, and nothing is written before its effect was seen. */
export function ImportUnits({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<Upload>();
  const send = (chosen: File, dry: boolean) =>
    upload<Report>(`/api/v1/units/import?dry_run=${dry}`, fileForm(chosen), done =>
      setSent({ key: chosen.name, name: chosen.name, bytes: chosen.size, done, state: done < 1 ? "sending" : "sent" }),
    ).done;
  const check = useAct<File, Report>({ quiet: true, send: chosen => send(chosen, true) });
  const write = useAct<File, Report>({
    quiet: true,
    send: chosen => send(chosen, false),
    done: made => t("unit.imported", { created: made.created, updated: made.updated }),
    after: onClose,
  });
  const found = check.data;
  const changes = found ? found.created + found.updated : 0;
  return (
    <Modal
      open
      title={t("unit.import")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={write.isPending}
            disabled={!file || changes === 0 || check.isPending}
            onClick={() => file && write.mutate(file)}
          >
            {changes > 0 ? t("unit.import_n", { count: changes }) : t("unit.import_none")}
          </Button>
        </>
      }
    >
      <Stack>
        <FileDrop
          single
          label={t("unit.import_drop")}
          hint={t("unit.import_hint")}
          accept=".xlsx,.csv"
          uploads={sent ? [sent] : []}
          onFiles={([chosen]) => {
            setFile(chosen);
            if (chosen) check.mutate(chosen);
          }}
          onRemove={() => {
            setFile(undefined);
            setSent(undefined);
            check.reset();
          }}
        />
        {check.isPending && <p role="status">{t("unit.import_checking")}</p>}
        {found && <Note tone={changes > 0 ? "blue" : "amber"}>{t("unit.import_effect", { ...found })}</Note>}
        {(check.isError || write.isError) && <ErrorNote error={check.error ?? write.error} />}
      </Stack>
    </Modal>
  );
}
