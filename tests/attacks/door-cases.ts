/**
 * Why this file exists: the cases of door.test.ts.
 */
import { randomBytes } from 'node:crypto';
import { newId } from '#shared/ids.ts';
import { random } from '../support/random.ts';
import {
  type Case,
  closed,
  closedAtTheDoor,
  type Expected,
  enter,
  harmless,
  inOngoing,
  knock,
  nothing,
  nothingOrClosed,
  type Outcome,
  outcomeOf,
  speak,
  status,
} from './cases.ts';
import { bytes, joined, mark, paragraph, updateMessage, varint } from './frames.ts';
import { wireFrame } from './wire-socket.ts';
import type { World } from './world.ts';

const agenda = inOngoing((place) => place.agenda);
const member = (w: World) => w.people.member;
const MIB = 1024 * 1024;

/* A01: where the page came from ------------------------------------------------------------------------------------ */

const from = (origin: (w: World) => string | null, more: [string, string][] = []) =>
  knock({
    room: agenda,
    as: member,
    headers: (w) => [
      ['Host', w.authority],
      ['Cookie', w.people.member.cookie],
      ...(origin(w) === null ? [] : [['Origin', origin(w) ?? ''] as [string, string]]),
      ...more,
    ],
  });

const ORIGINS: [string, (w: World) => string | null, [string, string][]?][] = [
  ['without an Origin', () => null],
  ['from another site', () => 'https://ond.example'],
  ['from a page without a site', () => 'null'],
  ['from a site whose name begins like ours', (w) => `${w.url}.ond.example`],
  ['from another port', (w) => w.url.replace(/\d+$/, '1')],
  ['from https where we are http', (w) => w.url.replace('http', 'https')],
  ['from our name in capitals', (w) => w.url.toUpperCase()],
  ['from our origin with a path', (w) => `${w.url}/`],
  ['from localhost where we are 127.0.0.1', (w) => w.url.replace('127.0.0.1', 'localhost')],
  ['with two Origins, ours first', (w) => `${w.url}, https://ond.example`],
  ['with user information in the Origin', (w) => w.url.replace('//', '//ond@')],
  ['from our Origin, which the browser calls cross-site', (w) => w.url, [['Sec-Fetch-Site', 'cross-site']]],
  ['from our Origin, which the browser calls same-site', (w) => w.url, [['Sec-Fetch-Site', 'same-site']]],
];

/* A02: whose session ----------------------------------------------------------------------------------------------- */

const carrying = (cookie: (w: World) => string) =>
  knock({ room: agenda, as: () => null, headers: (w) => [...w.own(null), ['Cookie', cookie(w)]] });

const COOKIES: [string, (w: World) => string][] = [
  ['no cookie', () => ''],
  ['a cookie without a value', () => 'radslag='],
  ['a made-up token', () => `radslag=${'x'.repeat(43)}`],
  ['the session’s id, as a stolen database shows it', (w) => `radslag=${w.people.member.sessionId}`],
  ['the token cut by a letter', (w) => w.people.member.cookie.slice(0, -1)],
  ['the token with a letter more', (w) => `${w.people.member.cookie}a`],
  ['the token in capitals', (w) => `radslag=${w.people.member.cookie.slice(8).toUpperCase()}`],
  ['the cookie under the name that https gives it', (w) => `__Host-${w.people.member.cookie}`],
  ['the cookie’s name in capitals', (w) => w.people.member.cookie.replace('radslag', 'RADSLAG')],
  ['bytes that are no text', () => 'radslag=%00%ff%fe'],
  ['64 KiB minus the other headers of cookie', () => `radslag=${'x'.repeat(12_000)}`],
  ['a token of another kind: SQL', () => "radslag=' or 1=1 --"],
];

async function endedSession(world: World): Promise<Outcome> {
  const again = await world.ask('again', world.people.member.id);
  await fetch(`${world.url}/api/sign-out`, { method: 'POST', headers: { origin: world.url, cookie: again.cookie } });
  return carrying(() => again.cookie)(world);
}

async function expiredSession(world: World): Promise<Outcome> {
  const again = await world.ask('again', world.people.member.id);
  world.data(true, (db) => db.prepare('update session set expires_at = 1 where id = ?').run(again.sessionId));
  return carrying(() => again.cookie)(world);
}

