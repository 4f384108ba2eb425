import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Button.css";
import { Button as Base } from "@mantine/core";
import { type MouseEvent, type ReactNode, useId } from "react";
import css from "./button.module.css";
import { Icon, type IconName } from "./icon";
import { Tip } from "./tip";

export interface ButtonProps {
  children: ReactNode;
  onClick?: (event: MouseEvent) => void;
  /** primary: the one act that the page is for; plain: others; danger: what cannot be undone. */
  kind?: "primary" | "plain" | "danger" | "quiet";
  size?: "xs" | "sm" | "lg";
  icon?: IconName;
  busy?: boolean;
  /** Why the act is not possible now. The button stays, can be reached by keyboard and says so. */
  reason?: string;
  disabled?: boolean;
  type?: "button" | "submit";
  wide?: boolean;
  label?: string;
}

const variants = { primary: "filled", plain: "default", danger: "filled", quiet: "subtle" } as const;

export function Button({
  children,
  kind = "plain",
  icon,
  busy,
  reason,
  disabled,
  size = "sm",
  type = "button",
  wide,
  label,
  onClick,
}: ButtonProps) {
  const id = useId();
  const off = Boolean(reason) || disabled;
  const button = (
    <Base
      className={off ? `${css.button} ${css.off}` : css.button}
      data-size={size}
      size="sm"
      type={type}
      variant={variants[kind]}
      color={kind === "danger" ? "red" : undefined}
      loading={busy}
      fullWidth={wide}
      aria-label={label}
      aria-disabled={off || undefined}
      aria-describedby={reason ? id : undefined}
      leftSection={icon && <Icon name={icon} />}
      onClick={event => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
    </Base>
  );
  if (!reason) return button;
  return (
    <>
      <Tip text={reason}>{button}</Tip>
      <span id={id} className="hidden">
        {reason}
      </span>
    </>
  );
}

/** IconButton has a drawing only; its name is read out and shown on hover. */
export function IconButton({
  name,
  label,
  onClick,
  pressed,
  children,
  ...aria
}: {
  name: IconName;
  label: string;
  onClick?: (event: MouseEvent) => void;
  pressed?: boolean;
  children?: ReactNode;
  "aria-expanded"?: boolean;
  "aria-controls"?: string;
}) {
  return (
    <Tip text={label}>
      <button type="button" className={css.bare} aria-label={label} aria-pressed={pressed} onClick={onClick} {...aria}>
        <Icon name={name} />
        {children}
      </button>
    </Tip>
  );
}

/** TextButton looks like a link and acts. */
export function TextButton({
  children,
  onClick,
  ...aria
}: {
  children: ReactNode;
  onClick?: (event: MouseEvent) => void;
  "aria-expanded"?: boolean;
}) {
  return (
    <button type="button" className={css.text} onClick={onClick} {...aria}>
      {children}
    </button>
  );
}
