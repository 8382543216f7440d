/**
 * Why this file exists: the sentences minutes have always used of who was there: "dag 2", "från kl. 10.00 dag 2", "ej punkten
 * 6". Made from the record, so that they are right when it is. There are two ways of saying it, and bodies choose: beside a
 * name among those present it is said when somebody was there; in a list of those who could not come, when they were not.
 * A time is always one day's: "från kl. 10.00 dag 2" says nothing of day 3.
 */
import type { Id } from '../ids.ts';
import type { Language } from '../terms.ts';
import { type AttendanceEntry, attends } from './attendance.ts';
import { type DayOf, daysOf, type Run, runsOf, without } from './days.ts';
import { type AttendanceFrame, toMinute } from './frame.ts';
import { lineOf, saidOf } from './line.ts';
import { rangesOf, WORDS, type Words } from './words.ts';

/** How somebody's presence stands in the minutes. */
export type Standing = 'present' | 'excused' | 'absent' | 'unsaid';

export interface Phrases {
  standing: Standing;
  /** Beside a name among those present: "från kl. 09.15 dag 1", "ej punkten 6"; empty for who was there all the time. */
  presence: string;
  /** In the list of those who were not there: "dag 2", "från kl. 10.00 dag 2"; empty for the whole meeting. */
  absence: string;
  /** Belongs into the list of those who were not there, wholly or in part. */
  missing: boolean;
}

interface Telling {
  frame: AttendanceFrame;
  words: Words;
  several: boolean;
}

/** Which part of a sitting is meant, in the order of time; whole days with no part of a day between them are said together. */
function units(telling: Telling, days: readonly { day: DayOf; runs: readonly Run[] }[]): string[] {
  const { words, several, frame } = telling;
  const clock = (at: number) => words.clock(at, frame.timeZone);
  const parts: string[] = [];
  let whole: number[] = [];
  const endWhole = () => {
    if (whole.length > 0) parts.push(words.days(rangesOf(whole, words), whole.length > 1));
    whole = [];
  };
  for (const { day, runs } of days)
    for (const { from, to } of runs) {
      const { held, sitting } = day;
      if (from <= held.from && to >= held.to) {
        whole.push(sitting.day);
        continue;
      }
      endWhole();
      const time =
        to >= held.to
          ? words.from(clock(from))
          : from <= held.from
            ? words.until(clock(to))
            : words.between(clock(from), clock(to));
      parts.push(several ? words.onDay(time, String(sitting.day)) : time);
    }
  endWhole();
  return parts;
}

/** The items that were treated wholly within `run` and of which nothing lies outside it; `null` when one was cut. */
function itemsWithin(frame: AttendanceFrame, run: Run): Id[] | null {
  const ids: Id[] = [];
  for (const { id, number, visits, parent } of frame.items.values()) {
    const times = visits
      .map(({ from, to }) => ({ from: toMinute(from), to: toMinute(to ?? Math.max(frame.now, from)) }))
      .filter(({ from, to }) => from < to);
    if (!times.some(({ from, to }) => from < run.to && to > run.from)) continue;
    if (number === '' || !times.every(({ from, to }) => from >= run.from && to <= run.to)) return null;
    if (!ids.includes(parent as Id)) ids.push(id);
  }
  return ids.length > 0 ? ids : null;
}

const inner = (held: Run, run: Run): boolean => run.from > held.from && run.to < held.to;

function itemPhrase({ frame, words }: Telling, ids: readonly Id[]): string | null {
  const wanted = new Set(ids);
  const numbers = [...frame.items.values()]
    .filter(({ id, number }) => wanted.has(id) && number)
    .map((item) => item.number);
  return numbers.length > 0 ? words.items(words.list(numbers), numbers.length > 1) : null;
}

/** Time missed in the middle of a sitting: whole items by their numbers, the rest by the clock. */
function gaps(telling: Telling, days: readonly DayOf[]): { items: Id[]; times: string[] } {
  const items: Id[] = [];
  const rest = days.map((day) => {
    const runs = day.missed.filter((run) => inner(day.held, run));
    const byTime = runs.filter((run) => {
      const within = itemsWithin(telling.frame, run);
      if (within) items.push(...within);
      return !within;
    });
    return { day, runs: byTime };
  });
  return { items, times: units(telling, rest) };
}

function standingOf(frame: AttendanceFrame, said: readonly AttendanceEntry[], days: readonly DayOf[]): Standing {
  const line = lineOf(frame, said);
  const there = said.some((entry) => entry.itemId !== null && attends(entry.kind));
  // There, if only before or after the time a sitting was held: what was recorded stands.
  if (there || line.some((piece) => attends(piece.kind))) return 'present';
  const begun = days.filter((day) => frame.now >= day.held.from);
  const away = (begun.length > 0 ? begun : days).map((day) => announcedOnly(frame, said, day));
  if (!away.every((day) => day.whole)) return 'unsaid';
  return line.some((piece) => piece.kind === 'excused') ? 'excused' : 'absent';
}

