/** Why this file exists: whatever a contribution can be dragged to, or a key does with it, is a row of its menu with the key beside it. */

import type { TFunction } from 'i18next';
import { ArrowDown, ArrowRight, ArrowUp, CornerDownRight, Ellipsis, Eye, EyeOff, Link2, Plus, Tag } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Contribution } from '#shared/workshop/contributions.ts';
import { clusterOf } from '#shared/workshop/harvest.ts';
import { buttonClass } from '../ui/button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import { type Board, useBoard } from './board-context.ts';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** What acts on a contribution: those that are chosen together with it, or it alone. */
export function chosenWith(board: Pick<Board, 'selected'>, key: string): readonly string[] {
  return board.selected.has(key) ? [...board.selected] : [key];
}

export function SlipMenu({ contribution, label }: { contribution: Contribution; label?: string }) {
  const { t } = useTranslation('harvest');
  const board = useBoard();
  const words = label ?? t('menu.slip', { text: contribution.text });
  return (
    <Menu
      label={words}
      button={
        <Button className={buttonClass({ variant: 'quiet', size: 'small' }, true)} aria-label={words}>
          <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
        </Button>
      }
      actions={slipActions(board, contribution, t)}
    />
  );
}

function slipActions(board: Board, contribution: Contribution, t: TFunction<'harvest'>) {
  const { data, act, ask, clusters, digitOf, clusterName } = board;
  const { key } = contribution;
  const keys = chosenWith(board, key);
  const at = clusterOf(data.harvest, key);
  const hidden = data.harvest.hidden.has(key);
  const list: (MenuAction | null)[] = [];
  if (data.maySort) {
    for (const { cluster } of clusters)
      if (cluster.id !== at)
        list.push({
          id: cluster.id,
          label: t('menu.to', { name: clusterName(cluster.id) }),
          icon: <CornerDownRight {...icon} />,
          ...(digitOf.has(cluster.id) ? { keys: digitOf.get(cluster.id)! } : {}),
          onAction: () => act.move(keys, cluster.id),
        });
    list.push({
      id: 'new',
      label: t('menu.toNew'),
      icon: <Plus {...icon} />,
      keys: 'n',
      onAction: () => ask({ what: 'name', cluster: null, keys }),
    });
    if (at !== '')
      list.push({
        id: 'tray',
        label: t('menu.toTray'),
        icon: <CornerDownRight {...icon} />,
        keys: '0',
        onAction: () => act.move(keys, ''),
      });
    list.push(null);
  }
  if (data.mayPromote)
    list.push({
      id: 'promote',
      label: t('menu.promote'),
      icon: <ArrowRight {...icon} />,
      keys: 's',
      onAction: () => act.promote(keys),
    });
  list.push({
    id: 'show',
    label: t('menu.show'),
    icon: <Link2 {...icon} />,
    keys: 'v',
    onAction: () => ask({ what: 'trace', key }),
  });
  if (data.maySort) {
    list.push(
      {
        id: 'tag',
        label: t('menu.tag'),
        icon: <Tag {...icon} />,
        keys: 't',
        onAction: () => ask({ what: 'tags', keys }),
      },
      {
        id: 'hide',
        label: hidden ? t('menu.unhide') : t('menu.hide'),
        icon: hidden ? <Eye {...icon} /> : <EyeOff {...icon} />,
        keys: 'd',
        onAction: () => act.hide(keys, !hidden),
      },
    );
    if (at !== '')
      list.push(
        null,
        {
          id: 'up',
          label: t('menu.up'),
          icon: <ArrowUp {...icon} />,
          keys: 'Alt ↑',
          onAction: () => act.step(key, -1),
        },
        {
          id: 'down',
          label: t('menu.down'),
          icon: <ArrowDown {...icon} />,
          keys: 'Alt ↓',
          onAction: () => act.step(key, 1),
        },
      );
  }
  return list;
}
