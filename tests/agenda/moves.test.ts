// However a row is moved, it must end where it was put, take its own along, and leave everybody else's rows alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { agendaRoot, patchItem, readItem, titleText } from '#shared/agenda.ts';
import { addAt, place, takeBack } from '#shared/agenda-moves.ts';
import {
  archive,
  merge,
  mergeCandidate,
  moveDown,
  moveIn,
  moveOut,
  moveUp,
  restore,
  unmerge,
} from '#shared/agenda-steps.ts';
import { readAgenda, siblingsOf, withoutNotice } from '#shared/agenda-tree.ts';
import { apply, dayOf, docWith, idOf, outlineOf, someOperation, somePlace, twoDays } from './world.ts';

const sample = () =>
  docWith([
    { n: 1 },
    { n: 2, kind: 'section' },
    { n: 3, parent: 2 },
    { n: 4, parent: 2 },
    { n: 5, parent: 4 },
    { n: 6 },
    { n: 7, sitting: 2 },
  ]);

describe('placing rows', () => {
  test('several rows keep the order people see, and what is below them comes along', () => {
    const doc = sample();
    expect(place(doc, twoDays, [idOf(6), idOf(5), idOf(4)], { at: 'before', id: idOf(7) }).ok).toBe(true);
    expect(outlineOf(doc)).toEqual(['1:1', '–:2', '  2:3', '3:4', '  3.1:5', '4:6', '5:7']);
    expect(readItem(doc, idOf(4))!.sitting).toBe(dayOf(2));
  });

  test('the target may be one of the moved rows: they gather where it stands', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    place(doc, twoDays, [idOf(1), idOf(3)], { at: 'before', id: idOf(3) });
    expect(outlineOf(doc)).toEqual(['1:2', '2:1', '3:3', '4:4']);
    place(doc, twoDays, [idOf(2), idOf(4)], { at: 'after', id: idOf(4) });
    expect(outlineOf(doc)).toEqual(['1:1', '2:3', '3:2', '4:4']);
  });

  test('between two rows with the same key', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    for (const n of [2, 3]) patchItem(doc, idOf(n), { order: 'a5' });
    patchItem(doc, idOf(4), { order: 'a6' });
    expect(place(doc, twoDays, [idOf(1)], { at: 'before', id: idOf(3) }).ok).toBe(true);
    expect(outlineOf(doc)).toEqual(['1:2', '2:1', '3:3', '4:4']);
    expect(readItem(doc, idOf(4))!.order).toBe('a6');
  });

  test('refuses what may not stand there, and then changes nothing', () => {
    const doc = sample();
    const before = Y.encodeStateVector(doc);
    expect(place(doc, twoDays, [idOf(4)], { at: 'on', id: idOf(6) })).toEqual({ ok: false, why: 'not-there' });
    expect(place(doc, twoDays, [idOf(2)], { at: 'on', id: idOf(1) })).toEqual({ ok: false, why: 'not-there' });
    expect(place(doc, twoDays, [idOf(1), idOf(4)], { at: 'on', id: idOf(6) }).ok).toBe(false);
    expect(place(doc, twoDays, [idOf(2)], { at: 'after', id: idOf(5) })).toEqual({ ok: false, why: 'inside-itself' });
    expect(place(doc, twoDays, [idOf(2)], { at: 'on', id: idOf(2) })).toEqual({ ok: false, why: 'inside-itself' });
    expect(place(doc, twoDays, [idOf(99)], { at: 'on', id: idOf(2) })).toEqual({ ok: false, why: 'nowhere' });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test('a row leaving a ring of parents leaves the rest of the ring where it is', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3 }]);
    patchItem(doc, idOf(1), { parent: idOf(2) });
    patchItem(doc, idOf(2), { parent: idOf(1) });
    place(doc, twoDays, [idOf(1)], { at: 'after', id: idOf(3) });
    expect(outlineOf(doc)).toEqual(['1:2', '2:3', '3:1']);
  });

  test('a section that became a break lets go of its rows, and they can hold rows', () => {
    const doc = docWith([{ n: 1 }, { n: 2, kind: 'section' }, { n: 3, parent: 2 }, { n: 4, parent: 3 }]);
    patchItem(doc, idOf(2), { kind: 'break' });
    expect(outlineOf(doc)).toEqual(['1:1', '–:2', '2:3', '  2.1:4']);
    expect(place(doc, twoDays, [idOf(1)], { at: 'on', id: idOf(3) }).ok).toBe(true);
    expect(outlineOf(doc)).toEqual(['–:2', '1:3', '  1.1:4', '  1.2:1']);
  });

  test('a section that only hangs behind an item stays where it is seen when the item is moved', () => {
    const doc = docWith([{ n: 1 }, { n: 2, parent: 1 }, { n: 3, parent: 2 }, { n: 6 }]);
    patchItem(doc, idOf(2), { kind: 'section' });
    expect(outlineOf(doc)).toEqual(['1:1', '–:2', '  2:3', '3:6']);
    expect(place(doc, twoDays, [idOf(1)], { at: 'end', sitting: dayOf(2) }).ok).toBe(true);
    expect(outlineOf(doc)).toEqual(['–:2', '  1:3', '2:6', '3:1']);
  });

  test('the text of a moved title is the same shared text', () => {
    const doc = sample();
    const title = titleText(doc, idOf(5));
    const map = agendaRoot(doc).get(idOf(5));
    moveOut(doc, twoDays, idOf(5));
    expect(titleText(doc, idOf(5))).toBe(title);
    expect(agendaRoot(doc).get(idOf(5))).toBe(map);
  });

  test('keys stay short when everybody moves to one spot, and the order stays right', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    for (let turn = 0; turn < 1200; turn += 1) {
      const n = turn % 2 === 0 ? 3 : 4;
      place(doc, twoDays, [idOf(n)], { at: 'after', id: idOf(1) });
      expect(readItem(doc, idOf(n))!.order.length).toBeLessThanOrEqual(128);
    }
    expect(outlineOf(doc)).toEqual(['1:1', '2:4', '3:3', '4:2']);
  });

  test('a new item gets its place by the same rules', () => {
    const doc = sample();
    expect(addAt(doc, twoDays, { id: idOf(8), kind: 'decision' }, { at: 'after', id: idOf(3) }).ok).toBe(true);
    expect(addAt(doc, twoDays, { id: idOf(9), kind: 'section' }, { at: 'on', id: idOf(3) }).ok).toBe(false);
    expect(outlineOf(doc).slice(1, 5)).toEqual(['–:2', '  2:3', '  3:8', '  4:4']);
  });
});

