// Taking hold of a time's end moves that end and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TIME_KINDS } from '#shared/attendance/attendance.ts';
import { withEdgeAt } from '#shared/attendance/edges.ts';
import { lineOf, pieceAt } from '#shared/attendance/line.ts';
import { at, DAYS, idOf, said, world } from './world.ts';

const frame = world();
const ME = idOf('p', 1);
const day = DAYS[0]!.id;
const kinds = (line: ReturnType<typeof lineOf>) => line.map(({ kind, from, to }) => [kind, from, to]);
const END = frame.sittings[0]!.ends;
const START = frame.sittings[0]!.begins;

describe('an end that is moved', () => {
  const there = lineOf(frame, said(ME, { sittingId: day, from: at(1, '09:00'), to: at(1, '15:00') }));

  test('later and earlier, on whole minutes', () => {
    expect(kinds(withEdgeAt(frame, there, there[0]!, 'to', at(1, '15:30') + 20_000))).toEqual([
      ['present', at(1, '09:00'), at(1, '15:30')],
    ]);
    expect(kinds(withEdgeAt(frame, there, there[0]!, 'from', at(1, '10:00')))).toEqual([
      ['present', at(1, '10:00'), at(1, '15:00')],
    ]);
  });

  test('to the edge of the sitting is from its start and until its end', () => {
    expect(kinds(withEdgeAt(frame, there, there[0]!, 'from', at(1, '08:00')))).toEqual([
      ['present', START, at(1, '15:00')],
    ]);
    expect(kinds(withEdgeAt(frame, there, there[0]!, 'to', END))).toEqual([['present', at(1, '09:00'), END]]);
  });

  test('never past the other end', () => {
    expect(kinds(withEdgeAt(frame, there, there[0]!, 'to', at(1, '08:00')))).toEqual([
      ['present', at(1, '09:00'), at(1, '09:01')],
    ]);
    expect(kinds(withEdgeAt(frame, there, there[0]!, 'from', at(1, '16:00')))).toEqual([
      ['present', at(1, '14:59'), at(1, '15:00')],
    ]);
  });

  test('between two statuses both follow; a neighbour that is reached is cut', () => {
    const both = lineOf(
      frame,
      said(ME, { sittingId: day, to: at(1, '12:00') }, { kind: 'excused', sittingId: day, from: at(1, '12:00') }),
    );
    for (const clock of ['11:00', '13:00'])
      expect(kinds(withEdgeAt(frame, both, both[0]!, 'to', at(1, clock)))).toEqual([
        ['present', START, at(1, clock)],
        ['excused', at(1, clock), END],
      ]);
    expect(kinds(withEdgeAt(frame, both, both[1]!, 'from', at(1, '13:00')))).toEqual([
      ['present', START, at(1, '13:00')],
      ['excused', at(1, '13:00'), END],
    ]);
  });

  test('what lies outside the piece, its neighbours and its sitting is left as it was', () => {
    const minute = fc.integer({ min: -60, max: 700 }).map((n) => at(1, '08:30') + n * 60_000);
    const entry = fc.record({
      kind: fc.constantFrom(...TIME_KINDS),
      from: minute,
      to: minute,
      sittingId: fc.constant(day),
    });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        fc.constantFrom('from' as const, 'to' as const),
        minute,
        (entries, n, side, to) => {
          const line = lineOf(frame, said(ME, ...entries, { kind: 'guest', sittingId: DAYS[1]!.id }));
          const mine = line.filter(({ sittingId }) => sittingId === day);
          const piece = mine[n % mine.length];
          if (!piece) return;
          const after = withEdgeAt(frame, line, piece, side, to);
          expect(pieceAt(after, at(2, '10:00'))?.kind).toBe('guest');
          for (const [index, one] of after.entries()) {
            expect(one.from).toBeLessThan(one.to);
            expect(one.to).toBeLessThanOrEqual(after[index + 1]?.from ?? Number.POSITIVE_INFINITY);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
