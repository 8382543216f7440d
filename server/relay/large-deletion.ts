/**
 * Why this file exists: a text that is suddenly gone is what people fear most of writing together. So the relay notices a
 * large deletion before it is applied, and the room as it was is kept with it. Told apart here from the everyday: replies
 * that repeat old deletions, typing errors, and the next keys of a backspace that was noticed already.
 */
import * as Y from 'yjs';
import type { RelayLimits } from './limits.ts';
import type { ClockRange, InspectedUpdate } from './update-inspection.ts';
import { clocksIn } from './update-reader.ts';

/** What one person did to the text lately. */
interface Doings {
  /** When a version was kept because of this person; `null` when never. */
  keptAt: number | null;
  /** Clocks anybody has written since then. */
  writtenSince: number;
  /** Deleted bit by bit, less what the same person wrote. */
  gone: number;
  lastDeletion: number;
}

/** Bit by bit is within this, milliseconds: who pauses longer has begun something new. */
const RUN_MS = 60_000;

type Numbers = Pick<
  RelayLimits,
  'deletionCharacters' | 'deletionShare' | 'deletionFrom' | 'deletionCreep' | 'deletionPauseMs' | 'deletionFloorMs'
>;

/** One room's watch over deletions. */
export class LargeDeletions {
  readonly #limits: Numbers;
  /** Made for the first who deletes something. */
  #people: Map<string, Doings> | null = null;

  constructor(limits: Numbers) {
    this.#limits = limits;
  }

  /**
   * Whether the room should be kept as it is before this update. `document` gives the room as it is, and is asked for
   * only when the update deletes much. To be called once for every accepted update, in order.
   */
  notices(
    update: Pick<InspectedUpdate, 'ranges' | 'deletes'>,
    personId: string,
    now: number,
    document: () => Y.Doc,
  ): boolean {
    if (this.#people) this.#noteWriting(this.#people, update.ranges, personId);
    const clocks = clocksIn(update.deletes);
    if (clocks === 0) return false;
    const doings = this.#of(personId, now);
    const creeping = doings.gone + clocks >= this.#limits.deletionCreep;
    const perhaps = creeping || clocks >= this.#limits.deletionFrom * this.#limits.deletionShare;
    // What was kept lately holds nearly everything this deletion takes; and nobody makes the room be written at every key.
    const since = doings.keptAt === null ? Number.POSITIVE_INFINITY : now - doings.keptAt;
    const covered =
      since < this.#limits.deletionFloorMs ||
      (since < this.#limits.deletionPauseMs && doings.writtenSince < this.#limits.deletionCreep);
    if (!perhaps || covered) {
      doings.gone += clocks;
      return false;
    }
    // An answer to sync step 1 says every deletion there ever was: only what is still there counts.
    const doc = document();
    const lost = visibleIn(doc, update.deletes);
    doings.gone += lost;
    if (doings.gone < this.#limits.deletionCreep && !this.#isLarge(lost, doc)) return false;
    Object.assign(doings, { keptAt: now, writtenSince: 0, gone: 0 });
    return true;
  }

  #isLarge(lost: number, doc: Y.Doc): boolean {
    const { deletionCharacters, deletionFrom, deletionShare } = this.#limits;
    if (lost >= deletionCharacters) return true;
    if (lost < deletionFrom * deletionShare) return false;
    const all = visibleLength(doc);
    return all >= deletionFrom && lost > all * deletionShare;
  }

  #noteWriting(people: Map<string, Doings>, ranges: readonly ClockRange[], personId: string): void {
    const written = clocksIn(ranges);
    if (written === 0) return;
    for (const doings of people.values()) doings.writtenSince += written;
    const own = people.get(personId);
    if (own) own.gone = Math.max(0, own.gone - written);
  }

  #of(personId: string, now: number): Doings {
    this.#people ??= new Map();
    let doings = this.#people.get(personId);
    if (!doings) {
      doings = { keptAt: null, writtenSince: 0, gone: 0, lastDeletion: now };
      this.#people.set(personId, doings);
    }
    if (now - doings.lastDeletion > RUN_MS) doings.gone = 0;
    doings.lastDeletion = now;
    return doings;
  }
}

/** Letters of text in these ranges that are not deleted yet. Neither splits nor changes anything in the document. */
function visibleIn(doc: Y.Doc, ranges: readonly ClockRange[]): number {
  let letters = 0;
  for (const { client, from, to } of ranges) {
    const structs = doc.store.clients.get(client);
    if (!structs || from >= Y.getState(doc.store, client)) continue;
    for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
      const struct = structs[at];
      if (!struct || struct.id.clock >= to) break;
      if (!isText(struct)) continue;
      letters += Math.min(to, struct.id.clock + struct.length) - Math.max(from, struct.id.clock);
    }
  }
  return letters;
}

function visibleLength(doc: Y.Doc): number {
  let letters = 0;
  for (const structs of doc.store.clients.values())
    for (const struct of structs) if (isText(struct)) letters += struct.length;
  return letters;
}

function isText(struct: Y.Item | Y.GC): boolean {
  return struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentString;
}
