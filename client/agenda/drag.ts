/** Why this file exists: dragging by mouse, finger and keys ends in the same `place` as every other move. */
import { useRef } from 'react';
import { type DragAndDropHooks, type DropTarget, useDragAndDrop } from 'react-aria-components';
import { refusalOf, type Target } from '#shared/agenda-moves.ts';
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';

const DAY = 'day:';
const TYPE = 'application/x-radslag-item';

/** The key of a day's row among the items' rows. */
export const dayKey = (sitting: Id | ''): string => DAY + sitting;

/** The item a row's key stands for; `null` for a day's row. */
export const itemOfKey = (key: unknown): Id | null => (typeof key === 'string' && !key.startsWith(DAY) ? key : null);

/** Where a drop goes: beside or in an item, first or last in a day. `null` where nothing can be dropped. */
export function targetOf(agenda: Agenda, drop: DropTarget): Target | null {
  if (drop.type === 'root') return null;
  const id = itemOfKey(drop.key);
  if (id !== null) return { at: drop.dropPosition, id };
  const day = agenda.groups.findIndex((group) => dayKey(group.sitting) === drop.key);
  if (drop.dropPosition !== 'before') {
    const group = agenda.groups[day];
    return group ? { at: drop.dropPosition === 'on' ? 'end' : 'start', sitting: group.sitting } : null;
  }
  const before = agenda.groups[day - 1];
  return before ? { at: 'end', sitting: before.sitting } : null;
}

/** Hooks for the tree. `move` is called once per drop; places that would be refused are not offered. */
export function useAgendaDrag(
  agenda: Agenda,
  isDisabled: boolean,
  titleOf: (id: Id) => string,
  move: (ids: readonly Id[], target: Target) => void,
): DragAndDropHooks<object> {
  const dragged = useRef<readonly Id[]>([]);
  const ids = (keys: Iterable<unknown>) => [...keys].flatMap((key) => itemOfKey(key) ?? []);
  const { dragAndDropHooks } = useDragAndDrop<object>({
    isDisabled,
    acceptedDragTypes: [TYPE],
    getItems: (keys) => ids(keys).map((id) => ({ [TYPE]: id, 'text/plain': titleOf(id) })),
    getAllowedDropOperations: () => ['move'],
    onDragStart: (event) => {
      dragged.current = ids(event.keys);
    },
    onDragEnd: () => {
      dragged.current = [];
    },
    getDropOperation: (drop) => {
      const target = targetOf(agenda, drop);
      return target && refusalOf(agenda, dragged.current, target) === null ? 'move' : 'cancel';
    },
    onMove: (event) => {
      const target = targetOf(agenda, event.target);
      if (target) move(ids(event.keys), target);
    },
  });
  return dragAndDropHooks;
}
