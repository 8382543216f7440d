/**
 * What the list of speakers promises, whatever is pressed in whatever order: nobody stands in line twice, rejoinders go
 * before speeches, one person speaks at a time, a step is taken once, and nobody is lost.
 */
import { array, assert, boolean, constantFrom, nat, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_FLOOR,
  type Floor,
  FloorProblem,
  isDrawn,
  speakerOf,
  speechesOf,
  TURN_KINDS,
  type TurnKind,
} from '#shared/floor/floor.ts';
import { keptOnly, MOST_WAITING, moved, removed, requested, withLine, withRules } from '#shared/floor/list.ts';
import { ended, endOf, passedOn, passedTo } from '#shared/floor/turns.ts';
import { newId } from '#shared/ids.ts';

const PEOPLE = Array.from({ length: 6 }, newId);
const [A, B, C, D] = PEOPLE as [string, string, string, string];
const ITEMS = [null, newId(), newId()];
const nameOf = (personId: string) => `Person ${PEOPLE.indexOf(personId)}`;

const who = constantFrom(...PEOPLE);
const deed = oneof(
  record({ do: constantFrom('request'), person: who, kind: constantFrom(...TURN_KINDS) }),
  record({ do: constantFrom('next', 'end') }),
  record({ do: constantFrom('give', 'remove', 'up', 'down'), at: nat(11) }),
  record({ do: constantFrom('line'), drawn: boolean() }),
  record({ do: constantFrom('item'), item: constantFrom(...ITEMS) }),
  record({ do: constantFrom('first'), first: boolean() }),
);
interface Deed {
  do: string;
  person?: string;
  kind?: TurnKind;
  at?: number;
  drawn?: boolean;
  item?: string | null;
  first?: boolean;
}
interface World {
  floor: Floor;
  item: string | null;
  now: number;
}

/** What a deed makes of a floor; what is refused changes nothing. */
function played({ floor, item, now }: World, one: Deed): World {
  const id = floor.waiting[(one.at ?? 0) % Math.max(1, floor.waiting.length)]?.id ?? newId();
  const step = { step: floor.step, now };
  const change = (): Floor => {
    switch (one.do) {
      case 'request':
        return requested(
          floor,
          { id: newId(), personId: one.person ?? A, kind: one.kind ?? 'speech', itemId: item, at: now },
          item,
        );
      case 'next':
        return passedOn(floor, step, nameOf);
      case 'end':
        return ended(floor, step);
      case 'give':
        return passedTo(floor, id, step, nameOf);
      case 'remove':
        return removed(floor, id);
      case 'line':
        return withLine(floor, one.drawn ?? false, item);
      case 'first':
        return withRules(floor, { newSpeakersFirst: one.first ?? false });
      default:
        return one.do === 'item' ? floor : moved(floor, id, one.do === 'up' ? -1 : 1);
    }
  };
  const next = { item: one.do === 'item' ? (one.item ?? null) : item, now: now + 1000 };
  try {
    return { ...next, floor: change() };
  } catch (error) {
    if (!(error instanceof FloorProblem)) throw error;
    return { ...next, floor };
  }
}

const START: World = { floor: EMPTY_FLOOR, item: null, now: 1000 };
const play = (deeds: readonly Deed[]) => deeds.reduce(played, START);
const always = (check: (before: World, one: Deed, after: World) => void) =>
  assert(
    property(array(deed, { maxLength: 60 }), (deeds: readonly Deed[]) => {
      deeds.reduce((before, one) => {
        const then = played(before, one);
        check(before, one, then);
        return then;
      }, START);
    }),
  );
const ids = (floor: Floor) => floor.waiting.map(({ id }) => id);