describe('steps', () => {
  test('up and down go past siblings, out of sections and into the next sitting', () => {
    const doc = sample();
    moveDown(doc, twoDays, idOf(1));
    expect(outlineOf(doc)[0]).toBe('–:2');
    moveUp(doc, twoDays, idOf(3));
    expect(outlineOf(doc).slice(0, 2)).toEqual(['1:3', '–:2']);
    moveDown(doc, twoDays, idOf(6));
    expect(readAgenda(doc, withoutNotice(twoDays)).groups[1]!.nodes.map((node) => node.item.id)).toEqual([
      idOf(6),
      idOf(7),
    ]);
    moveUp(doc, twoDays, idOf(6));
    expect(readAgenda(doc, withoutNotice(twoDays)).groups[0]!.nodes.at(-1)!.item.id).toBe(idOf(6));
    expect(moveUp(doc, twoDays, idOf(3))).toEqual({ ok: false, why: 'nowhere' });
  });

  test('sub-items go on to the neighbouring item and back', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3, parent: 1 }, { n: 4, parent: 2 }]);
    moveDown(doc, twoDays, idOf(3));
    expect(outlineOf(doc)).toEqual(['1:1', '2:2', '  2.1:3', '  2.2:4']);
    moveUp(doc, twoDays, idOf(3));
    expect(outlineOf(doc)).toEqual(['1:1', '  1.1:3', '2:2', '  2.1:4']);
  });

  test('in and out', () => {
    const doc = docWith([{ n: 1, kind: 'section' }, { n: 2 }, { n: 3 }]);
    moveIn(doc, twoDays, idOf(2));
    moveIn(doc, twoDays, idOf(3));
    moveIn(doc, twoDays, idOf(3));
    expect(outlineOf(doc)).toEqual(['–:1', '  1:2', '    1.1:3']);
    expect(moveIn(doc, twoDays, idOf(3)).ok).toBe(false);
    moveOut(doc, twoDays, idOf(3));
    moveOut(doc, twoDays, idOf(3));
    expect(outlineOf(doc)).toEqual(['–:1', '  1:2', '2:3']);
  });
});

