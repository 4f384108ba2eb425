import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Menu.css";
import { Menu as Base } from "@mantine/core";
import { Fragment, type ReactElement } from "react";
import { Icon, type IconName } from "./icon";
import css from "./menu.module.css";

export interface MenuItem {
  label: string;
  onPick?: () => void;
  icon?: IconName;
  /** Why it is not possible now: the entry stays and says so. */
  reason?: string;
  checked?: boolean;
  danger?: boolean;
}

export interface MenuGroup {
  title?: string;
  items: MenuItem[];
}

/** Menu opens a list of acts at its target. */
export function Menu({ target, groups }: { target: ReactElement; groups: MenuGroup[] }) {
  return (
    <Base shadow="md" position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Base.Target>{target}</Base.Target>
      <Base.Dropdown>
        {groups.map((group, i) => (
          <Fragment key={i}>
            {i > 0 && <Base.Divider />}
            {group.title && <Base.Label>{group.title}</Base.Label>}
            {group.items.map(item => (
              <Base.Item
                key={item.label}
                className={css.item}
                color={item.danger ? "red" : undefined}
                leftSection={item.checked ? <Icon name="check" /> : item.icon ? <Icon name={item.icon} /> : undefined}
                aria-disabled={item.reason ? true : undefined}
                closeMenuOnClick={!item.reason}
                onClick={() => !item.reason && item.onPick?.()}
              >
                {item.label}
                {item.reason && <span className={css.note}>{item.reason}</span>}
              </Base.Item>
            ))}
          </Fragment>
        ))}
      </Base.Dropdown>
    </Base>
  );
}
