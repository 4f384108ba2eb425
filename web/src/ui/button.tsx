import { type AriaAttributes, type MouseEvent, type ReactNode, useId } from "react";
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
  const off = Boolean(reason) || disabled || busy;
  const button = (
    <button
      className={wide ? `${css.button} ${css.wide}` : css.button}
      type={type}
      data-kind={kind}
      data-size={size}
      aria-label={label}
      aria-busy={busy || undefined}
      aria-disabled={(off && !busy) || undefined}
      aria-describedby={reason ? id : undefined}
      onClick={event => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className={css.spin} /> : icon && <Icon name={icon} />}
      {children}
    </button>
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
}: AriaAttributes & {
  name: IconName;
  label: string;
  onClick?: (event: MouseEvent) => void;
  pressed?: boolean;
  children?: ReactNode;
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
}: AriaAttributes & { children: ReactNode; onClick?: (event: MouseEvent) => void }) {
  return (
    <button type="button" className={css.text} onClick={onClick} {...aria}>
      {children}
    </button>
  );
}