async function tooOldSession(world: World): Promise<Outcome> {
  const again = await world.ask('again', world.people.member.id);
  world.data(true, (db) => db.prepare('update session set created_at = 1 where id = ?').run(again.sessionId));
  return carrying(() => again.cookie)(world);
}

/* A04, A05: names -------------------------------------------------------------------------------------------------- */

const NAMES: [string, (w: World) => string][] = [
  ['a way up', () => '../api/session'],
  ['an encoded way up', () => '%2e%2e%2f%2e%2e%2fetc%2fpasswd'],
  ['a NUL', () => '%00'],
  ['a NUL behind a right name', (w) => `${w.places.ongoing.agenda}%00`],
  ['nothing', () => ''],
  ['slashes', () => '//'],
  ['an encoded slash in a right name', (w) => w.places.ongoing.agenda.replace(':', '%2f')],
  ['an emoji', () => '%F0%9F%92%A5'],
  ['broken UTF-8', () => '%ff%fe'],
  ['a broken escape', () => '%zz'],
  ['__proto__', () => '__proto__'],
  ['constructor', () => 'constructor'],
  ['prototype of an item', (w) => `item:${w.places.ongoing.id}:__proto__`],
  ['a right name in capitals', (w) => w.places.ongoing.agenda.toUpperCase()],
  ['a right name and a colon', (w) => `${w.places.ongoing.agenda}:`],
  ['a right name and a space', (w) => `${w.places.ongoing.agenda}%20`],
  ['a right name encoded twice', (w) => encodeURIComponent(encodeURIComponent(w.places.ongoing.agenda))],
  ['a right name with a line break', (w) => `${w.places.ongoing.agenda}%0d%0aX: y`],
  ['a right name in full-width letters', (w) => encodeURIComponent(w.places.ongoing.agenda.replace('a', 'ａ'))],
  ['an item under another meeting', (w) => `item:${w.places.ongoing.id}:${w.places.verified.items.open}`],
  ['an item that is not in the agenda', (w) => `item:${w.places.ongoing.id}:${newId()}`],
  ['a meeting that does not exist', () => `agenda:${newId()}`],
  ['12 KB', () => 'a'.repeat(12_000)],
  ['a backslash', () => '..%5c..%5cx'],
  ['a right name as a query', (w) => `?room=${w.places.ongoing.agenda}`],
];

/** A refusal by HTTP, or one at the door; never a frame. */
const noRoom: Expected = {
  words: 'no upgrade, or closed with 4404 before any frame',
  judge: (o) => {
    if (o.status === 101) return closedAtTheDoor(4404).judge(o);
    // A path that leads out of /collab/ is another path, and no room.
    return (o.status ?? 0) < 500 ? [] : [`status ${o.status}`];
  },
};

