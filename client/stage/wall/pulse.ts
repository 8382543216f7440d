/**
 * Why this file exists: how a group is doing, told by its room: how many words, when the last key was, who types, which
 * prompts are answered, who is there. Read at most twice a second, whatever happens in the room.
 */
import * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import { presentPeople, type RoomClient, serverNow } from '../../collab/index.ts';

/** none: nothing · begun: a few words · answered. */
export type Answer = 'none' | 'begun' | 'answered';

export interface Pulse {
  words: number;
  /** One for each prompt, in order. */
  answers: readonly Answer[];
  /** When something was last written, server's clock; `null` when that is not known. */
  lastKey: number | null;
  typing: readonly { id: Id; name: string; colour: number }[];
  /** Ids of those whose page is in the room. */
  present: ReadonlySet<Id>;
  /** Ids of those who have been there since this page looked: who is missing now was lost. */
  seen: ReadonlySet<Id>;
  /** How much was written in each of the last ten minutes, oldest first; any unit. */
  pace: readonly number[];
  /** The room has been read. */
  known: boolean;
  /** This page has no contact with the room. */
  cut: boolean;
}

/** Fewer words than that are a beginning. */
const BEGUN_WORDS = 6;
/** How often a room is read, milliseconds. */
export const READ_EVERY_MS = 500;
const MINUTE_MS = 60_000;
export const PACE_MINUTES = 10;
const MAX_DEPTH = 32;

const EMPTY: Pulse = {
  words: 0,
  answers: [],
  lastKey: null,
  typing: [],
  present: new Set(),
  seen: new Set(),
  pace: Array.from({ length: PACE_MINUTES }, () => 0),
  known: false,
  cut: false,
};

/** Follows one room from {@link start} to {@link stop}, again and again. */
export class GroupPulse {
  readonly #room: RoomClient;
  readonly #promptIds: readonly Id[];
  readonly #listeners = new Set<() => void>();
  readonly #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #textDirty = true;
  #lastKey: number | null = null;
  /** Letters by minute since 1970, of the last ten. */
  readonly #minutes = new Map<number, number>();
  #pulse: Pulse = EMPTY;

  constructor(room: RoomClient, promptIds: readonly Id[]) {
    this.#room = room;
    this.#promptIds = promptIds;
    this.#read();
  }

  /** Begins to listen. */
  start(): void {
    const room = this.#room;
    const later = (): void => this.#later();
    const onUpdate = (update: Uint8Array): void => {
      this.#textDirty = true;
      // What comes while the room is being read was written before.
      if (room.state.synced) {
        this.#lastKey = serverNow();
        const minute = Math.floor(this.#lastKey / MINUTE_MS);
        this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + update.length);
      }
      this.#later();
    };
    room.doc.on('update', onUpdate);
    room.awareness.on('change', later);
    this.#stops.push(
      room.subscribe(later),
      () => room.doc.off('update', onUpdate),
      () => room.awareness.off('change', later),
    );
    // What came between the first reading and now.
    this.#textDirty = true;
    this.#later();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly get = (): Pulse => this.#pulse;

  /** What the server knows of the time before this page was opened, by the minute: the end of that minute is taken. */
  noteEarlier(minute: number): void {
    const at = Math.min(serverNow(), minute + MINUTE_MS - 1);
    if (this.#lastKey !== null && this.#lastKey >= at) return;
    this.#lastKey = at;
    this.#later();
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#read();
    }, READ_EVERY_MS);
  }

  #read(): void {
    const { doc, awareness, state } = this.#room;
    const people = presentPeople(awareness.getStates(), awareness.clientID).filter(({ self }) => !self);
    const before = this.#pulse;
    let { words, answers } = before;
    if (this.#textDirty) {
      this.#textDirty = false;
      const each = this.#promptIds.map((id) => wordsIn(doc.getXmlFragment(id)));
      words = each.reduce((a, b) => a + b, 0);
      answers = each.map(answerOf);
    }
    const present = new Set(people.map(({ user }) => user.id));
    const { seen } = before;
    this.#pulse = {
      words,
      answers,
      lastKey: this.#lastKey,
      typing: people
        .filter(({ typing, hidden }) => typing && !hidden)
        .map(({ user }) => ({ id: user.id, name: user.name, colour: user.colour })),
      present,
      seen: [...present].every((id) => seen.has(id)) ? seen : new Set([...seen, ...present]),
      pace: this.#pace(),
      known: state.known,
      cut: state.connection === 'offline' || state.closedCode !== null,
    };
    for (const listener of [...this.#listeners]) listener();
  }

  #pace(): readonly number[] {
    const now = Math.floor(serverNow() / MINUTE_MS);
    for (const minute of this.#minutes.keys()) if (minute <= now - PACE_MINUTES) this.#minutes.delete(minute);
    return Array.from({ length: PACE_MINUTES }, (_, i) => this.#minutes.get(now - PACE_MINUTES + 1 + i) ?? 0);
  }
}

/** How far so many words answer a prompt. */
export function answerOf(words: number): Answer {
  return words === 0 ? 'none' : words < BEGUN_WORDS ? 'begun' : 'answered';
}

/** How many words stand in a fragment. */
export function wordsIn(fragment: Y.XmlFragment): number {
  let count = 0;
  const walk = (type: Y.XmlFragment, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    let line = '';
    for (const child of type.toArray()) {
      if (child instanceof Y.XmlText) {
        for (let item = child._start; item !== null; item = item.right)
          if (!item.deleted && item.content instanceof Y.ContentString) line += item.content.str;
      } else if (child instanceof Y.XmlElement) {
        if (child.nodeName === 'mention') line += ' @ ';
        else if (child.nodeName === 'hardBreak') line += ' ';
        else walk(child, depth + 1);
      }
    }
    count += line.match(/[\p{L}\p{N}@][^\s]*/gu)?.length ?? 0;
  };
  walk(fragment, 0);
  return count;
}
