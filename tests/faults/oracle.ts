/**
 * Why this file exists: one judge for every test that breaks something on purpose. People write words that exist once in
 * the world (author and number), so a lost word, a word twice, half a word, a word of somebody who may not write, and an
 * untrue "saved" or "refused" can each be told from what is read, without knowing what the fault was.
 *
 * What must hold: (1) what somebody was told is saved is in every later read, once, and what they were told is deleted is
 * in none; (2) no word stands anywhere twice; (3) when all is quiet everybody reads the same; (4) what people were told
 * is true. That the process stays up is the test's to check: it holds the process.
 */

/** One change as its author made it: words that came, words that went. */
export interface Deed {
  typed: readonly string[];
  erased: readonly string[];
}

/** What one person did, and what they were told about it. */
export class Ledger {
  readonly name: string;
  /** Nothing this person does may ever be stored. */
  readonly reader: boolean;
  readonly deeds: Deed[] = [];
  /** So many of the deeds, from the first, were said to be saved. */
  acknowledged = 0;
  /** Words this person was told were refused, and has a copy of. */
  readonly refused = new Set<string>();

  constructor(name: string, reader: boolean) {
    this.name = name;
    this.reader = reader;
  }

  /** A word nobody has written before. */
  nextWord(): string {
    return `${this.name}${this.deeds.length}.`;
  }

  did(deed: Partial<Deed>): void {
    this.deeds.push({ typed: deed.typed ?? [], erased: deed.erased ?? [] });
  }

  /** They were told that their first `count` deeds are saved; all of them when it is left out. */
  toldSaved(count: number = this.deeds.length): void {
    this.acknowledged = Math.max(this.acknowledged, Math.min(count, this.deeds.length));
  }

  /** They were told that this text was not taken, and were given it to copy. */
  toldRefused(text: string): void {
    const saved = new Set(this.deeds.slice(0, this.acknowledged).flatMap((deed) => deed.typed));
    for (const word of wordsIn(text)) {
      if (saved.has(word) && !this.refused.has(word))
        throw new Error(`${this.name} was told that "${word}" is saved, and then that it was refused`);
      this.refused.add(word);
    }
  }
}

/** The words of a text written by {@link Ledger.nextWord}; throws on anything between them: half a word is a lost one. */
export function wordsIn(text: string): string[] {
  const words = text.match(/[a-zåäö]+\d+\./g) ?? [];
  const rest = text.replace(/[a-zåäö]+\d+\./g, '').trim();
  if (rest !== '') throw new Error(`this belongs to no word: "${rest.slice(0, 80)}"`);
  return words;
}

export class Oracle {
  readonly ledgers: Ledger[] = [];

  /** Somebody who writes, or a `reader`, of whom nothing may ever be stored. */
  person(name: string, options: { reader?: boolean } = {}): Ledger {
    const ledger = new Ledger(name, options.reader === true);
    this.ledgers.push(ledger);
    return ledger;
  }

  /**
   * Judges what somebody reads at any moment. `found` are the words in it; `acknowledged` is what the people had been
   * told when the reading began, when they are still being told more. Throws with the word and its author.
   */
  checkRead(found: readonly string[], when: string, acknowledged?: readonly number[]): void {
    const counts = this.#counted(found, when);
    const erased = this.#erased();
    for (const [who, ledger] of this.ledgers.entries())
      for (const [n, deed] of ledger.deeds.entries()) {
        const known = n < (acknowledged?.[who] ?? ledger.acknowledged);
        for (const word of deed.typed) {
          if (ledger.reader && counts.has(word)) throw new Error(`${when}: "${word}" is of ${ledger.name}, a reader`);
          if (!known || erased.has(word) || ledger.reader || ledger.refused.has(word)) continue;
          if (!counts.has(word))
            throw new Error(`${when}: "${word}" was saved, said ${ledger.name}'s screen; it is lost`);
        }
        if (!known) continue;
        for (const word of deed.erased)
          if (counts.has(word))
            throw new Error(`${when}: "${word}", deleted by ${ledger.name}, was said to be gone; it is there`);
      }
  }

  /**
   * Judges the end, when everybody is connected and nothing moves: all read the same, everything written is there unless
   * its author was told that it was refused, and what was refused is not.
   */
  checkQuiet(reads: ReadonlyMap<string, readonly string[]>, when: string): void {
    const [first, ...others] = [...reads];
    if (!first) throw new Error('nobody reads');
    const wanted = first[1].join('');
    for (const [who, words] of others)
      if (words.join('') !== wanted)
        throw new Error(`${when}: ${who} does not read what ${first[0]} reads: ${difference(words, first[1])}`);
    this.checkRead(first[1], when);
    const there = new Set(first[1]);
    const erased = this.#erased();
    for (const ledger of this.ledgers)
      for (const word of ledger.deeds.flatMap((deed) => deed.typed)) {
        if (ledger.refused.has(word)) {
          if (there.has(word)) throw new Error(`${when}: ${ledger.name} was told "${word}" was refused; it is there`);
        } else if (!erased.has(word) && !ledger.reader && !there.has(word))
          throw new Error(`${when}: "${word}" of ${ledger.name} is neither there nor refused`);
      }
  }

  /** Everybody who writes was told that all of it is saved. */
  checkAllSaved(when: string): void {
    for (const ledger of this.ledgers)
      if (!ledger.reader && ledger.acknowledged < ledger.deeds.length && ledger.refused.size === 0)
        throw new Error(`${when}: ${ledger.name} waits for ${ledger.deeds.length - ledger.acknowledged} to be saved`);
  }

  #counted(found: readonly string[], when: string): Set<string> {
    const seen = new Set<string>();
    for (const word of found) {
      if (seen.has(word)) throw new Error(`${when}: "${word}" stands there twice`);
      seen.add(word);
    }
    return seen;
  }

  /** Words somebody has deleted, or tried to: until it is known to be saved they may be there or not. */
  #erased(): Set<string> {
    return new Set(this.ledgers.filter((l) => !l.reader).flatMap((l) => l.deeds.flatMap((deed) => deed.erased)));
  }
}

function difference(has: readonly string[], wants: readonly string[]): string {
  const [a, b] = [new Set(has), new Set(wants)];
  const extra = has.filter((word) => !b.has(word)).slice(0, 5);
  const missing = wants.filter((word) => !a.has(word)).slice(0, 5);
  return extra.length + missing.length === 0
    ? 'another order'
    : `too much: ${extra.join(' ')}; missing: ${missing.join(' ')}`;
}