async function inventedRooms(world: World): Promise<Outcome> {
  const { next, pick } = random(20_261_122);
  const name = () =>
    pick([
      () => `agenda:${newId()}`,
      () => `item:${newId()}:${newId()}`,
      () => `item:${world.places.ongoing.id}:${newId()}`,
      () => Math.floor(next() * 2 ** 40).toString(36),
    ])();
  const problems: string[] = [];
  const worker = async (): Promise<void> => {
    for (let i = 0; i < 10_000 / 20; i++) {
      const wire = await world.dial({ room: name(), as: world.people.member });
      await wire.until(() => wire.code !== null || wire.frames.length > 0);
      if (wire.frames.length > 0 || wire.code !== 4404) problems.push(`${wire.code}, ${wire.frames.length} frames`);
      await wire.end();
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return { problems: problems.slice(0, 5) };
}

/* A07, A08: headers of the handshake ------------------------------------------------------------------------------- */

const manyHeaders = (count: number) =>
  knock({
    room: agenda,
    as: member,
    headers: (w) => [
      ...w.own(w.people.member),
      ...Array.from({ length: count }, (_, i): [string, string] => [`X-${i}`, 'x']),
    ],
  });

const withHeader = (name: string, value: string) =>
  knock({ room: agenda, as: member, headers: (w) => [...w.own(w.people.member), [name, value]] });

/** Answered by HTTP with a 4xx, cut, or (for what may be ignored) served without what was asked for. */
const turnedAway: Expected = {
  words: 'HTTP 4xx or cut, never served',
  judge: (o) => (o.status === 101 || (o.status ?? 0) >= 500 ? [`${o.status}, ${o.frames} frames`] : []),
};

const EXTENSIONS: [string, string, string][] = [
  ['an extension named constructor', 'Sec-WebSocket-Extensions', 'constructor'],
  ['an extension named __proto__', 'Sec-WebSocket-Extensions', '__proto__; __proto__'],
  ['15 KB of extensions', 'Sec-WebSocket-Extensions', 'a;b=c,'.repeat(2_500)],
  ['15 KB of spaces as protocol', 'Sec-WebSocket-Protocol', `a${' '.repeat(15_000)}b`],
  ['32 KB of spaces as protocol', 'Sec-WebSocket-Protocol', `a${' '.repeat(32_000)}b`],
  ['15 KB of commas as protocol', 'Sec-WebSocket-Protocol', ','.repeat(15_000)],
  ['a hundred backslashes in a quoted parameter', 'Sec-WebSocket-Extensions', `a; b="${'\\'.repeat(100)}`],
];

const quick: Expected = {
  words: 'answered at once, never with a 5xx',
  judge: (o) => [...((o.status ?? 0) >= 500 ? [`${o.status}`] : []), ...(o.problems ?? [])],
};

const VERSIONS: [string, [string, string][]][] = [
  ['version 7 of the protocol', [['Sec-WebSocket-Version', '7']]],
  ['two versions of the protocol', [['Sec-WebSocket-Version', '13, 8']]],
];

/* A09–A11: frames -------------------------------------------------------------------------------------------------- */

const fragments = (count: number, payload: Uint8Array, sockets: number) => async (world: World) => {
  const wires = await Promise.all(
    Array.from({ length: sockets }, () => enter(world, world.people.member, world.places.ongoing.open)),
  );
  // A thousand small ones at a time, or a mebibyte of large ones.
  const some = Math.min(1_000, Math.ceil(MIB / (payload.byteLength + 8)));
  const chunk = Buffer.concat(Array.from({ length: some }, () => wireFrame(payload, { opcode: 0, fin: false })));
  await Promise.all(
    wires.map(async (wire) => {
      wire.send(payload, { fin: false });
      for (let sent = 0; sent < count && wire.open; sent += some) {
        wire.raw(chunk);
        await wire.flushed();
      }
      wire.raw(wireFrame(payload, { opcode: 0, fin: true }));
      await wire.until(() => wire.code !== null, 20_000);
    }),
  );
  const codes = [...new Set(wires.map((wire) => wire.code))];
  await Promise.all(wires.map((wire) => wire.end()));
  const bad = codes.filter((code) => code !== 1008 && code !== 1009 && code !== 1006);
  return { code: codes[0] ?? null, problems: bad.map((code) => `closed with ${code}`) };
};

const wire = (send: (w: World) => Uint8Array | readonly Uint8Array[]) => async (world: World) => {
  const socket = await enter(world, world.people.member, world.places.ongoing.open);
  socket.frames.splice(0);
  const what = send(world);
  for (const part of Array.isArray(what) ? what : [what]) {
    socket.raw(part as Uint8Array);
    await socket.flushed();
  }
  const outcome = await outcomeOf(socket);
  await socket.end();
  return outcome;
};

const big = (size: number) => wireFrame(updateMessage(new Uint8Array(size)).subarray(0, size));

/* A12: three hundred wrong frames ---------------------------------------------------------------------------------- */

const KNOWN = new Set([0, 1, 3, 120]);
const UNKNOWN_TYPES: Case[] = Array.from({ length: 256 }, (_, type) => type)
  .filter((type) => !KNOWN.has(type))
  .map((type) => ({
    id: 'A12',
    title: `type ${type}, which a client never says`,
    send: speak({ say: () => [joined(varint(type), randomBytes(8))] }),
    expect: closed(1003, 1008),
  }));

const honest = () => updateMessage(paragraph('Hej'));
const WRONG: [string, () => Uint8Array, Expected?][] = [
  ['an empty frame', () => new Uint8Array()],
  ['a type that is cut off', () => Uint8Array.of(0x80)],
  ['a type in ten bytes', () => varint(0n, 9)],
  ['type 2^53', () => varint(2n ** 53n)],
  ['type 2^64', () => varint(2n ** 64n)],
  ['a sync message without a step', () => Uint8Array.of(0)],
  ['a sync message of step 3', () => bytes(0, 3, new Uint8Array(2))],
  ['a sync message of step 2^32', () => bytes(0, 2 ** 32, new Uint8Array(2))],
  ['an update without a length', () => Uint8Array.of(0, 2)],
  ['an update that says it is 2^53 long', () => joined(Uint8Array.of(0, 2), varint(2n ** 53n), Uint8Array.of(1))],
  ['an update that says it is 2^31 long', () => joined(Uint8Array.of(0, 2), varint(2n ** 31n), Uint8Array.of(1))],
  ['an update that says it is one byte longer', () => joined(Uint8Array.of(0, 2), varint(3), Uint8Array.of(0, 0))],
  ['an update and a byte behind it', () => joined(honest(), Uint8Array.of(0))],
  ['two messages in one frame', () => joined(honest(), mark(1))],
  ['an update of no bytes', () => updateMessage(new Uint8Array())],
  ['an update of one byte', () => updateMessage(Uint8Array.of(0))],
  ['a state vector of no bytes', () => bytes(0, 0, new Uint8Array())],
  ['a state vector that is cut off', () => bytes(0, 0, varint(5))],
  ['a state vector of 2^53 clients', () => bytes(0, 0, varint(2n ** 53n))],
  ['a state vector of 2^64 clients', () => bytes(0, 0, varint(2n ** 64n))],
  ['an answer that is no update', () => bytes(0, 1, randomBytes(40))],
  ['a mark without a number', () => Uint8Array.of(120)],
  ['a mark whose number is cut off', () => Uint8Array.of(120, 0x80)],
  ['a mark of 2^64', () => joined(varint(120), varint(2n ** 64n)), nothingOrClosed(1003, 1008)],
  ['a question about presence with something behind it', () => Uint8Array.of(3, 1)],
  ['presence without a body', () => Uint8Array.of(1)],
  ['presence that says it is 2^40 long', () => joined(Uint8Array.of(1), varint(2n ** 40n))],
  ['presence that says it is of 2^53 clients', () => bytes(1, varint(2n ** 53n))],
  ['presence with bytes behind it', () => bytes(1, joined(bytes(1, 7, 1, '{}').subarray(1), Uint8Array.of(1)))],
  ['presence that is cut off in its text', () => bytes(1, joined(varint(1), varint(7), varint(1), varint(50)))],
];
const WRONG_FRAMES: Case[] = WRONG.map(([title, say, expected]) => ({
  id: 'A12',
  title,
  send: speak({ say: () => [say()] }),
  expect: expected ?? closed(1003, 1008),
}));

/** An honest update, cut at every length. */
const CUT: Case[] = Array.from(
  { length: 36 },
  (_, i): Case => ({
    id: 'A12',
    title: `an honest update cut after ${i} bytes, its frame told the truth about`,
    send: speak({ say: () => [updateMessage(paragraph('Hej', 4_711).subarray(0, i))] }),
    expect: closed(1003, 1008),
  }),
);

const PROTOCOL: [string, () => Uint8Array | Uint8Array[], Expected][] = [
  ['a text frame', () => wireFrame(honest(), { opcode: 1 }), closed(1003, 1007, 1008)],
  ['a text frame of text', () => wireFrame(Buffer.from('hej'), { opcode: 1 }), closed(1003, 1008)],
  ['a frame without a mask', () => wireFrame(honest(), { masked: false }), closed(1002)],
  ['a frame with a reserved bit', () => wireFrame(honest(), { reserved: 2 }), closed(1002)],
  ['a frame of an opcode that does not exist', () => wireFrame(honest(), { opcode: 3 }), closed(1002)],
  ['a continuation of nothing', () => wireFrame(honest(), { opcode: 0 }), closed(1002)],
  ['a control frame of 126 bytes', () => wireFrame(new Uint8Array(126), { opcode: 9 }), closed(1002)],
  ['a control frame in fragments', () => wireFrame(new Uint8Array(1), { opcode: 9, fin: false }), closed(1002)],
  ['a close frame of one byte', () => wireFrame(Uint8Array.of(3), { opcode: 8 }), closed(1002, 1007)],
  ['a close frame with code 1005', () => wireFrame(Uint8Array.of(3, 237), { opcode: 8 }), closed(1002)],
  ['a close frame whose reason is no text', () => wireFrame(Uint8Array.of(3, 232, 255), { opcode: 8 }), closed(1007)],
  ['a message begun inside another', () => [wireFrame(honest(), { fin: false }), wireFrame(honest())], closed(1002)],
  [
    'a thousand pings at once',
    () => Array.from({ length: 1_000 }, () => wireFrame(new Uint8Array(125), { opcode: 9 })),
    nothingOrClosed(1006, 1008),
  ],
  [
    'pongs nobody asked for',
    () => Array.from({ length: 100 }, () => wireFrame(new Uint8Array(125), { opcode: 10 })),
    nothing,
  ],
];

export const doorCases: readonly Case[] = [
  ...ORIGINS.map(
    ([title, origin, more]): Case => ({ id: 'A01', title, send: from(origin, more), expect: status(403) }),
  ),
  ...COOKIES.map(
    ([title, cookie]): Case => ({ id: 'A02', title, send: carrying(cookie), expect: closedAtTheDoor(4401) }),
  ),
  { id: 'A02', title: 'a session that was signed out', send: endedSession, expect: closedAtTheDoor(4401) },
  { id: 'A02', title: 'a session that has run out', send: expiredSession, expect: closedAtTheDoor(4401) },
  { id: 'A02', title: 'a session older than any may be', send: tooOldSession, expect: closedAtTheDoor(4401) },
  ...NAMES.map(([title, room]): Case => ({ id: 'A04', title, send: knock({ room, as: member }), expect: noRoom })),
  { id: 'A04', title: '64 KB', send: knock({ room: () => 'a'.repeat(64_000), as: member }), expect: turnedAway },
  { id: 'A05', title: '10,000 invented rooms', send: inventedRooms, expect: harmless, crowd: true },
  { id: 'A07', title: '2,001 headers', send: manyHeaders(2_001), expect: turnedAway },
  { id: 'A07', title: '5,000 headers', send: manyHeaders(5_000), expect: turnedAway },
  ...EXTENSIONS.map(
    ([title, name, value]): Case => ({ id: 'A08', title, send: withHeader(name, value), expect: quick }),
  ),
  ...VERSIONS.map(
    ([title, headers]): Case => ({
      id: 'A08',
      title,
      send: knock({ room: agenda, as: member, headers: (w) => [...w.own(w.people.member), ...headers] }),
      expect: turnedAway,
    }),
  ),
  {
    id: 'A09',
    title: 'fragments of one byte without an end, 50 sockets',
    send: fragments(100_000, Uint8Array.of(0), 50),
    expect: closed(1008, 1009, 1006),
    growth: 32,
  },
  {
    id: 'A09',
    title: 'empty fragments without an end, 50 sockets',
    send: fragments(100_000, new Uint8Array(), 50),
    expect: closed(1008, 1009, 1006),
    growth: 32,
  },
  {
    id: 'A09',
    title: 'fragments of 64 KiB over the limit together',
    send: fragments(1_000, new Uint8Array(65_536), 1),
    expect: closed(1008, 1009, 1006),
    growth: 32,
  },
  { id: 'A10', title: 'a frame of 4 MiB and one byte', send: wire(() => big(4 * MIB + 1)), expect: closed(1009, 1006) },
  { id: 'A10', title: 'a frame of 16 MiB', send: wire(() => big(16 * MIB)), expect: closed(1009, 1006) },
  {
    id: 'A10',
    title: 'the head of a frame of 101 MiB',
    send: wire(() => wireFrame(new Uint8Array(64), { claims: 101 * MIB })),
    expect: closed(1009),
  },
  {
    id: 'A10',
    title: 'the head of a frame of 2^63 bytes',
    send: wire(() => wireFrame(new Uint8Array(64), { claims: 2n ** 63n })),
    expect: closed(1002, 1009),
  },
  {
    id: 'A11',
    title: 'a compressed frame though none was agreed',
    send: wire(() => wireFrame(randomBytes(100), { reserved: 4 })),
    expect: closed(1002),
  },
  {
    id: 'A11',
    title: 'compression is asked for and not granted',
    send: withHeader('Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'),
    expect: quick,
  },
  ...WRONG_FRAMES,
  ...CUT,
  ...PROTOCOL.map(([title, say, expected]): Case => ({ id: 'A12', title, send: wire(say), expect: expected })),
  ...UNKNOWN_TYPES,
];
