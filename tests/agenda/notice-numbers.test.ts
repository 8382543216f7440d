// Once the notice has gone out people have its numbers on paper: they stay with their items, and what comes later fits in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addItem, patchItem } from '#shared/agenda.ts';
import { addAt, place } from '#shared/agenda-moves.ts';
import { type AgendaFrame, readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import { apply, dayOf, docWith, idOf, outline, someOperation, twoDays } from './world.ts';

type Doc = ReturnType<typeof docWith>;

/** What a notice that is published now calls each item. */
const called = (doc: Doc, before: AgendaFrame = withoutNotice(twoDays)): AgendaFrame => ({
  sittings: twoDays,
  noticeNumbers: {
    ...before.noticeNumbers,
    ...Object.fromEntries(
      readAgenda(doc, before).rows.flatMap(({ item, number }) => (number === '' ? [] : [[item.id, number]])),
    ),
  },
});
const seen = (doc: Doc, frame: AgendaFrame) => outline(readAgenda(doc, frame));
const item = (n: number) => ({ id: idOf(n), kind: 'information' as const });

/** 1; 2 with 2.1 and 2.2; a section with 3; on the second day 4. */
const agenda = () =>
  docWith([
    { n: 1 },
    { n: 2 },
    { n: 21, parent: 2 },
    { n: 22, parent: 2 },
    { n: 8, kind: 'section' },
    { n: 3, parent: 8 },
    { n: 4, sitting: 2 },
  ]);

describe('numbers once the notice has gone out', () => {
  test('are those it said', () => {
    const doc = agenda();
    expect(seen(doc, called(doc))).toEqual(['1:1', '2:2', '  2.1:21', '  2.2:22', '–:8', '  3:3', '4:4']);
  });

  test('stay when their items are moved, taken out of an item, or put away and brought back', () => {
    const doc = agenda();
    const frame = called(doc);
    place(doc, twoDays, [idOf(4)], { at: 'before', id: idOf(1) });
    place(doc, twoDays, [idOf(21)], { at: 'after', id: idOf(1) });
    patchItem(doc, idOf(3), { archived: true });
    expect(seen(doc, frame)).toEqual(['4:4', '1:1', '2.1:21', '2:2', '  2.2:22', '–:8']);
    patchItem(doc, idOf(3), { archived: false });
    expect(seen(doc, frame).at(-1)).toBe('  3:3');
  });

  test('of what comes later: a letter between two, the next one at the end, on both levels', () => {
    const doc = agenda();
    const frame = called(doc);
    addAt(doc, twoDays, item(5), { at: 'after', id: idOf(1) });
    addAt(doc, twoDays, item(6), { at: 'after', id: idOf(5) });
    addAt(doc, twoDays, item(7), { at: 'end', sitting: dayOf(2) });
    addItem(doc, { ...item(23), parent: idOf(2), sitting: dayOf(1) });
    addAt(doc, twoDays, item(24), { at: 'after', id: idOf(21) });
    addItem(doc, { ...item(51), parent: idOf(5), sitting: dayOf(1) });
    addAt(doc, twoDays, item(9), { at: 'after', id: idOf(3) });
    expect(seen(doc, frame)).toEqual([
      '1:1',
      '1a:5',
      '  1a.1:51',
      '1b:6',
      '2:2',
      '  2.1:21',
      '  2.1a:24',
      '  2.2:22',
      '  2.3:23',
      '–:8',
      '  3:3',
      '  3a:9',
      '4:4',
      '5:7',
    ]);
    // Before all the others there is none to add a letter to.
    addAt(doc, twoDays, item(10), { at: 'before', id: idOf(1) });
    expect(seen(doc, frame)[0]).toBe('5:10');
  });

  test('are fixed by the next version too, and given to nothing else', () => {
    const doc = agenda();
    addAt(doc, twoDays, item(5), { at: 'after', id: idOf(4) });
    const first = called(doc);
    addAt(doc, twoDays, item(6), { at: 'after', id: idOf(1) });
    const second = called(doc, first);
    patchItem(doc, idOf(6), { archived: true });
    patchItem(doc, idOf(5), { archived: true });
    addAt(doc, twoDays, item(7), { at: 'after', id: idOf(1) });
    addAt(doc, twoDays, item(9), { at: 'end', sitting: dayOf(2) });
    // 1a and 5 are on somebody's paper.
    const rows = seen(doc, second);
    expect([rows[1], rows.at(-1)]).toEqual(['1b:7', '6:9']);
  });

  test('are nobody else’s, whatever is done to the agenda and whenever it is called again', () => {
    fc.assert(
      fc.property(
        fc.array(someOperation, { maxLength: 15 }),
        fc.array(someOperation, { maxLength: 15 }),
        fc.array(someOperation, { maxLength: 15 }),
        (before, between, after) => {
          const doc = docWith([
            { n: 1 },
            { n: 2 },
            { n: 3, parent: 2 },
            { n: 4, sitting: 2 },
            { n: 5, kind: 'section' },
          ]);
          for (const operation of before) apply(doc, operation);
          let frame = called(doc);
          for (const operations of [between, after]) {
            for (const operation of operations) apply(doc, operation);
            const { rows } = readAgenda(doc, frame);
            const numbered = rows.filter(({ number }) => number !== '');
            expect(new Set(numbered.map(({ number }) => number)).size).toBe(numbered.length);
            for (const { item: one, number } of numbered) {
              expect(number).toMatch(/^\d+[a-z]*(\.\d+[a-z]*)?$/);
              const was = frame.noticeNumbers[one.id];
              if (was === undefined) expect(Object.values(frame.noticeNumbers)).not.toContain(number);
              else expect(number).toBe(was);
            }
            frame = called(doc, frame);
          }
        },
      ),
    );
  });
});