function servicePhrases(
  telling: Telling,
  said: readonly AttendanceEntry[],
  days: readonly DayOf[],
  names: NameOf,
): string[] {
  const { frame, words } = telling;
  const line = lineOf(frame, said);
  const served = new Map<string, { time: boolean; items: Id[] }>();
  const of = (id: Id | null) => {
    const entry = served.get(id ?? '') ?? { time: false, items: [] };
    served.set(id ?? '', entry);
    return entry;
  };
  for (const piece of line) if (piece.kind === 'substitute') of(piece.forPersonId).time = true;
  for (const entry of said)
    if (entry.itemId && entry.kind === 'substitute') of(entry.forPersonId).items.push(entry.itemId);
  return [...served].map(([forId, { time, items }]) => {
    const name = forId === '' ? null : names(forId);
    const parts = name ? [words.servesFor(name)] : [words.serves];
    if (time) {
      const mine = days.map((day) => {
        const here = line.filter((piece) => piece.sittingId === day.sitting.id);
        const runs = runsOf(
          here,
          day.held,
          (piece) => piece.kind === 'substitute' && (piece.forPersonId ?? '') === forId,
        );
        const attended = without(day.held, day.missed);
        return { day, runs, all: JSON.stringify(runs) === JSON.stringify(attended) };
      });
      // When it is for as long as they are there, that is said already.
      if (!mine.every(({ all }) => all)) parts.push(...units(telling, mine));
    }
    const phrase = itemPhrase(telling, items);
    if (phrase) parts.push(phrase);
    return parts.join(' ');
  });
}

/** A person's name as minutes write it; `null` for who is not known. */
export type NameOf = (personId: Id) => string | null;

/** How one person's presence stands in the minutes, in `language`. */
export function phrasesFor(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  names: NameOf,
  language: Language,
): Phrases {
  const said = saidOf(entries, personId);
  const days = daysOf(frame, said);
  const words = WORDS[language];
  const telling: Telling = { frame, words, several: frame.sittings.length > 1 };
  const standing = standingOf(frame, said, days);
  const ofItems = (...kinds: string[]): Id[] =>
    said.flatMap(({ itemId, kind }) => (itemId !== null && kinds.includes(kind) ? [itemId] : []));
  const inConflict = itemPhrase(telling, ofItems('conflict'));
  const conflict = inConflict ? [words.conflict(inConflict)] : [];
  const asGuest = itemPhrase(telling, ofItems('guest'));
  const forItem = asGuest ? [asGuest] : [];
  const service = servicePhrases(telling, said, days, names);

  // There for single items alone.
  const timed = lineOf(frame, said).some((piece) => attends(piece.kind));
  if (standing === 'present' && !timed)
    return { standing, presence: [...forItem, ...service, ...conflict].join(', '), absence: '', missing: false };
  if (standing !== 'present') {
    // Nothing is known but what was announced.
    const announced = days.map((day) => announcedOnly(frame, said, day));
    const away = announced.every((day) => day.whole) ? [] : absent(telling, announced, said);
    return {
      standing,
      presence: conflict.join(', '),
      absence: [...away, ...conflict].join(', '),
      missing: standing !== 'unsaid' || away.length > 0 || conflict.length > 0,
    };
  }

  // Of a day that has not come nothing is said unless it was announced.
  const told = days.filter((day) => frame.now >= day.held.from || day.missed.length > 0);
  const middle = gaps(telling, told);
  const notItems = itemPhrase(telling, [...middle.items, ...ofItems('excused', 'absent')]);
  const edges = told.map((day) => ({ day, runs: day.missed.filter((run) => !inner(day.held, run)) }));
  const positive = edges.some(({ runs }) => runs.length > 0)
    ? units(
        telling,
        edges.map(({ day, runs }) => ({ day, runs: without(day.held, runs) })),
      )
    : [];
  const except = [...(notItems ? [notItems] : []), ...middle.times].map((what) => words.except(what));
  const away = absent(telling, told, said);
  return {
    standing,
    presence: [...service, ...positive, ...except, ...forItem, ...conflict].join(', '),
    absence: [...away, ...conflict].join(', '),
    missing: away.length > 0 || conflict.length > 0,
  };
}

function announcedOnly(frame: AttendanceFrame, said: readonly AttendanceEntry[], day: DayOf): DayOf {
  const here = lineOf(frame, said).filter((piece) => piece.sittingId === day.sitting.id);
  const missed = runsOf(here, day.held, (piece) => !attends(piece.kind));
  return { ...day, missed, whole: without(day.held, missed).length === 0 };
}

/** When somebody was not there: whole days, parts of days, items. */
function absent(telling: Telling, days: readonly DayOf[], said: readonly AttendanceEntry[]): string[] {
  const middle = gaps(telling, days);
  const edges = days.map((day) => ({ day, runs: day.missed.filter((run) => !inner(day.held, run)) }));
  const away = said.flatMap(({ itemId, kind }) =>
    itemId !== null && (kind === 'excused' || kind === 'absent') ? [itemId] : [],
  );
  const items = itemPhrase(telling, [...middle.items, ...away]);
  return [...units(telling, edges), ...middle.times, ...(items ? [items] : [])];
}
