/**
 * Why this file exists: what the bench asks of a generator. Cases are put together from these on the other side, where the
 * servers are asked too.
 */
import type { Target } from '../servers/questions.ts';
import type { Buckets, Times } from '../stats.ts';
import type { DialectName } from './dialects.ts';

/** Clients to bring in. */
export interface CrowdOrder {
  target: Target;
  dialect: DialectName;
  /** The first of the target's rooms that is used, and how many. */
  firstRoom: number;
  rooms: number;
  clientsPerRoom: number;
  writersPerRoom: number;
  /** Characters of one edit; longer ones are taken back at once. */
  unit?: number;
  /** Clients come back by themselves when they are cut. */
  returns?: boolean;
  /** The root that is written in, by the room's place among the target's rooms. */
  fragments?: string[];
  /** So many clients of each room, the last ones, only look on: they have no cursor. */
  watchersPerRoom?: number;
  /** So many clients of each room, the last ones, read nothing more once they are in. */
  silentPerRoom?: number;
}

export interface Joined {
  ms: number;
  times: Times;
}

export interface Rates {
  /** Per writer and second. */
  edits: number;
  /** Cursor moves per client and second. */
  moves?: number;
  /** Only who writes moves a cursor. */
  writersMoveOnly?: boolean;
}

export interface Counted {
  buckets: Buckets;
  max: number;
}

/** What one window brought. */
export interface Measured {
  /** Edits made. */
  edits: number;
  /** Edits that reached somebody else, counted once per receiver, merged ones singly. */
  delivered: number;
  /** What should have been delivered. */
  expected: number;
  /** What arrived while the window was open, whenever it was made. */
  arrived: number;
  /** The same of cursors, with those that a newer one of the same client has overtaken. */
  moves: number;
  movesDelivered: number;
  movesExpected: number;
  /** Key to the others' sockets; key to "saved"; cursor to the others. */
  latency: Counted;
  persisted: Counted;
  moveLatency: Counted;
  /** How long the window was open, milliseconds. */
  windowMs: number;
  /** From the opening of the window until everything had arrived or was given up, milliseconds. */
  ms: number;
  /** The generator's own CPU, in parts of one core. */
  generatorCpu: number;
  /** Connections that the server has cut since the clients came in. */
  cuts: number;
}

/** Clients who come, get what is there, and leave, so many at a time, as fast as it goes. */
export interface ChurnOrder {
  target: Target;
  dialect: DialectName;
  rooms: number;
  atOnce: number;
  ms: number;
  /** Ends it earlier when so many have come. */
  clients?: number;
  /** Keys each of them strikes. */
  keys?: number;
}

export interface Churned {
  /** Clients who came and left. */
  clients: number;
  /** Until they had what is there. */
  times: Times;
  ms: number;
  generatorCpu: number;
}

export interface TraceOrder {
  file: string;
  operations: number;
  seed: number;
}

export interface TraceMade {
  operations: number;
  /** Of the text in the end. */
  characters: number;
  /** Bytes of the whole state without what was deleted. */
  compactedBytes: number;
}

export interface TracePlay {
  target: Target;
  dialect: DialectName;
  room: string;
  file: string;
  readers: number;
}

export interface TracePlayed {
  operations: number;
  /** From the first key until the slowest reader had the last one, milliseconds. */
  ms: number;
  generatorCpu: number;
}

export interface WaveOrder {
  target: Target;
  dialect: DialectName;
  room: string;
  clients: number;
}

export interface Wave {
  /** Until each had everything, milliseconds. */
  took: number[];
  /** Bytes of the largest answer. */
  bytes: number;
}

export interface GeneratorQuestions {
  join: { in: CrowdOrder; out: Joined };
  type: { in: Rates; out: null };
  openWindow: { in: null; out: null };
  /** Stops typing unless `goOn`, waits at most `drainMs` for what is on its way, and tells. */
  closeWindow: { in: { drainMs: number; goOn?: boolean }; out: Measured };
  stopTyping: { in: null; out: null };
  /** Resolves when every client is connected and has everything; answers the milliseconds, or `null` after `ms`. */
  complete: { in: { ms: number }; out: number | null };
  leave: { in: null; out: null };
  churn: { in: ChurnOrder; out: Churned };
  makeTrace: { in: TraceOrder; out: TraceMade };
  playTrace: { in: TracePlay; out: TracePlayed };
  wave: { in: WaveOrder; out: Wave };
  bareSync: { in: { folder: string; times: number }; out: Times };
}
