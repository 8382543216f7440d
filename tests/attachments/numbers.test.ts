/**
 * Numbers of attachments follow from item and place; no two are the same, whatever is moved where. When they have been fixed none
 * ever changes, and what comes later gets one nobody had.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgendaItem } from '#shared/agenda.ts';
import { arrange, withoutNotice } from '#shared/agenda-tree.ts';
import type { AttachmentEntry, Attachments } from '#shared/attachments/attachment.ts';
import { NO_ATTACHMENTS } from '#shared/attachments/attachment.ts';
import { added, moved, removed, renamed, takenBack } from '#shared/attachments/changes.ts';
import { frozen, numbersOf } from '#shared/attachments/numbers.ts';
import { attachmentLabel } from '#shared/attachments/words.ts';

const idOf = (kind: 'i' | 'a' | 'p', n: number): string => `${kind === 'i' ? 'k' : kind}${String(n).padStart(19, '0')}`;
const item = (n: number, more: Partial<AgendaItem> = {}): AgendaItem => ({
  id: idOf('i', n),
  title: `Punkt ${n}`,
  kind: 'information',
  parent: '',
  sitting: '',
  order: `a${n}`,
  minutes: 0,
  presenters: [],
  archived: false,
  mergedInto: '',
  splitFrom: '',
  outcome: '',
  ...more,
});
/** 1, 2 with 2.1 and 2.2, a section with 3, 4. */
const ITEMS = [
  item(1),
  item(2),
  item(3, { parent: idOf('i', 2) }),
  item(4, { parent: idOf('i', 2) }),
  item(5, { kind: 'section' }),
  item(6, { parent: idOf('i', 5) }),
  item(7),
];
const AGENDA = arrange(ITEMS, withoutNotice([]));

const file = (n: number) => ({
  id: idOf('a', n),
  name: `Fil ${n}.pdf`,
  kind: 'pdf' as const,
  plain: true,
  size: 1,
  sha256: '',
  at: n,
  by: idOf('p', 1),
});
const put = (list: Attachments, n: number, itemN: number, before: number | null = null, agenda = AGENDA): Attachments =>
  added(list, agenda, file(n), { itemId: idOf('i', itemN), before: before === null ? null : idOf('a', before) });
const numbers = (list: Attachments, agenda = AGENDA): string[] => [...numbersOf(list, agenda).values()];
const numberOf = (list: Attachments, n: number, agenda = AGENDA) => numbersOf(list, agenda).get(idOf('a', n));

describe('numbers', () => {
  it('follow from the item and the place', () => {
    let list = put(put(put(put(NO_ATTACHMENTS, 1, 3), 2, 3), 3, 2), 4, 6);
    expect(numbers(list)).toEqual(['2.1', '2.1.1', '2.1.2', '3.1']);
    expect(attachmentLabel(numberOf(list, 1) ?? '', 'sv')).toBe('Bilaga 2.1.1');
    list = moved(list, idOf('a', 2), { itemId: idOf('i', 3), before: idOf('a', 1) });
    expect([numberOf(list, 1), numberOf(list, 2)]).toEqual(['2.1.2', '2.1.1']);
    list = moved(list, idOf('a', 1), { itemId: idOf('i', 1), before: null });
    expect([numberOf(list, 1), numberOf(list, 2)]).toEqual(['1.1', '2.1.1']);
    list = removed(list, idOf('a', 2), idOf('p', 1), 5);
    expect(numberOf(list, 2)).toBeUndefined();
    expect(numberOf(takenBack(list, AGENDA, idOf('a', 2)), 2)).toBe('2.1.1');
  });

  it('those of a merged item stand under the one it was merged into; those of one put away have none', () => {
    const agenda = arrange(
      ITEMS.map((one) => (one.id === idOf('i', 4) ? { ...one, mergedInto: idOf('i', 3) } : one)),
      withoutNotice([]),
    );
    const list = put(put(NO_ATTACHMENTS, 1, 3), 2, 4);
    expect([numberOf(list, 1, agenda), numberOf(list, 2, agenda)]).toEqual(['2.1.1', '2.1.2']);
    const away = arrange(
      ITEMS.map((one) => (one.id === idOf('i', 3) ? { ...one, archived: true } : one)),
      withoutNotice([]),
    );
    expect([numberOf(list, 1, away), numberOf(list, 2, away)]).toEqual([undefined, '2.1.1']);
  });

  it('when fixed stay; what is added last gets the next number, and between two a letter', () => {
    const first = frozen(put(put(NO_ATTACHMENTS, 1, 3), 2, 3), AGENDA, 9);
    const last = put(first, 3, 3);
    expect(numberOf(last, 3)).toBe('2.1.3');
    const between = put(put(last, 4, 3, 2), 5, 3, 2);
    expect([1, 4, 5, 2, 3].map((n) => numberOf(between, n))).toEqual(['2.1.1', '2.1.1a', '2.1.1b', '2.1.2', '2.1.3']);
    // Dealt with in another order, in another item, under another number of the item: nothing is called otherwise.
    const agenda = arrange(
      ITEMS.map((one) => (one.id === idOf('i', 1) ? { ...one, archived: true } : one)),
      withoutNotice([]),
    );
    const shuffled = moved(moved(between, idOf('a', 3), { itemId: idOf('i', 3), before: idOf('a', 1) }), idOf('a', 2), {
      itemId: idOf('i', 7),
      before: null,
    });
    for (const n of [1, 2, 3, 4, 5]) expect(numberOf(shuffled, n, agenda)).toBe(numberOf(between, n));
    // A number that somebody has on paper is not given again.
    const gone = put(removed(last, idOf('a', 3), idOf('p', 1), 10), 6, 3);
    expect(numberOf(gone, 6)).toBe('2.1.4');
  });
});

