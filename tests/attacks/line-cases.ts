/**
 * Why this file exists: the cases of line.test.ts: what is tried against rooms that come over plain HTTP, with every
 * request made by hand.
 */
import { request } from 'node:http';
import * as Y from 'yjs';
import { LINE_PATH, MAX_PIECE_BYTES, RECORD_MESSAGE, recordHead } from '#shared/line.ts';
import { MAX_FRAME_BYTES } from '#shared/wire.ts';
import type { SignedIn } from '../support/people.ts';
import { opening, post, RawLine, saying } from '../support/raw-line.ts';
import { type Case, enter, harmless, type Outcome, status } from './cases.ts';
import { bytes, EMPTY_VECTOR, paragraph, step1, step2, updateMessage } from './frames.ts';
import type { Person } from './protocol.ts';
import type { World } from './world.ts';

const MIB = 1024 * 1024;

const signed = (world: World, person: Person | null): SignedIn => ({ url: world.url, cookie: person?.cookie ?? '' });
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Somebody's line with the open item of the meeting that is under way on channel 1. */
async function inRoom(world: World, person: Person, room = world.places.ongoing.open): Promise<RawLine> {
  const line = await RawLine.open(signed(world, person));
  await line.room(1, `${room}?v=1`);
  await line.up(joined(saying(1, step1(EMPTY_VECTOR)), saying(1, step2(bytes(0, 0)))));
  return line;
}

const forging = (headers: Record<string, string>, path: (line: RawLine) => string) => async (world: World) => {
  const line = await inRoom(world, world.people.member);
  const body = saying(1, updateMessage(paragraph('FRÄMMANDE')));
  const answer = await post(signed(world, world.people.member), path(line), body, headers);
  await line.up(new Uint8Array(Buffer.from([3, 1, 0, 0, 0, 0, 0, 0, 0])));
  return { status: answer.status };
};

const up = (line: RawLine): string => `/${line.id}/up?at=${line.at}`;
const down = (line: RawLine): string => `/${line.id}/down?at=${line.had}`;

/** With another's line id, and a session of their own. */
const another = (path: (line: RawLine) => string, as: (world: World) => Person | null) => async (world: World) => {
  const line = await inRoom(world, world.people.member);
  const body = path === up ? saying(1, updateMessage(paragraph('FRÄMMANDE'))) : new Uint8Array(0);
  const answer = await post(signed(world, as(world)), path(line), body);
  const said = await answer.text();
  const problems = said.includes(line.id) ? ['the answer names the line'] : [];
  await line.up(new Uint8Array(Buffer.from([3, 1, 0, 0, 0, 0, 0, 0, 0])));
  return { status: answer.status, problems };
};

async function thousandLines(world: World): Promise<Outcome> {
  const person = signed(world, world.people.observer);
  const statuses: number[] = [];
  for (let n = 0; n < 2_000; n += 50)
    statuses.push(...(await Promise.all(Array.from({ length: 50 }, async () => (await post(person, '')).status))));
  const made = statuses.filter((one) => one === 201).length;
  const others = new Set(statuses.filter((one) => one !== 201));
  return { problems: made === 32 && [...others].join() === '429' ? [] : [`${made} were made; ${[...others].join()}`] };
}

/** Rooms of thousands of names, or the same room thousands of times. */
const manyRooms =
  (name: (n: number) => string) =>
  async (world: World): Promise<Outcome> => {
    const line = await RawLine.open(signed(world, world.people.member));
    const flood = joined(...Array.from({ length: 4_000 }, (_, n) => opening(n + 1, name(n))));
    return { status: await line.up(flood) };
  };

/** A record that says it has `says` bytes, and as much of it as `sent`. */
const large =
  (says: number, sent: number) =>
  async (world: World): Promise<Outcome> => {
    const line = await inRoom(world, world.people.member);
    await line.up(recordHead(RECORD_MESSAGE, 1, says));
    const piece = new Uint8Array(MAX_PIECE_BYTES);
    for (let n = 0; n < sent; n += piece.byteLength) await line.up(piece);
    await line.until(() => line.channel(1).closed !== null);
    const { closed } = line.channel(1);
    return { problems: closed?.code === 1009 ? [] : [`closed with ${closed?.code}`] };
  };

