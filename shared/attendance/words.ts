/**
 * Why this file exists: the words the minutes use of presence, Swedish and English. They stand apart from the interface's
 * sentences: minutes are written in the meeting's language by the server, whatever language somebody reads the pages in.
 */
import { clockText } from '../agenda-time.ts';
import type { Language } from '../terms.ts';

export interface Words {
  /** "a, b och c". */
  list(parts: readonly string[]): string;
  clock(at: number, timeZone: string): string;
  days(list: string, several: boolean): string;
  from(clock: string): string;
  until(clock: string): string;
  between(from: string, to: string): string;
  /** A time of a day, when there are several. */
  onDay(time: string, day: string): string;
  items(list: string, several: boolean): string;
  except(what: string): string;
  conflict(items: string): string;
  servesFor(name: string): string;
  serves: string;
  excused: string;
  absent: string;
}

const listing =
  (and: string) =>
  (parts: readonly string[]): string =>
    parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;

export const WORDS: Record<Language, Words> = {
  sv: {
    list: listing('och'),
    clock: (at, timeZone) => clockText(at, timeZone, 'sv'),
    days: (list) => `dag ${list}`,
    from: (clock) => `från kl. ${clock}`,
    until: (clock) => `till kl. ${clock}`,
    between: (from, to) => `kl. ${from}–${to}`,
    onDay: (time, day) => `${time} dag ${day}`,
    items: (list, several) => `${several ? 'punkterna' : 'punkten'} ${list}`,
    except: (what) => `ej ${what}`,
    conflict: (items) => `jäv ${items}`,
    servesFor: (name) => `tjänstgör för ${name}`,
    serves: 'tjänstgörande ersättare',
    excused: 'förhinder',
    absent: 'frånvarande',
  },
  en: {
    list: listing('and'),
    clock: (at, timeZone) => clockText(at, timeZone, 'en'),
    days: (list, several) => `${several ? 'days' : 'day'} ${list}`,
    from: (clock) => `from ${clock}`,
    until: (clock) => `until ${clock}`,
    between: (from, to) => `${from}–${to}`,
    onDay: (time, day) => `${time} on day ${day}`,
    items: (list, several) => `${several ? 'items' : 'item'} ${list}`,
    except: (what) => `not ${what}`,
    conflict: (items) => `conflict of interest, ${items}`,
    servesFor: (name) => `serving for ${name}`,
    serves: 'serving substitute',
    excused: 'excused',
    absent: 'absent',
  },
};

/** "1", "1 och 3", "1–3" of whole numbers in order. */
export function rangesOf(numbers: readonly number[], words: Words): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  // Two in a row are two, not a range.
  const parts = runs.flatMap(([a, b]) => (a === b ? [`${a}`] : b === a + 1 ? [`${a}`, `${b}`] : [`${a}–${b}`]));
  return words.list(parts);
}