type Step =
  | { do: 'add'; item: number; before: number | null }
  | { do: 'move'; which: number; item: number; before: number | null }
  | { do: 'remove' | 'back' | 'rename'; which: number }
  | { do: 'freeze' }
  | { do: 'archive'; item: number };
const which = fc.nat(12);
const at = fc.integer({ min: 1, max: 7 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), item: at, before: fc.option(which) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('move' as const), which, item: at, before: fc.option(which) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'back' as const, 'rename' as const), which }),
    },
    fc.record({ do: fc.constant('freeze' as const) }),
    fc.record({ do: fc.constant('archive' as const), item: at }),
  ),
  { maxLength: 40 },
);

describe('whatever is done', () => {
  it('no two have the same number, a fixed one never changes, and the order of an item is the one that was asked for', () => {
    fc.assert(
      fc.property(steps, (done) => {
        let list = NO_ATTACHMENTS;
        let items = ITEMS;
        let agenda = AGENDA;
        let count = 0;
        const fixed = new Map<string, string>();
        for (const step of done) {
          const id = 'which' in step ? idOf('a', step.which) : '';
          const before = 'before' in step && step.before !== null ? idOf('a', step.before) : null;
          if (step.do === 'add') {
            list = put(list, count++, step.item, step.before, agenda);
          } else if (step.do === 'move') {
            const itemId = idOf('i', step.item);
            const next = list.entries.find((one) => one.id === before && one.itemId === itemId && !one.removed);
            list = moved(list, id, { itemId, before });
            const mine = list.entries.find((one) => one.id === id);
            if (mine && next && before !== id) expect(mine.order < next.order || mine.order === next.order).toBe(true);
          } else if (step.do === 'remove') list = removed(list, id, idOf('p', 1), 1);
          else if (step.do === 'back') list = takenBack(list, agenda, id);
          else if (step.do === 'rename') list = renamed(list, id, 'Nytt.pdf');
          else if (step.do === 'freeze') list = frozen(list, agenda, 1);
          else if (step.do === 'archive') {
            const { item: n } = step;
            items = items.map((one) => (one.id === idOf('i', n) ? { ...one, archived: !one.archived } : one));
            agenda = arrange(items, withoutNotice([]));
          }
          const shown = numbers(list, agenda);
          expect(new Set(shown).size).toBe(shown.length);
          for (const number of shown) expect(number).toMatch(/^\d+(\.\d+)*[a-z]*$/);
          for (const { id: entryId, number } of list.entries as readonly AttachmentEntry[]) {
            const was = fixed.get(entryId);
            if (was !== undefined) expect(number).toBe(was);
            if (number !== null) fixed.set(entryId, number);
          }
          expect(new Set(fixed.values()).size).toBe(fixed.size);
        }
      }),
      { numRuns: 500 },
    );
  });
});
