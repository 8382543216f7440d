/**
 * Why this file exists: slips lie in lists: the tray, each cluster, each prompt. A list can be walked with the arrows,
 * several slips chosen, and slips dragged into it from the others.
 */
import { type DropItem, GridList, GridListItem, type Selection, useDragAndDrop } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { type ContributionKey, isContributionKey } from '#shared/workshop/contribution-keys.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import styles from './board.module.css';
import { useBoard } from './board-context.ts';
import { Slip } from './slip.tsx';

export const SLIP_TYPE = 'application/x-radslag-contribution';

/** The contributions that were dropped, in the order they were taken. */
export async function droppedKeys(items: readonly DropItem[]): Promise<ContributionKey[]> {
  const texts = await Promise.all(
    items.map((item) => (item.kind === 'text' && item.types.has(SLIP_TYPE) ? item.getText(SLIP_TYPE) : '')),
  );
  return texts.filter(isContributionKey);
}

export interface SlipListProps {
  label: string;
  slips: readonly Contribution[];
  /** The cluster slips are dropped into, '' for the tray; `null` takes none. */
  into: Id | '' | null;
  empty: string;
  /** Slips say which prompt they answer. */
  where?: boolean;
}

export function SlipList({ label, slips, into, empty, where = false }: SlipListProps) {
  const { t } = useTranslation('harvest');
  const { act, data, selected, select, marks } = useBoard();
  const takes = into !== null && data.maySort;
  const { dragAndDropHooks } = useDragAndDrop<Contribution>({
    isDisabled: !data.maySort && !data.mayPromote,
    acceptedDragTypes: takes ? [SLIP_TYPE] : [],
    getItems: (keys) =>
      [...keys].map((key) => ({
        [SLIP_TYPE]: String(key),
        'text/plain': data.byKey.get(String(key))?.text ?? '',
      })),
    getAllowedDropOperations: () => ['move'],
    getDropOperation: (target, types) => {
      if (!takes || !types.has(SLIP_TYPE)) return 'cancel';
      // The tray has no order of its own.
      return target.type === 'item' && (into === '' || target.dropPosition === 'on') ? 'cancel' : 'move';
    },
    onRootDrop: (event) => {
      if (into !== null) void droppedKeys(event.items).then((keys) => act.move(keys, into));
    },
    onInsert: (event) => {
      if (into !== null) void droppedKeys(event.items).then((keys) => act.move(keys, into, aheadOf(event.target)));
    },
    onReorder: (event) => {
      if (into) act.move([...event.keys].map(String), into, aheadOf(event.target));
    },
  });

  /** The slip that what is dropped comes ahead of; `null` when it comes last. */
  const aheadOf = ({ key, dropPosition }: { key: unknown; dropPosition: string }): ContributionKey | null => {
    const at = slips.findIndex((slip) => slip.key === key);
    return (dropPosition === 'before' ? slips[at] : slips[at + 1])?.key ?? null;
  };
  const keys = new Set(slips.flatMap(({ key }) => (selected.has(key) ? [key] : [])));

  return (
    <GridList
      aria-label={label}
      className={styles.slips!}
      items={slips}
      dependencies={[data, marks, where]}
      selectionMode="multiple"
      selectionBehavior="replace"
      selectedKeys={keys}
      onSelectionChange={(chosen: Selection) =>
        select(new Set(chosen === 'all' ? slips.map(({ key }) => key) : [...chosen].map(String)))
      }
      keyboardNavigationBehavior="tab"
      dragAndDropHooks={dragAndDropHooks}
      renderEmptyState={() => <p className={styles.emptyList}>{empty}</p>}
    >
      {(slip) => (
        <GridListItem
          key={slip.key}
          id={slip.key}
          textValue={slip.text}
          aria-label={t('slip', { text: slip.text, group: marks.get(slip.groupId)?.name ?? '' })}
          className={styles.slip!}
        >
          <Slip contribution={slip} where={where} />
        </GridListItem>
      )}
    </GridList>
  );
}
