/**
 * Why this file exists: one light client in one room. It has no document, but it behaves as one that has: it asks for what
 * it lacks, gives what the server lacks, and comes back when it was cut, with the pauses the shipping provider makes.
 */
import type { Target } from '../servers/questions.ts';
import { type Ear, MOVES_KEPT, type Seat } from './account.ts';
import { Author, NOTHING } from './author.ts';
import { Cursor, Writer } from './bytes.ts';
import { cursorMessage } from './cursors.ts';
import { DIALECTS, type Dialect, type DialectName, type Listener } from './dialects.ts';
import { LightSocket } from './socket.ts';

export interface Place {
  target: Target;
  dialect: DialectName;
  room: string;
  /** Position among the room's clients, and how many places there are. */
  place: number;
  places: number;
  person: number;
  writes: boolean;
  /** Characters of one edit. */
  unit: number;
  /** The root it writes in; that of an item's notes when it is not said. */
  fragment?: string;
  /** Only looks on: no cursor, nothing written. */
  watches?: boolean;
}

const FIRST_PAUSE_MS = 100;
const SYNC_MS = 60_000;

const writer = new Writer();

export class LightClient implements Listener {
  readonly seat: Seat;
  readonly #place: Place;
  readonly #dialect: Dialect;
  readonly #ear: Ear;
  /** The clients of the room by place, for the state vector. */
  readonly #room: LightClient[];
  #socket: LightSocket | null = null;
  #synced: (() => void) | null = null;
  /** Comes back by itself when it is cut. */
  returns = false;
  #failures = 0;
  readonly #longestPause = 1_000 + Math.random() * 1_500;
  #opened = false;
  #left = false;
  /** How often it was cut, and with which codes. */
  readonly cuts: number[] = [];
  /** Only looks on. */
  get watches(): boolean {
    return this.#place.watches ?? false;
  }

  /** Bytes of the last answer to our sync step 1. */
  contentBytes = 0;
  live = false;

  constructor(place: Place, ear: Ear, room: LightClient[]) {
    const author = place.writes ? new Author(place.unit, place.fragment) : null;
    this.#place = place;
    this.#dialect = DIALECTS[place.dialect];
    this.#ear = ear;
    this.#room = room;
    this.seat = {
      place: place.place,
      client: author?.client ?? 1 + Math.floor(Math.random() * 0xffff_fffe),
      author,
      seen: new Float64Array(place.places),
      seenMove: new Float64Array(place.places),
      move: 0,
      movedAt: new Float64Array(MOVES_KEPT),
      saved: 0,
    };
    ear.add(this.seat);
  }

  /** Resolves when the server's content has come. */
  async join(): Promise<void> {
    const { target, room, person } = this.#place;
    const synced = new Promise<void>((resolve) => {
      this.#synced = resolve;
    });
    const dialect = this.#dialect;
    this.#opened = false;
    const socket = await LightSocket.open(dialect.address(target, room), dialect.headers(target, person), {
      opened: (opened) => this.#connected(opened),
      message: (frame) => dialect.hear(frame, this),
      ended: (code) => this.#ended(code),
    });
    if (!dialect.syncs) {
      this.#begin();
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('a client was not brought in step')), SYNC_MS);
    });
    const lost = socket.gone.then(() => {
      throw new Error(`a client was cut while it joined (${this.cuts.at(-1)})`);
    });
    await Promise.race([synced, late, lost]).finally(() => clearTimeout(timer));
  }

  #connected(socket: LightSocket): void {
    this.#socket = socket;
    this.#opened = true;
    this.live = true;
    const knock = this.#dialect.knock(this.#place.room);
    if (knock) socket.send(knock);
    else if (this.#dialect.syncs) this.admitted();
  }

  /** Without sync there is nothing to answer: the author's paragraph goes out at once. */
  #begin(): void {
    const { author } = this.seat;
    if (author) this.#socket?.send(this.#dialect.update(this.#place.room, author.since(0)));
  }

  #ended(code: number): void {
    this.live = false;
    this.#socket = null;
    if (this.#left) return;
    this.cuts.push(code);
    if (this.returns) this.#comeBack();
  }

  #comeBack(): void {
    const pause = Math.min(this.#longestPause, FIRST_PAUSE_MS * 2 ** this.#failures);
    setTimeout(() => {
      if (this.#left || this.live) return;
      this.join().then(
        () => {
          this.#failures = 0;
        },
        () => {
          this.#failures += 1;
          // One that was open and is cut again comes back by that.
          if (!this.#opened) this.#comeBack();
          else this.#socket?.terminate();
        },
      );
    }, pause);
  }

  admitted(): void {
    const { room } = this.#place;
    this.#socket?.send(this.#dialect.step1(room, this.#vector()));
  }

  /** What this client has, as a state vector. */
  #vector(): Uint8Array {
    const known = this.#room
      .map(({ seat }) => ({ client: seat.client, clock: seat === this.seat ? 0 : (this.seat.seen[seat.place] ?? 0) }))
      .filter(({ clock }) => clock > 0);
    writer.uint(known.length);
    for (const { client, clock } of known) writer.uint(client).uint(clock);
    return writer.take();
  }

  stateVector(vector: Uint8Array): void {
    const { author, client } = this.seat;
    let clock = 0;
    const cursor = new Cursor(vector);
    for (let clients = cursor.uint(); clients > 0; clients--) {
      const found = cursor.uint() === client;
      const at = cursor.uint();
      if (found) clock = at;
    }
    const missing = author?.since(clock) ?? NOTHING;
    this.#socket?.send(this.#dialect.step2(this.#place.room, missing));
    if (author && this.#dialect.marks && author.edits > 0) this.#socket?.send(this.#dialect.mark(author.edits));
  }

  update(update: Uint8Array): void {
    this.#ear.update(this.seat, update);
  }

  content(update: Uint8Array): void {
    this.contentBytes = update.length;
    this.#ear.update(this.seat, update);
    this.#synced?.();
  }

  awareness(body: Uint8Array): void {
    this.#ear.awareness(this.seat, body);
  }

  persisted(mark: number): void {
    this.#ear.saved(this.seat, mark);
  }

  /** Strikes a key; it leaves with `LightSocket.flushAll`, the mark in the same write as browsers' sockets do. */
  strike(now: number): void {
    const { author } = this.seat;
    if (!author) return;
    const { room } = this.#place;
    const update = author.key(now);
    this.#socket?.queue(this.#dialect.update(room, update));
    // A long edit takes the one before it back, so that the text does not grow.
    if (author.unit > 1) this.#socket?.queue(this.#dialect.update(room, author.takeBack(author.unit)));
    if (this.#dialect.marks) this.#socket?.queue(this.#dialect.mark(author.edits));
  }

  /** Queues an update made elsewhere; `mark` asks for word when it is saved. */
  say(update: Uint8Array, mark: number | null): void {
    this.#socket?.queue(this.#dialect.update(this.#place.room, update));
    if (mark !== null && this.#dialect.marks) this.#socket?.queue(this.#dialect.mark(mark));
  }

  moveCursor(now: number): void {
    const { seat } = this;
    seat.move += 1;
    seat.movedAt[seat.move % MOVES_KEPT] = now;
    this.#socket?.queue(
      this.#dialect.awareness(this.#place.room, cursorMessage(seat.client, seat.move, this.#place.person)),
    );
  }

  stopReading(): void {
    this.#socket?.stopReading();
  }

  /** Closes as a browser does. */
  async leave(): Promise<void> {
    this.#left = true;
    await this.#socket?.close();
  }

  terminate(): void {
    this.#left = true;
    this.#socket?.terminate();
  }
}
