import "@mantine/core/styles/Tooltip.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Paper.css";
import { Popover, Tooltip } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button";

/** Tip shows a line of text while its child is hovered or focused. */
export function Tip({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Tooltip label={text} openDelay={300} multiline maw="22rem" events={{ hover: true, focus: true, touch: true }} withArrow>
      {children}
    </Tooltip>
  );
}

/** Explain opens a box with the reasons behind what stands beside it; Esc closes it. */
export function Explain({ label, children }: { label?: string; children: ReactNode }) {
  const { t } = useTranslation();
  const [open, set] = useState(false);
  return (
    <Popover opened={open} onChange={set} position="bottom-start" withArrow shadow="md" trapFocus width="min(24rem, 90vw)">
      <Popover.Target>
        <span style={{ display: "inline-flex" }}>
          <IconButton name="help" label={label ?? t("ui.why")} onClick={() => set(!open)} aria-expanded={open} />
        </span>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
