/** Why this file exists: every move has a menu row, with the key that does the same printed beside it. */
import { Ellipsis } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '#shared/agenda-moves.ts';
import { mergeCandidate, stepTarget } from '#shared/agenda-steps.ts';
import { type Agenda, type AgendaNode, isNumbered } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';
import { buttonClass } from '../ui/button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import type { AgendaActions } from './actions.ts';

/** What only the server can do, for the page to ask of it. */
export type AgendaAction = { do: 'set-current'; itemId: Id | null } | { do: 'split'; itemId: Id };

export interface RowMenuProps {
  agenda: Agenda;
  node: AgendaNode;
  title: string;
  current: boolean;
  canWrite: boolean;
  canSetCurrent: boolean;
  actions: AgendaActions;
  onRename(id: Id): void;
  onAction(action: AgendaAction): void;
}

/** The menu of one row; nothing when there is nothing one may do. */
export function RowMenu({ node, title, canWrite, canSetCurrent, ...rest }: RowMenuProps) {
  const { t } = useTranslation('agenda');
  const mayLead = canSetCurrent && node.item.kind !== 'section';
  if (!canWrite && !mayLead) return null;
  return (
    <Menu
      label={t('menu.label', { title })}
      button={
        <Button
          className={buttonClass({ variant: 'quiet', size: 'small' }, true)}
          aria-label={t('menu.label', { title })}
        >
          <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
        </Button>
      }
      actions={menuActions({ node, title, canWrite, canSetCurrent: mayLead, ...rest }, t)}
    />
  );
}

function menuActions(
  { agenda, node, current, canWrite, canSetCurrent, actions, onRename, onAction }: RowMenuProps,
  t: (key: string) => string,
): (MenuAction | null)[] {
  const { id, outcome, kind } = node.item;
  const step = (name: 'up' | 'down' | 'in' | 'out', keys: string): MenuAction => {
    const target = stepTarget(agenda, id, name);
    return {
      id: name,
      label: t(`menu.${name}`),
      keys,
      disabled: target === null || refusalOf(agenda, [id], target) !== null,
      onAction: () => actions.step(id, name),
    };
  };
  const list: (MenuAction | null)[] = [];
  if (canSetCurrent)
    list.push({
      id: 'current',
      label: current ? t('menu.endCurrent') : t('menu.setCurrent'),
      onAction: () => onAction({ do: 'set-current', itemId: current ? null : id }),
    });
  if (!canWrite) return list;
  list.push({ id: 'rename', label: t('menu.rename'), keys: 'e', onAction: () => onRename(id) });
  if (isNumbered(kind)) {
    const marked = outcome === 'nothing-to-report';
    list.push({
      id: 'outcome',
      label: marked ? t('menu.somethingToReport') : t('menu.nothingToReport'),
      onAction: () => actions.setNothingToReport(id, !marked),
    });
  }
  list.push(null, step('up', 'Alt ↑'), step('down', 'Alt ↓'), step('in', 'Alt →'), step('out', 'Alt ←'), null);
  if (isNumbered(kind))
    list.push(
      {
        id: 'merge',
        label: t('menu.merge'),
        disabled: mergeCandidate(agenda, id) === null,
        onAction: () => actions.mergeWithPrevious(id),
      },
      { id: 'split', label: t('menu.split'), onAction: () => onAction({ do: 'split', itemId: id }) },
    );
  list.push({ id: 'archive', label: t('menu.archive'), onAction: () => actions.archive(id) });
  return list;
}
