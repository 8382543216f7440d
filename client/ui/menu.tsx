/** Why this file exists: every drag has a menu row and every row shows its key; this is that menu. */
import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import styles from './menu.module.css';

export interface MenuAction {
  id: string;
  label: string;
  icon?: ReactNode;
  /** The key that does the same, as people write it: "Alt ↑". */
  keys?: string;
  disabled?: boolean;
  danger?: boolean;
  onAction(): void;
}

/** `button` opens it and must be a React Aria `Button`. `null` among the actions is a line between them. */
export function Menu({
  button,
  label,
  actions,
}: {
  button: ReactElement;
  label: string;
  actions: (MenuAction | null)[];
}) {
  return (
    <MenuTrigger>
      {button}
      <Popover className={styles.popover!} placement="bottom end">
        <AriaMenu
          className={styles.menu!}
          aria-label={label}
          disabledKeys={actions.flatMap((action) => (action?.disabled ? [action.id] : []))}
          onAction={(key) => actions.find((action) => action?.id === key)?.onAction()}
        >
          {actions.map((action, index) =>
            action === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place.
              <Separator key={`line-${index}`} className={styles.separator!} />
            ) : (
              <MenuItem
                key={action.id}
                id={action.id}
                textValue={action.label}
                className={action.danger ? `${styles.item} ${styles.danger}` : styles.item!}
              >
                {action.icon}
                <span>{action.label}</span>
                {action.keys && <kbd>{action.keys}</kbd>}
              </MenuItem>
            ),
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
