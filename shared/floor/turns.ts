/**
 * Why this file exists: who has the floor, and since when. A step says which step it follows: when two who run the meeting
 * press at the same moment, the second finds that it has been taken and changes nothing.
 */
import type { Id } from '../ids.ts';
import { type Floor, FloorProblem, speakerOf, type Turn, type Waiting } from './floor.ts';

/** A step as it was meant: `step` is the floor's as whoever takes it saw it, `now` the server's clock. */
export interface Step {
  step: number;
  now: number;
}

/**
 * Whoever is first on the list gets the floor; who had it has spoken. With an empty list it only ends the turn. The same
 * floor when the step has been taken already. `nameOf` gives the name the turn is kept under.
 */
export function passedOn(floor: Floor, { step, now }: Step, nameOf: (personId: Id) => string): Floor {
  if (step !== floor.step) return floor;
  const next = floor.waiting[0];
  return next ? given(floor, next, now, nameOf) : ended(floor, { step, now });
}

/** One of those who wait gets the floor, wherever they stand. Throws `request: missing`. */
export function passedTo(floor: Floor, requestId: Id, { step, now }: Step, nameOf: (personId: Id) => string): Floor {
  if (step !== floor.step) return floor;
  const request = floor.waiting.find(({ id }) => id === requestId);
  if (!request) throw new FloorProblem('request', 'missing');
  return given(floor, request, now, nameOf);
}

/** Who speaks has spoken, and nobody has the floor. */
export function ended(floor: Floor, { step, now }: Step): Floor {
  if (step !== floor.step || speakerOf(floor) === null) return floor;
  return { ...floor, step: floor.step + 1, turns: closed(floor, now) };
}

function given(floor: Floor, request: Waiting, now: number, nameOf: (personId: Id) => string): Floor {
  const { id, personId, kind, itemId } = request;
  const { speechSeconds, rejoinderSeconds } = floor.rules;
  const seconds = kind === 'speech' ? speechSeconds : rejoinderSeconds;
  const turn: Turn = { id, personId, person: nameOf(personId), kind, itemId, from: now, to: null, seconds };
  return {
    ...floor,
    step: floor.step + 1,
    waiting: floor.waiting.filter((one) => one.id !== id),
    turns: [...closed(floor, now), turn],
  };
}

/** A clock that was set back makes no turn end before it began. */
function closed({ turns }: Floor, now: number): readonly Turn[] {
  return turns.map((turn) => (turn.to === null ? { ...turn, to: Math.max(turn.from, now) } : turn));
}

/** When a turn's time is up; `null` without a limit. */
export function endOf({ from, seconds }: Pick<Turn, 'from' | 'seconds'>): number | null {
  return seconds === 0 ? null : from + seconds * 1000;
}
