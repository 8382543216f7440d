/**
 * Why this file exists: a person at a keyboard, with the room client that ships. What the screen says (saved, refused) is
 * written into the oracle's ledger in the moment it is said, and a copy that ends is replaced as the page would do it.
 */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import type { RoomDevice } from '../../client/collab/device.ts';
import { RoomClient } from '../../client/collab/room-client.ts';
import type { Transport } from '../../client/collab/transport.ts';
import type { Refusal, RoomState } from '../../client/collab/types.ts';
import type { SignedIn } from '../support/people.ts';
import type { Random } from '../support/random.ts';
import { type Ledger, type Oracle, wordsIn } from './oracle.ts';

export interface AuthorOptions {
  person: SignedIn;
  room: string;
  oracle: Oracle;
  /** Their words begin with it; letters only. */
  name: string;
  reader?: boolean;
  /** Where to dial, when not the server itself. */
  address?: string;
  device?: RoomDevice | null;
  /** What their rooms come over; by default a WebSocket. */
  socketClass?: (person: SignedIn) => typeof globalThis.WebSocket;
  /** Or what chooses between the two. */
  transport?: Transport;
  /** This person's clock. */
  now?: () => number;
  /** Goes on with what another author of this name has done. */
  ledger?: Ledger;
}

/** A WebSocket class that carries the person's cookie, as a browser would. */
export function socketOf(person: SignedIn): typeof globalThis.WebSocket {
  class PersonSocket extends WebSocket {
    constructor(address: string | URL) {
      // The server answers to its own name only, also when it is reached through a proxy.
      const headers = { cookie: person.cookie, host: new URL(person.url).host };
      super(address, { headers, origin: person.url, perMessageDeflate: false });
      this.on('error', () => {});
    }
  }
  return PersonSocket as unknown as typeof globalThis.WebSocket;
}

/** The paragraph all words of these tests are in, or `null` when it is not here yet. */
export function paragraphOf(doc: Y.Doc): Y.XmlText | null {
  const paragraph = doc.getXmlFragment(NOTES_FRAGMENT).get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  return text instanceof Y.XmlText ? text : null;
}

/** The words in a document; none when it is empty. */
export const wordsOf = (doc: Y.Doc): string[] => wordsIn(paragraphOf(doc)?.toString() ?? '');

export class Author {
  readonly ledger: Ledger;
  readonly options: AuthorOptions;
  client: RoomClient;
  /** Close codes after which the room does not come back by itself: a logout, a lost right. */
  readonly finalCloses: number[] = [];
  #timer: NodeJS.Timeout | null = null;
  #waiting = new Set<() => void>();
  #ended = false;

  constructor(options: AuthorOptions) {
    this.options = options;
    this.ledger = options.ledger ?? options.oracle.person(options.name, { reader: options.reader === true });
    this.client = this.#open([]);
  }

  #open(refused: readonly Refusal[]): RoomClient {
    const { person, room, address, device, now, transport } = this.options;
    const socketClass = this.options.socketClass ?? socketOf;
    const client: RoomClient = new RoomClient({
      name: room,
      url: address ?? `${person.url.replace(/^http/, 'ws')}/collab`,
      device: device ?? null,
      ...(transport ? { transport } : { WebSocket: socketClass(person) }),
      refused,
      ...(now ? { now } : {}),
      onReplaced: (kept) => {
        for (const refusal of kept) this.ledger.toldRefused(refusal.text);
        if (this.#ended || client.state.closedCode !== null) return;
        const former = client;
        this.client = this.#open(kept);
        former.destroy();
        this.#look();
      },
    });
    client.subscribe(() => {
      if (client !== this.client) return;
      if (client.state.saving === 'saved') this.ledger.toldSaved();
      if (client.state.closedCode !== null) this.finalCloses.push(client.state.closedCode);
      this.#look();
    });
    client.doc.on('update', () => this.#look());
    client.awareness.on('change', () => this.#look());
    return client;
  }

  get doc(): Y.Doc {
    return this.client.doc;
  }

  get state(): RoomState {
    return this.client.state;
  }

  words(): string[] {
    return wordsOf(this.doc);
  }

  /** Writes a new word somewhere between two others; gives it, or `null` while there is nothing to write in. */
  write(lots?: Random): string | null {
    const text = paragraphOf(this.doc);
    if (!text) return null;
    const word = this.ledger.nextWord();
    const before = wordsIn(text.toString());
    const place = lots ? lots.int(0, before.length) : before.length;
    this.ledger.did({ typed: [word] });
    text.insert(before.slice(0, place).join('').length, word);
    return word;
  }

  /** Takes one word away, of whoever it is. */
  erase(lots: Random): void {
    const text = paragraphOf(this.doc);
    const words = text ? wordsIn(text.toString()) : [];
    if (!text || words.length === 0) return;
    const which = lots.int(0, words.length - 1);
    const word = words[which]!;
    this.ledger.did({ erased: [word] });
    text.delete(words.slice(0, which).join('').length, word.length);
  }

  /** Types on, a word every `from` to `to` milliseconds, now and then taking one away, until `rest`. */
  type(lots: Random, from: number, to: number, eraseOneIn = 8): void {
    const strike = (): void => {
      if (lots.int(1, eraseOneIn) === 1) this.erase(lots);
      else this.write(lots);
      this.#timer = setTimeout(strike, lots.int(from, to));
    };
    this.rest();
    strike();
  }

  rest(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** The copies of refused words have been taken care of. */
  dismiss(): void {
    for (const refusal of this.state.refused) this.client.dismissRefusal(refusal.id);
  }

  /** Resolves when the room's state is so; rejects after `ms` with what it is instead. */
  until(what: string, condition: (state: RoomState) => boolean, ms = 15_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${this.ledger.name}: not ${what} within ${ms} ms; ${JSON.stringify(this.state)}`));
      }, ms);
      const look = (): void => {
        if (!condition(this.state)) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  synced(ms?: number): Promise<void> {
    return this.until('in step', (state) => state.synced && paragraphOf(this.doc) !== null, ms);
  }

  saved(ms?: number): Promise<void> {
    return this.until('saved', (state) => state.synced && state.saving === 'saved', ms);
  }

  close(): void {
    this.#ended = true;
    this.rest();
    this.client.destroy();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** Resolves when all of them read the same, within `ms` of quiet (two seconds, that is the promise). */
export async function untilSame(authors: readonly Author[], ms = 2_000): Promise<void> {
  const deadline = performance.now() + ms;
  for (;;) {
    const texts = new Set(authors.map((author) => author.words().join('')));
    if (texts.size === 1) return;
    if (performance.now() > deadline)
      throw new Error(`after ${ms} ms of quiet they read ${texts.size} different things`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Everybody stops, is saved, reads the same, and what they read is judged. */
export async function judgeQuiet(
  oracle: Oracle,
  authors: readonly Author[],
  { when = 'at the end', sameWithin }: { when?: string; sameWithin?: number | undefined } = {},
): Promise<void> {
  for (const author of authors) author.rest();
  await Promise.all(authors.filter((a) => a.state.refused.length === 0).map((author) => author.saved(20_000)));
  await untilSame(authors, sameWithin);
  oracle.checkQuiet(new Map(authors.map((author) => [author.ledger.name, author.words()])), when);
  oracle.checkAllSaved(when);
}
