/**
 * Why this file exists: how it goes in a group, told from its room: how much is written, how many of the questions are
 * answered, when somebody last wrote, and how the pace has been. Pure, so that it can be tried without rooms.
 */
import * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';

/** From so many words on a question counts as answered; fewer are a beginning. */
export const ANSWERED_WORDS = 5;
/** The pace is shown for so many minutes back. */
export const PACE_MINUTES = 10;
const MINUTE_MS = 60_000;
/** Deeper than any editor nests; a hostile document must not cost a stack. */
const MAX_DEPTH = 32;

export type Answer = 'none' | 'begun' | 'answered';

export interface WordCount {
  words: number;
  /** In the order of the prompts. */
  answers: readonly Answer[];
}

/** How much a group's document says under each prompt. */
export function countWords(doc: Y.Doc, promptIds: readonly Id[]): WordCount {
  const each = promptIds.map((id) => wordsIn(doc.getXmlFragment(id)));
  return {
    words: each.reduce((sum, words) => sum + words, 0),
    answers: each.map((words) => (words === 0 ? 'none' : words < ANSWERED_WORDS ? 'begun' : 'answered')),
  };
}

function wordsIn(fragment: Y.XmlFragment, depth = 0): number {
  if (depth > MAX_DEPTH) return 0;
  let count = 0;
  let line = '';
  for (const child of fragment.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const { insert } of child.toDelta() as { insert: unknown }[])
        line += typeof insert === 'string' ? insert : ' ';
    } else if (child instanceof Y.XmlElement) count += wordsIn(child, depth + 1);
  }
  return count + (line.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’\-:.,/]*/gu)?.length ?? 0);
}

/** Keystrokes of each of the last {@link PACE_MINUTES} minutes, oldest first. Times in milliseconds. */
export class Pace {
  #minutes: number[] = new Array(PACE_MINUTES).fill(0);
  #minute: number;
  #last: number | null = null;

  constructor(now: number) {
    this.#minute = Math.floor(now / MINUTE_MS);
  }

  /** Somebody wrote. */
  note(now: number): void {
    this.#turn(now);
    this.#minutes[PACE_MINUTES - 1]! += 1;
    this.#last = now;
  }

  /** When somebody last wrote while this page was open; `null` when nobody has. */
  get last(): number | null {
    return this.#last;
  }

  read(now: number): readonly number[] {
    this.#turn(now);
    return this.#minutes;
  }

  #turn(now: number): void {
    const minute = Math.floor(now / MINUTE_MS);
    const gone = Math.min(PACE_MINUTES, minute - this.#minute);
    if (gone <= 0) return;
    this.#minutes = [...this.#minutes.slice(gone), ...new Array<number>(gone).fill(0)];
    this.#minute = minute;
  }
}

export type Mood =
  | { kind: 'writing'; names: readonly string[] }
  | { kind: 'quiet'; minutes: number }
  | { kind: 'still' };

/** What is said of a group at first glance: who types, or for how long nobody has. `since` is when the page began to look. */
export function moodOf(typing: readonly string[], last: number | null, since: number, now: number): Mood {
  if (typing.length > 0) return { kind: 'writing', names: typing };
  const minutes = Math.floor((now - (last ?? since)) / MINUTE_MS);
  return minutes >= 1 ? { kind: 'quiet', minutes } : { kind: 'still' };
}
