// Several people arrange the agenda at the same time, some of them offline for a while. Whatever they do and in
// whatever order it arrives, everybody ends with the same agenda, and no title has lost a letter.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readItems } from '#shared/agenda.ts';
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import { apply, docWith, type Operation, outline, someOperation, someTarget, twoDays } from './world.ts';

const someAddition: fc.Arbitrary<Operation> = fc.record({
  do: fc.constant('add' as const),
  n: fc.integer({ min: 20, max: 60 }),
  kind: fc.constantFrom('section' as const, 'decision' as const, 'break' as const),
  target: someTarget,
});

/** One step of the run: somebody does something, or one person's changes reach another. */
const someEvent = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      who: fc.nat(3),
      operation: fc.oneof({ weight: 5, arbitrary: someOperation }, { weight: 1, arbitrary: someAddition }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ from: fc.nat(3), to: fc.nat(3) }) },
);

function exchange(from: Y.Doc, to: Y.Doc): void {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

test('four people, any operations, any order of delivery: one agenda', () => {
  fc.assert(
    fc.property(
      fc.array(someEvent, { minLength: 5, maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 12 }),
      (events, lastOnes) => {
        const seed = docWith([
          { n: 1, title: '' },
          { n: 2, kind: 'section', title: '' },
          { n: 3, parent: 2, title: '' },
          { n: 4, parent: 2, title: '' },
          { n: 5, parent: 4, title: '' },
          { n: 6, title: '' },
          { n: 7, sitting: 2, title: '' },
          { n: 8, sitting: 2, title: '' },
          { n: 9, parent: 8, title: '' },
        ]);
        const docs = Array.from({ length: 4 }, (_, at) => {
          const doc = new Y.Doc();
          doc.clientID = at + 1;
          exchange(seed, doc);
          return doc;
        });
        // Additions carry their author in their id, as random ids do.
        let typed = '';
        for (const event of events) {
          if ('from' in event) exchange(docs[event.from]!, docs[event.to]!);
          else {
            const { operation } = event;
            if (operation.do === 'add') apply(docs[event.who]!, { ...operation, n: operation.n + 100 * event.who });
            else apply(docs[event.who]!, operation);
            if (operation.do === 'type') typed += operation.text;
          }
        }
        for (const [from, to] of lastOnes) exchange(docs[from]!, docs[to]!);
        for (const from of docs) for (const to of docs) exchange(from, to);
        for (const from of docs) for (const to of docs) exchange(from, to);

        const agendas = docs.map((doc) => readAgenda(doc, withoutNotice(twoDays)));
        for (const agenda of agendas) {
          expect(outline(agenda)).toEqual(outline(agendas[0]!));
          expect(agenda).toEqual(agendas[0]);
        }
        const items = readItems(docs[0]!);
        const seen = [
          ...agendas[0]!.rows.map((node) => node.item.id),
          ...agendas[0]!.hidden.map(({ item }) => item.id),
        ];
        expect(seen.toSorted()).toEqual(items.map((item) => item.id).toSorted());
        const units = (text: string) => text.split('').toSorted().join('');
        expect(units(items.map((item) => item.title).join(''))).toBe(units(typed));
      },
    ),
    { numRuns: 300 },
  );
});
