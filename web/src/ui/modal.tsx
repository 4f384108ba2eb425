import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/Drawer.css";
import { Drawer as BaseDrawer, Modal as BaseModal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { TextField } from "./field";
import { Stack } from "./layout";
import css from "./modal.module.css";

interface Props {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
  wide?: boolean;
}

/** Modal stops the rest of the page for one decision; Esc closes it and focus returns. */
export function Modal({ title, open, onClose, children, foot, wide }: Props) {
  const { t } = useTranslation();
  return (
    <BaseModal
      opened={open}
      onClose={onClose}
      title={title}
      size={wide ? "56rem" : "34rem"}
      classNames={{ title: css.title, header: css.header, inner: css.inner, content: css.content, body: css.body }}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      transitionProps={{ duration: 0 }}
    >
      {children}
      {foot && <div className={css.foot}>{foot}</div>}
    </BaseModal>
  );
}

/** FormFoot are the buttons of a form that stands in a dialog: however long the form, they stay in sight at its lower edge. */
export function FormFoot({ children }: { children: ReactNode }) {
  return <div className={css.foot}>{children}</div>;
}

/** Drawer is a side pane over the page: details, filters on a phone. */
export function Drawer({ title, open, onClose, children, foot, wide }: Props) {
  const { t } = useTranslation();
  return (
    <BaseDrawer
      opened={open}
      onClose={onClose}
      title={title}
      position="right"
      size={wide ? "60rem" : "32rem"}
      classNames={{ title: css.title, header: css.header }}
      closeButtonProps={{ "aria-label": t("ui.close") }}
      transitionProps={{ duration: 0 }}
    >
      {children}
      {foot && <div className={css.foot}>{foot}</div>}
    </BaseDrawer>
  );
}

/** typedFrom is the number of objects from which on a person has to type it before an act that cannot be undone. */
const typedFrom = 100;

/** Confirm asks before an act that cannot be undone or leaves the house: effects, count, the act's own name on the button. */
export function Confirm({
  title,
  act,
  count,
  danger,
  busy,
  open,
  onClose,
  onConfirm,
  children,
}: {
  title: ReactNode;
  act: string;
  count?: number;
  danger?: boolean;
  busy?: boolean;
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const many = count !== undefined && count > typedFrom;
  return (
    <Modal
      title={title}
      open={open}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind={danger ? "danger" : "primary"}
            busy={busy}
            onClick={onConfirm}
            reason={many && typed !== String(count) ? t("ui.type_count", { count }) : undefined}
          >
            {act}
          </Button>
        </>
      }
    >
      <Stack>
        {children}
        {many && <TextField label={t("ui.type_count", { count })} value={typed} onChange={setTyped} />}
      </Stack>
    </Modal>
  );
}