/** A body that says how long it is, or grows without having said so. */
const hugeBody =
  (said: boolean) =>
  async (world: World): Promise<Outcome> => {
    const line = await inRoom(world, world.people.member);
    const statusOf = await new Promise<number>((resolve) => {
      const sent = request(
        `${world.url}${LINE_PATH}${up(line)}`,
        {
          method: 'POST',
          headers: {
            origin: world.url,
            cookie: world.people.member.cookie,
            'content-type': 'application/octet-stream',
            ...(said ? { 'content-length': String(1024 * MIB) } : {}),
          },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on('error', () => resolve(0));
      for (let n = 0; n < 4; n++) sent.write(new Uint8Array(MAX_PIECE_BYTES));
    });
    await line.up(new Uint8Array(Buffer.from([3, 1, 0, 0, 0, 0, 0, 0, 0])));
    return { status: statusOf };
  };

/** Opens a room and never asks for news, while somebody writes a great deal there. */
async function slowReader(world: World): Promise<Outcome> {
  const place = await world.ask('newPlace', 'ongoing', [
    [world.people.member.id, ['member']],
    [world.people.chair.id, ['chair']],
  ]);
  const lines: RawLine[] = [];
  for (let n = 0; n < 10; n++) lines.push(await inRoom(world, world.people.member, place.open));
  const writer = await enter(world, world.people.chair, place.open);
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => writer.send(updateMessage(update)));
  const element = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  element.insert(0, [text]);
  doc.getXmlFragment('notes').insert(0, [element]);
  for (let n = 0; n < 60; n++) {
    text.insert(0, 'å'.repeat(16_384));
    text.delete(0, 16_384);
    await writer.flushed();
  }
  await writer.until(() => writer.frames.length > 0);
  const statuses: number[] = [];
  const deadline = performance.now() + 15_000;
  for (const line of lines) {
    let now = await line.up(saying(1, bytes(3)));
    while (now !== 404 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      now = await line.up(saying(1, bytes(3)));
    }
    statuses.push(now);
  }
  await writer.end();
  return { problems: statuses.every((one) => one === 404) ? [] : [`their lines: ${statuses.join()}`] };
}

const ELSEWHERE: [string, Record<string, string>][] = [
  ['from another site', { origin: 'https://ond.example' }],
  ['from a sandboxed frame', { origin: 'null' }],
  ['from a neighbouring site', { 'sec-fetch-site': 'same-site' }],
];

export const lineCases: Case[] = [
  ...ELSEWHERE.flatMap(([title, headers]) =>
    [up, down, () => ''].map(
      (path, n): Case => ({
        id: 'A01',
        title: `a line’s ${['words', 'question', 'opening'][n]} ${title}`,
        send: forging(headers, path),
        expect: status(403),
      }),
    ),
  ),
  {
    id: 'A01',
    title: 'a line’s words as a form’s text, which needs no preflight',
    send: forging({ 'content-type': 'text/plain' }, up),
    expect: status(400),
  },
  {
    id: 'A02',
    title: 'a line for nobody',
    send: async (w) => ({ status: (await post(signed(w, null), '')).status }),
    expect: status(401),
  },
  ...[up, down].flatMap((path, n): Case[] => [
    {
      id: 'A03',
      title: `another’s line: ${n ? 'reading' : 'writing'}`,
      send: another(path, (w) => w.people.stranger),
      expect: status(404),
    },
    {
      id: 'A03',
      title: `a fellow’s line: ${n ? 'reading' : 'writing'}`,
      send: another(path, (w) => w.people.chair),
      expect: status(404),
    },
    {
      id: 'A03',
      title: `a line by nobody: ${n ? 'reading' : 'writing'}`,
      send: another(path, () => null),
      expect: status(401),
    },
  ]),
  { id: 'A06', title: 'two thousand lines of one person', send: thousandLines, expect: harmless, crowd: true },
  {
    id: 'A05',
    title: 'thousands of invented rooms on a line',
    send: manyRooms((n) => `agenda:${String(n).padStart(20, '0')}`),
    expect: status(400),
  },
  { id: 'A06', title: 'thousands of nameless rooms on a line', send: manyRooms(() => ''), expect: status(400) },
  { id: 'A10', title: 'a message of 4 GiB, announced on a line', send: large(2 ** 32 - 1, 5 * MIB), expect: harmless },
  {
    id: 'A10',
    title: 'a message a byte too large on a line',
    send: large(MAX_FRAME_BYTES + 1, MAX_FRAME_BYTES),
    expect: harmless,
  },
  { id: 'A71', title: 'a body of 1 GiB on a line', send: hugeBody(true), expect: status(413) },
  { id: 'A71', title: 'a body that grows on a line', send: hugeBody(false), expect: status(413, 0) },
  {
    id: 'A44',
    title: 'ten lines that never ask for news, in a busy room',
    send: slowReader,
    expect: harmless,
    allowed: true,
    growth: 48,
  },
];
