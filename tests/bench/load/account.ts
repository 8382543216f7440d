/**
 * Why this file exists: the account of what was typed and what arrived. Every edit counts once for every receiver,
 * however many came in one frame and however often; of cursors only the latest counts, so the moves that a newer one of
 * the same client has overtaken count as delivered with it.
 */
import { Histogram } from '../stats.ts';
import type { Author } from './author.ts';
import { readMoves } from './cursors.ts';
import { readOnce } from './read-once.ts';
import { updateSpans } from './update-spans.ts';

/** One client's place: what it types and what it has seen of the others in its room. */
export interface Seat {
  /** Position among the room's clients. */
  readonly place: number;
  readonly client: number;
  readonly author: Author | null;
  /** Clock up to which this seat has what the client at a place typed. */
  readonly seen: Float64Array;
  /** Latest move seen of the client at a place. */
  readonly seenMove: Float64Array;
  /** Moves this client has made, and when. */
  move: number;
  readonly movedAt: Float64Array;
  /** Clock up to which the server has said this client's edits are saved. */
  saved: number;
}

export const MOVES_KEPT = 256;

/** What is counted: clocks and moves from the window's opening to its closing. */
interface Window {
  from: number;
  to: number;
  fromMove: number;
  toMove: number;
}

const CLOSED: Window = { from: 0, to: 0, fromMove: 0, toMove: 0 };

/** Who makes something of what clients hear. */
export interface Ear {
  add(seat: Seat): void;
  update(seat: Seat, update: Uint8Array): void;
  awareness(seat: Seat, body: Uint8Array): void;
  /** So many of this client's edits are saved. */
  saved(seat: Seat, edits: number): void;
}

/** Hears nothing. */
export const DEAF: Ear = { add() {}, update() {}, awareness() {}, saved() {} };

export class Account implements Ear {
  readonly #seats = new Map<number, { seat: Seat; window: Window }>();
  readonly #spans = readOnce((update) =>
    updateSpans(update).spans.flatMap((span) => {
      const known = this.#seats.get(span.client);
      return known ? [{ ...span, known }] : [];
    }),
  );
  readonly #moves = readOnce((body) =>
    readMoves(body).flatMap(({ client, move }) => {
      const known = this.#seats.get(client);
      return known ? [{ move, known }] : [];
    }),
  );

  edits = 0;
  delivered = 0;
  /** Edits that arrived since the window was opened, also those made before it. */
  arrived = 0;
  moves = 0;
  movesDelivered = 0;
  latency = new Histogram();
  persisted = new Histogram();
  moveLatency = new Histogram();

  add(seat: Seat): void {
    this.#seats.set(seat.client, { seat, window: CLOSED });
  }

  /** From now on it counts. */
  open(): void {
    this.edits = 0;
    this.delivered = 0;
    this.arrived = 0;
    this.moves = 0;
    this.movesDelivered = 0;
    this.latency = new Histogram();
    this.persisted = new Histogram();
    this.moveLatency = new Histogram();
    for (const known of this.#seats.values()) {
      const { author, move } = known.seat;
      known.window = { from: author?.clock ?? 0, to: Infinity, fromMove: move, toMove: Infinity };
    }
  }

  /** What is typed from now on does not count; what is on its way does. */
  close(): void {
    for (const { seat, window } of this.#seats.values()) {
      window.to = seat.author?.clock ?? 0;
      window.toMove = seat.move;
      if (seat.author) this.edits += (window.to - window.from) / seat.author.unit;
      this.moves += window.toMove - window.fromMove;
    }
  }

  update(seat: Seat, update: Uint8Array): void {
    const now = performance.now();
    for (const { from, to, known } of this.#spans(update)) {
      const { seat: theirs, window } = known;
      const { author } = theirs;
      if (theirs === seat || !author) continue;
      const begin = Math.max(from, seat.seen[theirs.place] ?? 0);
      if (to <= begin) continue;
      seat.seen[theirs.place] = to;
      this.arrived += (to - begin) / author.unit;
      const end = Math.min(to, window.to);
      for (let clock = Math.max(begin, window.from); clock < end; clock += author.unit) {
        this.latency.add(now - author.struckAt(clock));
        this.delivered += 1;
      }
    }
  }

  awareness(seat: Seat, body: Uint8Array): void {
    const now = performance.now();
    for (const { move, known } of this.#moves(body)) {
      const { seat: theirs, window } = known;
      const before = seat.seenMove[theirs.place] ?? 0;
      if (theirs === seat || move <= before) continue;
      seat.seenMove[theirs.place] = move;
      const counted = Math.min(move, window.toMove) - Math.max(before, window.fromMove);
      if (counted <= 0) continue;
      this.movesDelivered += counted;
      if (move <= window.toMove) this.moveLatency.add(now - (theirs.movedAt[move % MOVES_KEPT] ?? now));
    }
  }

  saved(seat: Seat, edits: number): void {
    const { author } = seat;
    if (!author) return;
    const now = performance.now();
    const window = this.#seats.get(seat.client)?.window ?? CLOSED;
    const upTo = author.clockAfter(edits);
    const end = Math.min(upTo, window.to);
    for (let clock = Math.max(seat.saved, window.from); clock < end; clock += author.unit)
      this.persisted.add(now - author.struckAt(clock));
    if (upTo > seat.saved) seat.saved = upTo;
  }
}
