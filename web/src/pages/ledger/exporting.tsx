import { useTranslation } from "react-i18next";
import type { Sending } from "../../api/ledger";
import { size } from "../../lib/numbers";
import { Button } from "../../ui/button";
import { Stack } from "../../ui/layout";
import { Modal } from "../../ui/modal";
import css from "./ledger.module.css";

/** Exporting says how far a large file has come; it may be stopped. */
export function Exporting({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal title={t("ledger.export")} open onClose={onStop} foot={<Button onClick={onStop}>{t("ui.cancel")}</Button>}>
      <Stack>
        <progress className={css.sending} aria-label={t("ledger.export")} />
        <p role="status">{t("ledger.exporting", { count: sending.rows, size: size(sending.bytes) })}</p>
      </Stack>
    </Modal>
  );
}
