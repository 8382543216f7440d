/**
 * Why this file exists: what can be done to the table the caret is in. No merging and no splitting of cells: beside an
 * added row or column they are what tables break on when several people write.
 */
import type { Editor } from '@tiptap/core';
import { Table } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

const ACTIONS = [
  'rowAbove',
  'rowBelow',
  'columnBefore',
  'columnAfter',
  'headerRow',
  'deleteRow',
  'deleteColumn',
  'deleteTable',
] as const;
type TableAction = (typeof ACTIONS)[number];

/** Runs one action on the table of the selection; `false` when it could not. */
export function runTableAction(editor: Editor, action: TableAction): boolean {
  const chain = editor.chain().focus();
  switch (action) {
    case 'rowAbove':
      return chain.addRowBefore().run();
    case 'rowBelow':
      return chain.addRowAfter().run();
    case 'columnBefore':
      return chain.addColumnBefore().run();
    case 'columnAfter':
      return chain.addColumnAfter().run();
    case 'headerRow':
      return chain.toggleHeaderRow().run();
    case 'deleteRow':
      return chain.deleteRow().run();
    case 'deleteColumn':
      return chain.deleteColumn().run();
    case 'deleteTable':
      return chain.deleteTable().run();
  }
}

interface TableMenuProps {
  editor: Editor;
  tabIndex: number;
  onOpen: () => void;
}

export function TableMenu({ editor, tabIndex, onOpen }: TableMenuProps) {
  const { t } = useTranslation('editor');
  const item = (action: TableAction) => (
    <MenuItem key={action} id={action} className="rs-menu-item">
      {t(`tableMenu.${action}`)}
    </MenuItem>
  );
  return (
    <MenuTrigger onOpenChange={(open) => open && onOpen()}>
      <Button
        className="rs-tool"
        data-stop
        aria-label={t('tableMenu.label')}
        excludeFromTabOrder={tabIndex === -1}
        preventFocusOnPress
      >
        <Table aria-hidden size={18} strokeWidth={1.75} />
        <span className="rs-tool-word">{t('tableMenu.label')}</span>
      </Button>
      <Popover className="rs-menu">
        <Menu onAction={(key) => runTableAction(editor, key as TableAction)}>
          {ACTIONS.slice(0, 5).map(item)}
          <Separator className="rs-menu-line" />
          {ACTIONS.slice(5).map(item)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
