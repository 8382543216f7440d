/**
 * Why this file exists: a case is one line: an id, what is tried, what is sent, what is expected. This is the language
 * those lines are written in.
 */
import { MESSAGE_AWARENESS } from '#shared/wire.ts';
import { accessOf, heard, QUERY_AWARENESS } from './frames.ts';
import type { Person, Place } from './protocol.ts';
import type { RawAnswer } from './raw-http.ts';
import type { WireSocket } from './wire-socket.ts';
import type { World } from './world.ts';

/** How an attack ended, as its sender saw it. */
export interface Outcome {
  /** Of the HTTP answer; 101 for a socket that was opened; 0 for a connection cut without an answer. */
  status?: number;
  /** Close code of the socket, or `null` when it is still open. */
  code?: number | null;
  /** Data frames of the room that came before the attack was sent, or before the refusal when nothing was sent. */
  frames?: number;
  /** The access the server told after the attack, e.g. "read refused". */
  told?: string[];
  /** Anything else a case wants to look at. */
  problems?: string[];
}

export interface Expected {
  /** Says what is wrong with the outcome; nothing when it is as it should be. */
  judge(outcome: Outcome): string[];
  /** In words, for the reader of a failure. */
  words: string;
}

export interface Case {
  /** The row it belongs to; the test files say what each row is. */
  id: string;
  title: string;
  send(world: World): Promise<Outcome>;
  expect: Expected;
  /** It is allowed: the data may change and others may hear of it. */
  allowed?: boolean;
  /** How much the server's memory may grow, MiB; 16 when nothing is said. */
  growth?: number;
  /**
   * Thousands of honest-looking requests: the collector takes room for their garbage, as it should, so what counts is
   * what is still in use when they are over.
   */
  crowd?: boolean;
}

const say = (wrong: boolean, words: string): string[] => (wrong ? [words] : []);

/** Refused by HTTP with one of these statuses. */
export const status = (...wanted: number[]): Expected => ({
  words: `status ${wanted.join(' or ')}`,
  judge: (o) => [...say(!wanted.includes(o.status ?? -1), `status ${o.status}`), ...(o.problems ?? [])],
});

/** Upgraded and closed with one of these codes before anything of the room was sent. */
export const closedAtTheDoor = (...wanted: number[]): Expected => ({
  words: `closed with ${wanted.join(' or ')} before any frame`,
  judge: (o) => [
    ...say(!wanted.includes(o.code ?? -1), `code ${o.code}, status ${o.status}`),
    ...say((o.frames ?? 0) > 0, `${o.frames} frames of the room came first`),
  ],
});

/** The socket is closed with one of these codes. */
export const closed = (...wanted: number[]): Expected => ({
  words: `closed with ${wanted.join(' or ')}`,
  judge: (o) => [...say(!wanted.includes(o.code ?? -1), `code ${o.code}`), ...(o.problems ?? [])],
});

/** The socket stays and the sender is told of the refusal. */
export const refusedWithNotice: Expected = {
  words: 'refused with a notice, the socket stays',
  judge: (o) => [
    ...say(o.code !== null, `closed with ${o.code}`),
    ...say(!o.told?.some((access) => access.endsWith('refused')), `told ${JSON.stringify(o.told)}`),
    ...(o.problems ?? []),
  ],
};

/** Either of the two ways to refuse what comes over a socket. */
export const refused: Expected = {
  words: 'refused with a notice, or closed with 1008 or 1009',
  judge: (o) =>
    o.code === null
      ? refusedWithNotice.judge(o)
      : [...say(o.code !== 1008 && o.code !== 1009, `closed with ${o.code}`), ...(o.problems ?? [])],
};

/** Nothing happens: the socket stays, nothing is told. */
export const nothing: Expected = {
  words: 'nothing happens',
  judge: (o) => [
    ...say(o.code !== null, `closed with ${o.code}`),
    ...say((o.told ?? []).length > 0, `told ${JSON.stringify(o.told)}`),
    ...(o.problems ?? []),
  ],
};

/** Nothing happens, or the socket is closed with one of these codes. */
export const nothingOrClosed = (...codes: number[]): Expected => ({
  words: `nothing happens, or closed with ${codes.join(' or ')}`,
  judge: (o) => (o.code === null ? nothing.judge(o) : closed(...codes).judge(o)),
});

/** Whatever it looked like from outside, nothing came of it; the case itself says what else was wrong. */
export const harmless: Expected = {
  words: 'nothing comes of it',
  judge: (o) => o.problems ?? [],
};

/* Ways to send ----------------------------------------------------------------------------------------------------- */

export interface Door {
  room: (world: World) => string;
  as: (world: World) => Person | null;
  query?: string;
  headers?: (world: World) => [string, string][];
}

/** Knocks at a room's door and reports how it was answered: refused, closed, or served. */
export const knock =
  ({ room, as, query, headers }: Door) =>
  async (world: World): Promise<Outcome> => {
    const wire = await world.dial({
      room: room(world),
      as: as(world),
      ...(query === undefined ? {} : { query }),
      ...(headers ? { headers: headers(world) } : {}),
    });
    await wire.until(() => wire.code !== null || wire.frames.length > 0);
    const outcome = { status: wire.status, code: wire.code, frames: wire.frames.length };
    await wire.end();
    return outcome;
  };

/** Opens a room as a client of ours and waits until it has been told its access. Throws when it is not let in. */
export async function enter(world: World, as: Person, room: string, query = '?v=1'): Promise<WireSocket> {
  const wire = await world.dial({ room, as, query });
  const extended = query.includes('v=1');
  await wire.until(() => !wire.open || wire.frames.some((frame) => !extended || accessOf(frame) !== null));
  if (!wire.open) throw new Error(`not let into ${room}: ${wire.status} ${wire.code}`);
  return wire;
}

/** Waits until the server has handled everything sent on this socket, or has closed it; says what came back. */
export async function outcomeOf(wire: WireSocket): Promise<Outcome> {
  const from = wire.frames.length;
  // Answers come in order, and this question is answered whatever was refused before it.
  wire.send(QUERY_AWARENESS);
  await wire.until(
    () => wire.code !== null || wire.frames.slice(from).some((frame) => heard(frame).type === MESSAGE_AWARENESS),
  );
  return { status: wire.status, code: wire.code, told: wire.frames.flatMap((frame) => accessOf(frame) ?? []) };
}

export interface Speech {
  as?: (world: World) => Person;
  room?: (world: World) => string;
  query?: string;
  say(world: World): readonly Uint8Array[];
}

export const inOngoing = (pick: (place: Place) => string) => (world: World) => pick(world.places.ongoing);

/** Enters a room (by default a member the open item of the ongoing meeting), says these messages, reports. */
export const speak =
  ({ as = (w) => w.people.member, room = inOngoing((p) => p.open), query, say: what }: Speech) =>
  async (world: World): Promise<Outcome> => {
    const wire = await enter(world, as(world), room(world), query);
    wire.frames.splice(0);
    for (const message of what(world)) wire.send(message);
    const outcome = await outcomeOf(wire);
    await wire.end();
    return outcome;
  };

/** An HTTP answer as an outcome; one that gives away how we are made inside is a problem of its own. */
export function answered(answer: RawAnswer): Outcome {
  const leaks = /\bat .+\.ts:\d+|node_modules|server\/|SQLITE|select |insert into|sqlite/i.exec(answer.text);
  return { status: answer.status, problems: leaks ? [`the answer gives away "${leaks[0]}"`] : [] };
}
