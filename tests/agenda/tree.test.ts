// The agenda's entries come from many hands at once; whatever they leave there must read as one sensible agenda.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AgendaItem, ITEM_KINDS, patchItem, readItems } from '#shared/agenda.ts';
import { arrange, isNumbered, readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import { dayOf, docWith, idOf, outline, outlineOf, twoDays } from './world.ts';

describe('the agenda as people see it', () => {
  test('numbers items, not sections or breaks, and runs on through sections and sittings', () => {
    const doc = docWith([
      { n: 1, kind: 'previousMinutes' },
      { n: 2, kind: 'section' },
      { n: 3, parent: 2 },
      { n: 4, parent: 2 },
      { n: 5, parent: 4 },
      { n: 6, parent: 4, kind: 'break' },
      { n: 7, parent: 4 },
      { n: 8, kind: 'break' },
      { n: 9, sitting: 2 },
    ]);
    expect(outlineOf(doc)).toEqual(['1:1', '–:2', '  2:3', '  3:4', '    3.1:5', '    –:6', '    3.2:7', '–:8', '4:9']);
  });

  test('orphans, rings and self-parents stand at the top; what is too deep follows its parent', () => {
    const doc = docWith([
      { n: 1 },
      { n: 2, parent: 1 },
      { n: 3, parent: 2 },
      { n: 4, parent: 99 },
      { n: 5 },
      { n: 6, parent: 5 },
      { n: 7 },
      { n: 8, kind: 'section', parent: 1 },
    ]);
    patchItem(doc, idOf(5), { parent: idOf(6) });
    patchItem(doc, idOf(7), { parent: idOf(7) });
    const agenda = readAgenda(doc, withoutNotice(twoDays));
    expect(outline(agenda).toSorted()).toEqual(
      ['1:1', '  1.1:2', '  1.2:3', '–:8', '2:4', '3:6', '4:5', '5:7'].toSorted(),
    );
    expect(agenda.byId.get(idOf(3))!.anchored).toBe(false);
    expect(agenda.cycles.map((ring) => [...ring].sort())).toContainEqual([idOf(5), idOf(6)]);
  });

  test('archived rows hide what is below them, merged ones hand it over, and both are listed apart', () => {
    const doc = docWith([{ n: 1 }, { n: 2, parent: 1 }, { n: 3 }, { n: 4, parent: 3 }, { n: 5 }]);
    patchItem(doc, idOf(1), { archived: true });
    patchItem(doc, idOf(3), { mergedInto: idOf(5) });
    const agenda = readAgenda(doc, withoutNotice(twoDays));
    expect(outline(agenda)).toEqual(['1:5', '  1.1:4']);
    expect(agenda.byId.get(idOf(5))!.merged.map((item) => item.id)).toEqual([idOf(3)]);
    expect(agenda.hidden.map(({ item, why, holder }) => [item.id, why, holder]).sort()).toEqual([
      [idOf(1), 'archived', ''],
      [idOf(2), 'in-archived', idOf(1)],
      [idOf(3), 'merged', idOf(5)],
    ]);
  });

  test('two people merging two items into each other leave one of them', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3 }]);
    patchItem(doc, idOf(1), { mergedInto: idOf(2) });
    patchItem(doc, idOf(2), { mergedInto: idOf(1) });
    patchItem(doc, idOf(3), { mergedInto: idOf(2) });
    const agenda = readAgenda(doc, withoutNotice(twoDays));
    expect(outline(agenda)).toEqual(['1:1']);
    expect(agenda.byId.get(idOf(1))!.merged.map((item) => item.id)).toEqual([idOf(2), idOf(3)]);
  });

  test('a parent merged into its own child leaves the child in its place', () => {
    const doc = docWith([
      { n: 1, kind: 'section' },
      { n: 2, parent: 1 },
      { n: 3, parent: 2 },
    ]);
    patchItem(doc, idOf(2), { mergedInto: idOf(3) });
    expect(outlineOf(doc)).toEqual(['–:1', '  1:3']);
  });

  test('items of no or an unknown sitting are shown in the first', () => {
    const doc = docWith([{ n: 1, sitting: 2 }, { n: 2, sitting: 7 }, { n: 3 }]);
    patchItem(doc, idOf(3), { sitting: '' });
    const agenda = readAgenda(doc, withoutNotice(twoDays.toReversed()));
    expect(agenda.groups.map((group) => group.sitting)).toEqual([dayOf(1), dayOf(2)]);
    expect(agenda.groups[0]!.nodes.map((node) => node.item.id).sort()).toEqual([idOf(2), idOf(3)]);
    expect(readAgenda(doc, withoutNotice([])).groups).toHaveLength(1);
  });

  test('a chain of a thousand parents costs no stack', () => {
    const doc = docWith(Array.from({ length: 1000 }, (_, at) => ({ n: at + 1, parent: at })));
    expect(readAgenda(doc, withoutNotice(twoDays)).rows).toHaveLength(1000);
  });
});