describe('merging and archiving', () => {
  test('merge and unmerge keep the place', () => {
    const doc = sample();
    expect(mergeCandidate(readAgenda(doc, withoutNotice(twoDays)), idOf(4))?.item.id).toBe(idOf(3));
    expect(mergeCandidate(readAgenda(doc, withoutNotice(twoDays)), idOf(3))).toBeNull();
    merge(doc, twoDays, idOf(4), idOf(3));
    expect(outlineOf(doc).slice(1, 4)).toEqual(['–:2', '  2:3', '    2.1:5']);
    unmerge(doc, idOf(4));
    expect(outlineOf(doc)).toEqual(outlineOf(sample()));
    expect(merge(doc, twoDays, idOf(1), idOf(2)).ok).toBe(false);
  });

  test('restoring brings back the row, and a row below an archived one comes out', () => {
    const doc = sample();
    archive(doc, twoDays, idOf(2));
    expect(outlineOf(doc)).toEqual(['1:1', '2:6', '3:7']);
    restore(doc, twoDays, idOf(3));
    expect(outlineOf(doc)).toEqual(['1:1', '2:6', '3:3', '4:7']);
    restore(doc, twoDays, idOf(2));
    expect(outlineOf(doc)).toEqual(['1:1', '–:2', '  2:4', '    2.1:5', '3:6', '4:3', '5:7']);
  });
});

describe('after any history', () => {
  test('a placed row stands exactly where it was put, and taking back gives the agenda before', () => {
    fc.assert(
      fc.property(fc.array(someOperation, { maxLength: 12 }), somePlace, (history, { ids, target }) => {
        const doc = sample();
        for (const operation of history) apply(doc, operation);
        const before = readAgenda(doc, withoutNotice(twoDays));
        const outcome = place(doc, twoDays, ids, target);
        if (!outcome.ok) {
          expect(readAgenda(doc, withoutNotice(twoDays))).toEqual(before);
          return;
        }
        const after = readAgenda(doc, withoutNotice(twoDays));
        expect(after.rows.map((node) => node.item.id).toSorted()).toEqual(
          before.rows.map((node) => node.item.id).toSorted(),
        );
        const shown = ids.filter((id) => before.byId.has(id));
        const tops = shown.filter((id) => !shown.some((other) => under(before, id, other)));
        const first = after.byId.get(tops[0]!)!;
        const siblings = siblingsOf(after, first).map((node) => node.item.id);
        const places = tops.map((id) => siblings.indexOf(id)).toSorted((a, b) => a - b);
        expect(places).toEqual(places.map((_, at) => places[0]! + at));
        if ('sitting' in target) {
          expect(first.sitting).toBe(target.sitting);
          expect(target.at === 'start' ? places[0] : places.at(-1)).toBe(
            target.at === 'start' ? 0 : siblings.length - 1,
          );
        } else if (target.at === 'on') {
          expect(first.parent).toBe(target.id);
          expect(places.at(-1)).toBe(siblings.length - 1);
        } else if (!tops.includes(target.id)) {
          expect(siblings.indexOf(target.id)).toBe(target.at === 'before' ? places.at(-1)! + 1 : places[0]! - 1);
        }
        takeBack(doc, outcome.change);
        expect(outlineOf(doc)).toEqual(before.rows.map((node) => outlineRow(node.level, node.number, node.item.id)));
      }),
      { numRuns: 3000 },
    );
  });

  test('taking back leaves what somebody else has changed since', () => {
    const doc = docWith([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const outcome = place(doc, twoDays, [idOf(1)], { at: 'after', id: idOf(2) });
    place(doc, twoDays, [idOf(1)], { at: 'after', id: idOf(3) });
    if (outcome.ok) takeBack(doc, outcome.change);
    expect(outlineOf(doc)).toEqual(['1:2', '2:3', '3:1']);
  });
});

function under(agenda: ReturnType<typeof readAgenda>, id: string, holder: string): boolean {
  for (let at = agenda.byId.get(id)?.parent ?? ''; at !== ''; at = agenda.byId.get(at)?.parent ?? '')
    if (at === holder) return true;
  return false;
}

function outlineRow(level: number, number: string, id: string): string {
  return `${'  '.repeat(level)}${number || '–'}:${Number(id.slice(1))}`;
}
