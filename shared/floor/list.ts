/**
 * Why this file exists: who waits for the floor and in which order. A rejoinder goes behind the other rejoinders and before
 * every speech, and costs nobody their place in the line for a speech: whoever waits may answer meanwhile.
 */
import type { Id } from '../ids.ts';
import { type Floor, FloorProblem, type FloorRules, isDrawn, speakerOf, speechesOf, type Waiting } from './floor.ts';

/** How many may wait at once: more is no list any more. */
export const MOST_WAITING = 200;

/**
 * Puts somebody on the list. What they wait for already stays as it is: pressing twice is no trouble. `currentItemId` is
 * the item the meeting is on. Throws `kind: no-speaker | own-turn` for a rejoinder to nobody or to oneself, `kind: drawn`
 * for a speech behind the line, `list: full`.
 */
export function requested(floor: Floor, asked: Waiting, currentItemId: Id | null): Floor {
  if (floor.waiting.some(({ personId, kind }) => personId === asked.personId && kind === asked.kind)) return floor;
  const speaker = speakerOf(floor);
  if (asked.kind === 'rejoinder') {
    if (speaker === null) throw new FloorProblem('kind', 'no-speaker');
    if (speaker.personId === asked.personId) throw new FloorProblem('kind', 'own-turn');
  } else if (isDrawn(floor, currentItemId)) throw new FloorProblem('kind', 'drawn');
  if (floor.waiting.length >= MOST_WAITING) throw new FloorProblem('list', 'full');
  return { ...floor, waiting: floor.waiting.toSpliced(placeOf(floor, asked), 0, asked) };
}

/** Where a new request goes. */
function placeOf(floor: Floor, asked: Waiting): number {
  const { waiting, rules } = floor;
  const rejoinders = waiting.filter(({ kind }) => kind === 'rejoinder').length;
  if (asked.kind === 'rejoinder') return rejoinders;
  const isNew = ({ personId, itemId }: Waiting) => speechesOf(floor, personId, itemId) === 0;
  if (!rules.newSpeakersFirst || !isNew(asked)) return waiting.length;
  // Behind the last who is new as well; what those who run the meeting have moved stays where they put it.
  return Math.max(rejoinders, waiting.findLastIndex((one) => one.kind === 'speech' && isNew(one)) + 1);
}

/** Takes a request off the list, whoever does it. The same floor when it is not there. */
export function removed(floor: Floor, requestId: Id): Floor {
  const waiting = floor.waiting.filter(({ id }) => id !== requestId);
  return waiting.length === floor.waiting.length ? floor : { ...floor, waiting };
}

/**
 * One step up or down among those who wait for the same: rejoinders stay before speeches. At the end of the way nothing
 * happens. Throws `request: missing`.
 */
export function moved(floor: Floor, requestId: Id, by: -1 | 1): Floor {
  const from = floor.waiting.findIndex(({ id }) => id === requestId);
  const request = floor.waiting[from];
  if (!request) throw new FloorProblem('request', 'missing');
  const other = floor.waiting[from + by];
  if (!other || other.kind !== request.kind) return floor;
  return { ...floor, waiting: floor.waiting.with(from, other).with(from + by, request) };
}

/** Without those who may not ask for the floor (any more), such as whoever has left the meeting. */
export function keptOnly(floor: Floor, maySpeak: (personId: Id) => boolean): Floor {
  const waiting = floor.waiting.filter(({ personId }) => maySpeak(personId));
  return waiting.length === floor.waiting.length ? floor : { ...floor, waiting };
}

/** Draws the line in the debate on `itemId`, or lifts it. Who is on the list stays there. */
export function withLine(floor: Floor, drawn: boolean, itemId: Id | null): Floor {
  if (drawn === isDrawn(floor, itemId)) return floor;
  return { ...floor, line: drawn ? { itemId } : null };
}

/** Other rules, from now on. Throws `rejoinderSeconds: too-long` when a rejoinder would be longer than a speech. */
export function withRules(floor: Floor, change: Partial<FloorRules>): Floor {
  const rules = { ...floor.rules, ...change };
  if (rules.speechSeconds > 0 && rules.rejoinderSeconds > rules.speechSeconds)
    throw new FloorProblem('rejoinderSeconds', 'too-long');
  return { ...floor, rules };
}
