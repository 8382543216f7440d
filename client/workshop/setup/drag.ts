/** Why this file exists: dragging a person by mouse, finger and keys ends in the same move as the menu row and the digit. */
import { type DragAndDropHooks, useDragAndDrop } from 'react-aria-components';
import type { Id } from '#shared/ids.ts';

const TYPE = 'application/x-radslag-person';

/** Hooks for one group's list; `groupId` is `null` for those without a group. Somebody's place in a group has no order. */
export function usePersonDrag(
  groupId: Id | null,
  isDisabled: boolean,
  nameOf: (id: Id) => string,
  move: (personId: Id, groupId: Id | null) => void,
): DragAndDropHooks<object> {
  const { dragAndDropHooks } = useDragAndDrop<object>({
    isDisabled,
    acceptedDragTypes: [TYPE],
    getItems: (keys) => [...keys].map((key) => ({ [TYPE]: String(key), 'text/plain': nameOf(String(key)) })),
    getAllowedDropOperations: () => ['move'],
    getDropOperation: (target, types) => (target.type === 'root' && types.has(TYPE) ? 'move' : 'cancel'),
    onRootDrop: ({ items }) => {
      for (const item of items)
        if (item.kind === 'text' && item.types.has(TYPE)) void item.getText(TYPE).then((id) => move(id, groupId));
    },
  });
  return dragAndDropHooks;
}
