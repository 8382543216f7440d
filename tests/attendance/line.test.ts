// Nobody is two things at one moment, whatever was said, by whom and in which order; and what is kept means what was said.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttendanceEntry, EntryDraft } from '#shared/attendance/attendance.ts';
import { TIME_KINDS } from '#shared/attendance/attendance.ts';
import { arrive, leave, rewrite, sayOfItem, sayOfTime, thereFromStart } from '#shared/attendance/changes.ts';
import { draftsOf, lineOf, pieceAt, piecesOf } from '#shared/attendance/line.ts';
import { presentAt, statusAt } from '#shared/attendance/presence.ts';
import { at, DAYS, idOf, SAYING, said, world } from './world.ts';

const ME = idOf('p', 1);
const frame = world();
const MINUTE = 60_000;
const moment = fc.integer({ min: 0, max: 34 * 60 }).map((minutes) => at(1, '06:00') + minutes * MINUTE);
const draft: fc.Arbitrary<EntryDraft> = fc.record({
  kind: fc.constantFrom(...TIME_KINDS),
  from: fc.option(moment),
  to: fc.option(moment),
  sittingId: fc.constantFrom(null, DAYS[0]!.id, DAYS[1]!.id, idOf('d', 7)),
  itemId: fc.constant(null),
  forPersonId: fc.constant(null),
  note: fc.constantFrom('', 'på distans'),
});
const as = 'present' as const;

const change = fc.oneof(
  fc.record({ do: fc.constant('arrive' as const), at: moment }),
  fc.record({ do: fc.constant('leave' as const), at: moment }),
  fc.record({ do: fc.constant('start' as const), at: moment }),
  fc.record({ do: fc.constant('say' as const), draft, erase: fc.boolean() }),
  fc.record({ do: fc.constant('item' as const), n: fc.integer({ min: 1, max: 3 }) }),
);

function apply(entries: AttendanceEntry[], one: typeof change extends fc.Arbitrary<infer T> ? T : never) {
  switch (one.do) {
    case 'arrive':
      return arrive(frame, entries, ME, { at: one.at, as }, SAYING);
    case 'leave':
      return leave(frame, entries, ME, { at: one.at, as }, SAYING);
    case 'start':
      return thereFromStart(frame, entries, ME, { at: one.at, as }, SAYING);
    case 'say': {
      const kind = one.erase || one.draft.kind === 'conflict' ? null : one.draft.kind;
      return sayOfTime(frame, entries, ME, { ...one.draft, kind }, SAYING);
    }
    case 'item':
      return sayOfItem(
        entries,
        ME,
        { kind: 'conflict', itemId: idOf('i', one.n), forPersonId: null, note: '' },
        SAYING,
      );
  }
}

describe('what is kept', () => {
  test('after any changes a moment is in one entry at most, and equal neighbours are one entry', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 25 }),
        fc.array(moment, { minLength: 1, maxLength: 20 }),
        (all, moments) => {
          const entries = all.reduce<AttendanceEntry[]>(apply, []);
          for (const one of moments) {
            const holding = entries.filter((entry) => piecesOf(frame, entry).some((p) => one >= p.from && one < p.to));
            expect(holding.length).toBeLessThan(2);
          }
          const line = lineOf(frame, entries);
          for (const [n, piece] of line.entries()) {
            const next = line[n + 1];
            if (!next) continue;
            expect(piece.to).toBeLessThanOrEqual(next.from);
            if (piece.to === next.from && piece.sittingId === next.sittingId)
              expect([piece.kind, piece.note]).not.toEqual([next.kind, next.note]);
          }
          expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
          expect(new Set(entries.flatMap(({ itemId }) => itemId ?? [])).size).toBe(
            entries.filter(({ itemId }) => itemId).length,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('overlapping things said are brought into order without changing what they mean', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 12 }), (drafts) => {
        const line = lineOf(frame, drafts);
        expect(lineOf(frame, draftsOf(frame, line))).toEqual(line);
        expect(lineOf(frame, rewrite(frame, [], ME, drafts, SAYING))).toEqual(line);
      }),
      { numRuns: 300 },
    );
  });

  test('what is said last of a moment holds', () => {
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1, maxLength: 8 }), moment, (drafts, one) => {
        const last = drafts.findLast((said) => piecesOf(frame, said).some((p) => one >= p.from && one < p.to));
        const entries = rewrite(frame, [], ME, drafts, SAYING);
        expect(statusAt(frame, entries, ME, one)?.kind ?? null).toBe(last?.kind ?? null);
      }),
      { numRuns: 300 },
    );
  });

  test('what was not touched keeps its id, who said it and when', () => {
    const before = thereFromStart(frame, [], ME, { at: at(1, '08:00'), as }, SAYING);
    const after = leave(frame, before, ME, { at: at(2, '10:00'), as }, { by: idOf('p', 5), at: 7 });
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toMatchObject({ by: idOf('p', 5), at: 7, from: null, to: at(2, '10:00') });
  });
});