const pointer = fc.oneof(fc.constant('' as const), fc.integer({ min: 0, max: 12 }).map(idOf));
const anyItem = fc.record({
  kind: fc.constantFrom(...ITEM_KINDS),
  order: fc.constantFrom('', 'a0', 'a1', 'a2', 'a1V', '~~'),
  parent: pointer,
  sitting: fc.constantFrom('' as const, dayOf(1), dayOf(2), dayOf(3)),
  archived: fc.boolean().map((yes) => yes && true),
  mergedInto: fc.oneof({ weight: 3, arbitrary: fc.constant('' as const) }, { weight: 1, arbitrary: pointer }),
});
const anyItems: fc.Arbitrary<AgendaItem[]> = fc.array(anyItem, { maxLength: 12 }).map((list) =>
  list.map((item, at) => ({
    ...item,
    id: idOf(at + 1),
    title: '',
    minutes: 0,
    presenters: [],
    splitFrom: '' as const,
    outcome: '' as const,
  })),
);

describe('whatever the entries are', () => {
  test('every entry is either a row or listed as hidden, exactly once', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const agenda = arrange(items, withoutNotice(twoDays));
        const seen = [...agenda.rows.map((node) => node.item.id), ...agenda.hidden.map(({ item }) => item.id)];
        expect(seen.toSorted()).toEqual(items.map((item) => item.id).toSorted());
        for (const { holder, why } of agenda.hidden) expect(holder === '').toBe(why === 'archived');
      }),
      { numRuns: 500 },
    );
  });

  test('rows stand only where they may, in the order of the tree, and numbers have no gaps', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const agenda = arrange(items, withoutNotice(twoDays));
        let count = 0;
        for (const node of agenda.rows) {
          const holder = node.parent === '' ? null : agenda.byId.get(node.parent)!;
          expect(node.level).toBe(holder ? holder.level + 1 : 0);
          if (holder) {
            expect(node.item.kind).not.toBe('section');
            expect(holder.item.kind).not.toBe('break');
            expect(holder.children).toContain(node);
          }
          if (holder && holder.item.kind !== 'section') expect(node.children).toEqual([]);
          if (!isNumbered(node.item.kind)) expect(node.number).toBe('');
          else if (!holder || holder.item.kind === 'section') expect(node.number).toBe(String(++count));
          else {
            const nth = holder.children.filter((one) => isNumbered(one.item.kind)).indexOf(node) + 1;
            expect(node.number).toBe(`${holder.number}.${nth}`);
          }
        }
        const walked = agenda.groups.flatMap((group) =>
          group.nodes.flatMap((node) => [node, ...node.children.flatMap((child) => [child, ...child.children])]),
        );
        expect(walked).toEqual(agenda.rows);
      }),
      { numRuns: 500 },
    );
  });

  test('the order in which the entries are given says nothing', () => {
    fc.assert(
      fc.property(
        anyItems.chain((items) =>
          fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
        ),
        ([items, shuffled]) => {
          expect(arrange(shuffled, withoutNotice(twoDays))).toEqual(arrange(items, withoutNotice(twoDays)));
        },
      ),
    );
  });

  test('a document with foreign values in it is read, not thrown at', () => {
    const doc = docWith([{ n: 1 }]);
    doc.getMap('items').set('not an id', 1);
    doc.getMap('items').set(idOf(2), 'text');
    expect(readItems(doc).map((item) => item.id)).toEqual([idOf(1)]);
  });
});
