import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Paper.css";
import { Popover } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button";

/** Explain opens a box with the reasons behind what stands beside it; Esc closes it. */
export function Explain({ label, children }: { label?: string; children: ReactNode }) {
  const { t } = useTranslation();
  const [open, set] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={set}
      position="bottom-start"
      shadow="md"
      trapFocus
      withRoles={false}
      width="min(24rem, 90vw)"
    >
      <Popover.Target>
        <span className="no-print" style={{ display: "inline-flex" }}>
          <IconButton name="help" label={label ?? t("ui.why")} onClick={() => set(!open)} aria-expanded={open} />
        </span>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
