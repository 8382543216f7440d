// What the agenda's tests share: documents with known ids, random operations, and the order people see in words.
import fc from 'fast-check';
import * as Y from 'yjs';
import { addItem, agendaRoot, ITEM_KINDS, type ItemKind, patchItem, titleText } from '#shared/agenda.ts';
import { addAt, place, type Target } from '#shared/agenda-moves.ts';
import { archive, merge, moveDown, moveIn, moveOut, moveUp, restore, unmerge } from '#shared/agenda-steps.ts';
import { type Agenda, readAgenda, type SittingOrder, withoutNotice } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';

/** The n:th id of a test. */
export const idOf = (n: number): Id => `a${String(n).padStart(19, '0')}`;
export const dayOf = (n: number): Id => `d${String(n).padStart(19, '0')}`;

export const twoDays: SittingOrder[] = [
  { id: dayOf(1), date: '2027-03-10', start: '09:00' },
  { id: dayOf(2), date: '2027-03-11', start: '08:30' },
];

export interface Row {
  n: number;
  kind?: ItemKind;
  parent?: number;
  sitting?: number;
  title?: string;
}

export function docWith(rows: Row[]): Y.Doc {
  const doc = new Y.Doc();
  for (const row of rows)
    addItem(doc, {
      id: idOf(row.n),
      title: row.title ?? `Punkt ${row.n}`,
      kind: row.kind ?? 'information',
      parent: row.parent === undefined ? '' : idOf(row.parent),
      sitting: dayOf(row.sitting ?? 1),
    });
  return doc;
}

/** The rows as "number:n" with two spaces per level: what people see. */
export function outline(agenda: Agenda): string[] {
  return agenda.rows.map((node) => `${'  '.repeat(node.level)}${node.number || '–'}:${Number(node.item.id.slice(1))}`);
}

export const outlineOf = (doc: Y.Doc, sittings: readonly SittingOrder[] = twoDays): string[] =>
  outline(readAgenda(doc, withoutNotice(sittings)));

/** One thing somebody does to the agenda. */
export type Operation =
  | { do: 'add'; n: number; kind: ItemKind; target: Target }
  | { do: 'place'; ids: Id[]; target: Target }
  | { do: 'step'; id: Id; way: 'up' | 'down' | 'in' | 'out' }
  | { do: 'merge'; id: Id; into: Id }
  | { do: 'unmerge' | 'archive' | 'restore'; id: Id }
  | { do: 'kind'; id: Id; kind: ItemKind }
  /** What no code of ours writes: another program's document. */
  | { do: 'raw'; id: Id; parent: Id; order: string; mergedInto: Id | '' }
  | { do: 'type'; id: Id; at: number; text: string };

const steps = { up: moveUp, down: moveDown, in: moveIn, out: moveOut };

export function apply(doc: Y.Doc, operation: Operation): void {
  switch (operation.do) {
    case 'add':
      if (!agendaRoot(doc).has(idOf(operation.n)))
        addAt(doc, twoDays, { id: idOf(operation.n), kind: operation.kind }, operation.target);
      return;
    case 'place':
      place(doc, twoDays, operation.ids, operation.target);
      return;
    case 'step':
      steps[operation.way](doc, twoDays, operation.id);
      return;
    case 'merge':
      merge(doc, twoDays, operation.id, operation.into);
      return;
    case 'unmerge':
      unmerge(doc, operation.id);
      return;
    case 'archive':
      archive(doc, twoDays, operation.id);
      return;
    case 'restore':
      restore(doc, twoDays, operation.id);
      return;
    case 'kind':
      patchItem(doc, operation.id, { kind: operation.kind });
      return;
    case 'raw':
      patchItem(doc, operation.id, {
        parent: operation.parent,
        order: operation.order,
        mergedInto: operation.mergedInto,
      });
      return;
    case 'type': {
      const title = titleText(doc, operation.id);
      title?.insert(Math.min(operation.at, title.length), operation.text);
    }
  }
}

const someId = fc.integer({ min: 1, max: 9 }).map(idOf);
const someKind = fc.constantFrom(...ITEM_KINDS);
export const someTarget: fc.Arbitrary<Target> = fc.oneof(
  fc.record({ at: fc.constantFrom('before' as const, 'after' as const, 'on' as const), id: someId }),
  fc.record({ at: fc.constantFrom('start' as const, 'end' as const), sitting: fc.constantFrom(dayOf(1), dayOf(2)) }),
);
export const somePlace = fc.record({
  do: fc.constant('place' as const),
  ids: fc.uniqueArray(someId, { minLength: 1, maxLength: 3 }),
  target: someTarget,
});
export const someOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: somePlace },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      id: someId,
      way: fc.constantFrom('up' as const, 'down' as const, 'in' as const, 'out' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), id: someId, into: someId }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('unmerge' as const, 'archive' as const, 'restore' as const),
      id: someId,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kind' as const), id: someId, kind: someKind }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('raw' as const),
      id: someId,
      parent: someId,
      order: fc.constantFrom('', 'a0', 'zzz!', 'a1', '~'),
      mergedInto: fc.oneof({ weight: 3, arbitrary: fc.constant('' as const) }, { weight: 1, arbitrary: someId }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      id: someId,
      at: fc.integer({ min: 0, max: 20 }),
      text: fc.string({ minLength: 1, maxLength: 4 }),
    }),
  },
);