describe('a list of speakers', () => {
  it('holds nobody twice for the same, and rejoinders before speeches', () => {
    always((_, __, { floor }) => {
      const places = floor.waiting.map(({ personId, kind }) => `${personId} ${kind}`);
      expect(new Set(places).size).toBe(places.length);
      const kinds = floor.waiting.map(({ kind }) => kind);
      expect(kinds).toEqual([...kinds].sort());
    });
  });

  it('has one speaker at a time, whose turn is the last, and turns that follow each other', () => {
    always((_, __, { floor }) => {
      expect(floor.turns.filter(({ to }) => to === null).length).toBeLessThanOrEqual(1);
      for (const [at, turn] of floor.turns.entries()) {
        const next = floor.turns[at + 1];
        if (turn.to === null) expect(next).toBeUndefined();
        else expect(turn.to).toBeGreaterThanOrEqual(turn.from);
        if (next) expect(next.from).toBeGreaterThanOrEqual(turn.to ?? Number.POSITIVE_INFINITY);
      }
    });
  });

  it('loses nobody: whoever leaves it was taken off, or has the floor', () => {
    always((before, one, then) => {
      const gone = before.floor.waiting.filter(({ id }) => !ids(then.floor).includes(id));
      if (one.do === 'remove') expect(gone.length).toBeLessThanOrEqual(1);
      else if (gone.length > 0) expect(gone.map(({ id }) => id)).toEqual([speakerOf(then.floor)?.id]);
      expect(then.floor.turns.slice(0, before.floor.turns.length).map(({ id, from }) => [id, from])).toEqual(
        before.floor.turns.map(({ id, from }) => [id, from]),
      );
    });
  });

  it('takes a step once, however often it is asked for', () => {
    always((before, one, then) => {
      if (!['next', 'end', 'give'].includes(one.do)) return expect(then.floor.step).toBe(before.floor.step);
      const late = { step: before.floor.step, now: then.now };
      if (then.floor === before.floor) return;
      expect(then.floor.step).toBe(before.floor.step + 1);
      expect(passedOn(then.floor, late, nameOf)).toBe(then.floor);
      expect(ended(then.floor, late)).toBe(then.floor);
      expect(passedTo(then.floor, newId(), late, nameOf)).toBe(then.floor);
    });
  });

  it('is put in another order by moving, and by nothing else about those who wait', () => {
    always((before, one, then) => {
      const known = new Set(ids(before.floor));
      const kept = ids(then.floor).filter((id) => known.has(id));
      const still = ids(before.floor).filter((id) => kept.includes(id));
      if (one.do === 'up' || one.do === 'down') expect([...kept].sort()).toEqual([...still].sort());
      else expect(kept).toEqual(still);
    });
  });

  it('takes nobody new for a speech behind the line, and rejoinders all the same', () => {
    always((before, one, then) => {
      if (one.do !== 'request' || one.kind !== 'speech' || !isDrawn(before.floor, before.item)) return;
      expect(then.floor).toBe(before.floor);
    });
    const speaking = play([{ do: 'request', person: A, kind: 'speech' }, { do: 'next' }, { do: 'line', drawn: true }]);
    expect(played(speaking, { do: 'request', person: B, kind: 'speech' }).floor).toBe(speaking.floor);
    expect(played(speaking, { do: 'request', person: B, kind: 'rejoinder' }).floor.waiting).toHaveLength(1);
  });

  it('with new speakers first, puts whoever has not spoken before those who have, in the order they came', () => {
    const request = record({ do: constantFrom('request'), person: who, kind: constantFrom('speech' as const) });
    assert(
      property(array(oneof(request, record({ do: constantFrom('next', 'end') })), { maxLength: 50 }), (deeds) => {
        const { floor, item } = play([{ do: 'first', first: true }, ...deeds]);
        const spoken = floor.waiting.map(({ personId }) => speechesOf(floor, personId, item) > 0);
        expect(spoken).toEqual([...spoken].sort());
        for (const of of [true, false]) {
          const times = floor.waiting.filter((_, at) => spoken[at] === of).map(({ at }) => at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('moves a speech up to the rejoinders, and a rejoinder down to the speeches, and no further', () => {
    const { floor } = play([
      { do: 'request', person: A, kind: 'speech' },
      { do: 'next' },
      { do: 'request', person: B, kind: 'speech' },
      { do: 'request', person: C, kind: 'speech' },
      { do: 'request', person: D, kind: 'rejoinder' },
    ]);
    const [reply = '', first = '', second = ''] = ids(floor);
    expect(moved(floor, reply, 1)).toBe(floor);
    expect(moved(floor, first, -1)).toBe(floor);
    expect(moved(floor, second, 1)).toBe(floor);
    expect(ids(moved(floor, second, -1))).toEqual([reply, second, first]);
    expect(() => moved(floor, newId(), 1)).toThrow('request: missing');
  });

  it('without that rule is in the order of asking', () => {
    const { floor } = play([
      { do: 'request', person: A, kind: 'speech' },
      { do: 'next' },
      ...[A, B, C].map((person): Deed => ({ do: 'request', person, kind: 'speech' })),
      { do: 'request', person: D, kind: 'rejoinder' },
      { do: 'request', person: B, kind: 'rejoinder' },
    ]);
    expect(floor.waiting.map(({ personId, kind }) => [personId, kind])).toEqual([
      [D, 'rejoinder'],
      [B, 'rejoinder'],
      [A, 'speech'],
      [B, 'speech'],
      [C, 'speech'],
    ]);
  });

  it('lets nobody answer nobody or themselves', () => {
    const at = { id: newId(), personId: A, itemId: null, at: 1 };
    expect(() => requested(EMPTY_FLOOR, { ...at, kind: 'rejoinder' }, null)).toThrow('kind: no-speaker');
    const { floor } = play([{ do: 'request', person: A, kind: 'speech' }, { do: 'next' }]);
    expect(() => requested(floor, { ...at, kind: 'rejoinder' }, null)).toThrow('kind: own-turn');
  });

  it('is no longer than can be meant', () => {
    const many = Array.from({ length: MOST_WAITING }, newId);
    const full = many.reduce<Floor>(
      (floor, personId) => requested(floor, { id: newId(), personId, kind: 'speech', itemId: null, at: 1 }, null),
      EMPTY_FLOOR,
    );
    const one = { id: newId(), personId: A, kind: 'speech' as const, itemId: null, at: 1 };
    expect(() => requested(full, one, null)).toThrow('list: full');
    expect(keptOnly(full, (id) => id === many[3]).waiting.map(({ personId }) => personId)).toEqual([many[3]]);
  });

  it('opens again on the next item by itself', () => {
    const drawn = withLine(EMPTY_FLOOR, true, ITEMS[1] ?? null);
    expect([isDrawn(drawn, ITEMS[1] ?? null), isDrawn(drawn, ITEMS[2] ?? null)]).toEqual([true, false]);
    expect(withLine(drawn, false, ITEMS[1] ?? null).line).toBeNull();
  });
});

describe('a turn', () => {
  it('has the time of its kind as it was when it began', () => {
    const rules = { speechSeconds: 120, rejoinderSeconds: 45 };
    let { floor } = play([{ do: 'request', person: A, kind: 'speech' }]);
    floor = passedOn(withRules(floor, rules), { step: 0, now: 5_000 }, nameOf);
    floor = withRules(floor, { speechSeconds: 60 });
    const turn = speakerOf(floor);
    expect(turn).toMatchObject({ person: 'Person 0', seconds: 120, from: 5_000 });
    expect(turn && endOf(turn)).toBe(125_000);
    floor = requested(floor, { id: newId(), personId: B, kind: 'rejoinder', itemId: null, at: 6_000 }, null);
    floor = passedOn(floor, { step: 1, now: 9_000 }, nameOf);
    expect(speakerOf(floor)).toMatchObject({ personId: B, kind: 'rejoinder', seconds: 45 });
    expect(floor.turns[0]?.to).toBe(9_000);
    expect(endOf({ from: 1, seconds: 0 })).toBeNull();
  });

  it('is never shorter than nothing, also by a clock that was set back', () => {
    const { floor } = play([{ do: 'request', person: A, kind: 'speech' }, { do: 'next' }]);
    expect(ended(floor, { step: 1, now: 0 }).turns[0]).toMatchObject({ from: 2000, to: 2000 });
  });

  it('of a rejoinder is never longer than that of a speech', () => {
    expect(() => withRules(EMPTY_FLOOR, { speechSeconds: 50 })).toThrow('rejoinderSeconds: too-long');
    expect(withRules(EMPTY_FLOOR, { speechSeconds: 0, rejoinderSeconds: 120 }).rules.rejoinderSeconds).toBe(120);
  });
});