describe('coming and going', () => {
  test('who comes early or on time is there from the start; who comes later, from that minute', () => {
    const early = arrive(frame, [], ME, { at: at(1, '08:12'), as }, SAYING);
    expect(early).toMatchObject([{ kind: 'present', sittingId: DAYS[0]!.id, from: null, to: null }]);
    const late = arrive(frame, [], ME, { at: at(1, '09:12') + 40_000, as }, SAYING);
    expect(late).toMatchObject([{ from: at(1, '09:12'), to: null }]);
    expect(arrive(frame, late, ME, { at: at(1, '10:00'), as }, SAYING)).toEqual(late);
  });

  test('who goes without having come was there from the start', () => {
    const gone = leave(frame, [], ME, { at: at(1, '15:05'), as }, SAYING);
    expect(gone).toMatchObject([{ from: null, to: at(1, '15:05'), sittingId: DAYS[0]!.id }]);
    expect(leave(frame, gone, ME, { at: at(1, '16:00'), as }, SAYING)).toEqual(gone);
  });

  test('an absence that was announced for later stands when one comes before it', () => {
    const excused = said(ME, { kind: 'excused', sittingId: DAYS[1]!.id, from: at(2, '10:00') });
    const there = arrive(frame, excused, ME, { at: at(2, '09:00'), as }, SAYING);
    expect(lineOf(frame, there).map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['present', at(2, '09:00'), at(2, '10:00')],
      ['excused', at(2, '10:00'), Number.POSITIVE_INFINITY],
    ]);
    const stays = arrive(frame, there, ME, { at: at(2, '10:30'), as }, SAYING);
    expect(pieceAt(lineOf(frame, stays), at(2, '11:00'))?.kind).toBe('present');
    expect(pieceAt(lineOf(frame, stays), at(2, '10:15'))?.kind).toBe('excused');
  });

  test('who serves for somebody comes back as that', () => {
    const other = idOf('p', 2);
    const serving = said(ME, { kind: 'substitute', forPersonId: other, sittingId: DAYS[0]!.id, to: at(1, '10:00') });
    const back = arrive(frame, serving, ME, { at: at(1, '11:00'), as }, SAYING);
    expect(pieceAt(lineOf(frame, back), at(1, '11:30'))).toMatchObject({ kind: 'substitute', forPersonId: other });
  });

  test('a sitting that is moved takes "from the start" and "until the end" along', () => {
    const there = thereFromStart(frame, [], ME, { at: at(1, '09:00'), as }, SAYING);
    const moved = world({}, at(2, '20:00'), [{ ...DAYS[0]!, start: '07:00' }, DAYS[1]!]);
    expect(statusAt(moved, there, ME, at(1, '07:01'))?.kind).toBe('present');
  });

  test('everybody is there at once, but for those of whom something is said', () => {
    const late = arrive(frame, [], ME, { at: at(1, '09:12'), as }, SAYING);
    expect(thereFromStart(frame, late, ME, { at: at(1, '10:00'), as }, SAYING)).toEqual(late);
    const excused = said(ME, { kind: 'excused', sittingId: DAYS[0]!.id });
    expect(thereFromStart(frame, excused, ME, { at: at(1, '10:00'), as }, SAYING)).toEqual(excused);
  });
});

describe('when something is decided', () => {
  test('those in the room, without who has a conflict of interest there, with who is there for the item alone', () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((n) => idOf('p', n)) as [string, string, string, string];
    const item = idOf('i', 5);
    const entries = [
      ...said(a, {}),
      ...said(b, {}, { kind: 'conflict', itemId: item }),
      ...said(c, { kind: 'guest', itemId: item }),
      ...said(d, { kind: 'excused' }, { kind: 'substitute', itemId: item, forPersonId: b }),
    ];
    const here = (itemId: string | null) =>
      presentAt(frame, entries, [a, b, c, d], { at: at(1, '11:00'), itemId }).map((one) => one.personId);
    expect(here(item)).toEqual([a, c, d]);
    expect(here(idOf('i', 6))).toEqual([a, b]);
    expect(here(null)).toEqual([a, b]);
  });

  test('a conflict at an item holds for what stands under it', () => {
    const items = new Map(frame.items);
    items.set(idOf('i', 8), { ...items.get(idOf('i', 8))!, parent: idOf('i', 5) });
    const entries = said(ME, {}, { kind: 'conflict', itemId: idOf('i', 5) });
    const under = { at: at(1, '11:00'), itemId: idOf('i', 8) };
    expect(presentAt({ ...frame, items }, entries, [ME], under)).toEqual([]);
    expect(presentAt(frame, entries, [ME], under)).toHaveLength(1);
  });
});
