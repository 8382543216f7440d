/**
 * Why this file exists: a room over plain HTTP must be a room like any other, whatever becomes of the requests on the way
 * and whoever sends them. A real server over loopback, the client bypassed. The rules are those of server/http/README.md.
 */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MAX_PIECE_BYTES } from '#shared/line.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { EDITOR_SCHEMA_VERSION, MAX_FRAME_BYTES, MESSAGE_PERSISTED } from '#shared/wire.ts';
import {
  accessOf,
  bytes,
  EMPTY_VECTOR,
  heard,
  mark,
  QUERY_AWARENESS,
  step1,
  step2,
  updateMessage,
} from '../attacks/frames.ts';
import { leaving, opening, post, RawLine, saying } from '../support/raw-line.ts';
import { type House, openHouse, type Visitor } from './house.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let room: string;
let meetingId: string;

const signed = (visitor: Visitor) => ({ url: house.url, cookie: visitor.cookie });
const asked = (name: string) => `${name}?v=1&schema=${EDITOR_SCHEMA_VERSION}`;
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** An update that puts a paragraph into the room. */
function writing(text: string): Uint8Array {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
  return Y.encodeStateAsUpdate(doc);
}

const marks = (messages: Uint8Array[]): number[] =>
  messages.filter((message) => heard(message).type === MESSAGE_PERSISTED).map((message) => message[1] ?? -1);
const textOf = () => house.server.relay.read(room, (doc) => doc.getXmlFragment(NOTES_FRAGMENT).toString());
const count = (text: string, part: string): number => text.split(part).length - 1;

/** A line on which the room is open as channel 1 and both have said what they have. */
async function inRoom(visitor: Visitor = member): Promise<RawLine> {
  const line = await RawLine.open(signed(visitor));
  await line.room(1, asked(room));
  await line.up(joined(saying(1, step1(EMPTY_VECTOR)), saying(1, step2(bytes(0, 0)))));
  return line;
}

beforeAll(async () => {
  house = await openHouse({ lineLimits: { perPerson: 12 } }, { attacked: true });
});
// Everybody comes without lines of earlier tests.
beforeEach(async () => {
  owner = await house.add('Bo Sund');
  member = await house.add('Cim Dal');
  stranger = await house.add('Dag Mo');
  const made = await house.meeting(owner, [[member, ['member']]]);
  meetingId = made.meeting.id;
  room = `item:${meetingId}:${made.items[0]}`;
});
afterAll(() => house.close());

describe('a room on a line', () => {
  it('LINE-2 is let in as over a socket, and refused with the same codes before any frame', async () => {
    const none = await post({ url: house.url, cookie: '' }, '');
    expect(none.status).toBe(401);
    const cases: [Visitor, string, number][] = [
      [stranger, asked(room), 4403],
      [member, asked(`agenda:${'0'.repeat(20)}`), 4404],
      [member, asked('../api/session'), 4404],
      [member, '', 4404],
      [member, `${room}?v=1&schema=0`, 4426],
      [member, 'x'.repeat(9_000), 4404],
    ];
    for (const [visitor, name, code] of cases) {
      const line = await RawLine.open(signed(visitor));
      const channel = await line.room(1, name);
      expect([channel.closed?.code, channel.messages.length], name.slice(0, 60)).toEqual([code, 0]);
    }
    const line = await RawLine.open(signed(member));
    const channel = await line.room(7, asked(room));
    await line.until(() => channel.messages.some((message) => accessOf(message) !== null));
    expect(channel.messages.map((message) => heard(message).type).slice(0, 3)).toEqual([124, 0, 122]);
  });

  it('LINE-3 says "persisted" after the commit of what was sent, to sockets the words themselves', async () => {
    const line = await inRoom();
    const other = await inRoom(owner);
    await line.up(joined(saying(1, updateMessage(writing('gryning'))), saying(1, mark(3))));
    await line.until(() => marks(line.channel(1).messages).includes(3));
    expect(await textOf()).toContain('gryning');
    await other.until(() => other.channel(1).messages.some((message) => heard(message).step === 2));
    expect(house.server.stats.connections).toBe(house.server.lineStats.channels);
  });

  it('LINE-4 counts what is sent twice once, in part or whole, and takes nothing out of its turn', async () => {
    const line = await inRoom();
    const at = line.at;
    const first = saying(1, updateMessage(writing('regnbyar')));
    const second = saying(1, mark(1));
    expect(await line.up(second, at + first.byteLength)).toBe(409);
    expect(await line.up(first.subarray(0, 20), at)).toBe(204);
    expect(await line.up(first, at)).toBe(204);
    expect(await line.up(first, at)).toBe(204);
    expect(await line.up(joined(first, second), at)).toBe(204);
    // From long ago, and of what came before.
    expect(await line.up(opening(1, asked(room)), 0)).toBe(204);
    await line.until(() => marks(line.channel(1).messages).includes(1));
    expect(count(await textOf(), 'regnbyar')).toBe(1);
    expect(house.server.lineStats.repeated).toBeGreaterThan(2);
  });

  it('LINE-5 gives a lost answer again, byte for byte, and ends when asked for what it cannot have said', async () => {
    const line = await RawLine.open(signed(member));
    await line.up(opening(1, asked(room)));
    for (let n = 0; n < 3; n++) expect(await line.down({ lost: true })).toBe(200);
    expect(line.channel(1).opened).toBe(false);
    await line.until(() => line.channel(1).messages.length >= 3);
    expect(
      line
        .channel(1)
        .messages.map((message) => heard(message).type)
        .slice(0, 3),
    ).toEqual([124, 0, 122]);
    const had = line.had;
    void line.down();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await line.down({ at: had + 1 })).toBe(409);
    expect(await line.down()).toBe(404);
  });

  it('LINE-6 hears at once that a right, a session, a room is gone', async () => {
    const line = await inRoom();
    const waits = line.until(() => line.channel(1).closed !== null);
    await house.server.services.meetings.removeParticipant(owner.caller, meetingId, member.person.id);
    await waits;
    expect(line.channel(1).closed?.code).toBe(4403);
    await house.server.services.meetings.addParticipant(owner.caller, meetingId, {
      personId: member.person.id,
      roles: ['member'],
    });

    const again = await inRoom();
    const news = again.until(() => again.channel(1).closed !== null);
    await house.server.services.sessions.end(member.caller.sessionId);
    // Who waits for news at that moment hears the code; a question that comes later is asked by nobody.
    await news.catch((error: Error) => expect(error.message).toContain('401'));
    expect([undefined, 4401]).toContain(again.channel(1).closed?.code);
    expect([...house.server.relay.occupancy().values()].some(({ people }) => people.has(member.person.id))).toBe(false);
    expect(await again.down()).toBe(401);
    expect(await again.up(saying(1, mark(1)))).toBe(401);
  });

  it('LINE-6 refuses what a reader writes, as over a socket', async () => {
    await house.server.services.meetings.updateParticipant(owner.caller, meetingId, member.person.id, {
      roles: ['observer'],
    });
    const line = await inRoom();
    await line.up(joined(saying(1, updateMessage(writing('smygord'))), saying(1, mark(1))));
    await line.until(() => line.channel(1).messages.some((message) => accessOf(message) === 'read refused'));
    expect(await textOf()).not.toContain('smygord');
    expect(marks(line.channel(1).messages)).toEqual([]);
  });
});

describe('a line', () => {
  it('LINE-1 is nobody else’s: another session, their own included, gets the answer of one that is none', async () => {
    const line = await inRoom();
    const second = await house.again(member);
    const none = 'A'.repeat(line.id.length);
    for (const other of [stranger, owner, second])
      for (const path of ['up?at=0', 'down?at=0', `up?at=${line.at}`, `down?at=${line.had}`]) {
        const [theirs, nobodys] = await Promise.all(
          [line.id, none].map(async (id) => {
            const answer = await post(signed(other), `/${id}/${path}`);
            const { error } = (await answer.json()) as { error: { code: string; message: string } };
            return [answer.status, error.code, error.message];
          }),
        );
        expect(theirs).toEqual([404, 'not-found', 'There is no such thing here.']);
        expect(theirs).toEqual(nobodys);
      }
    // It goes on as if nothing had been.
    await line.up(saying(1, mark(1)));
    await line.until(() => marks(line.channel(1).messages).includes(1));
  });

  it('LINE-11 takes nothing from other sites', async () => {
    const line = await inRoom();
    const foreign: Record<string, string>[] = [
      { origin: 'https://ond.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      for (const path of ['', `/${line.id}/up?at=${line.at}`, `/${line.id}/down?at=${line.had}`])
        expect((await post(signed(member), path, undefined, headers)).status, JSON.stringify(headers)).toBe(403);
    const asText = await post(signed(member), `/${line.id}/up?at=${line.at}`, saying(1, mark(1)), {
      'content-type': 'text/plain',
    });
    expect(asText.status).toBe(400);
  });

  it('LINE-7 carries a piece at a time, closes the room of a frame too large with 1009, and ends where nothing makes sense', async () => {
    const line = await inRoom();
    await line.room(2, asked(`agenda:${meetingId}`));
    expect((await post(line.person, `/${line.id}/up?at=${line.at}`, new Uint8Array(MAX_PIECE_BYTES + 1))).status).toBe(
      413,
    );
    const large = saying(1, new Uint8Array(MAX_FRAME_BYTES + 1));
    for (let from = 0; from < large.byteLength; from += MAX_PIECE_BYTES)
      expect(await line.up(large.subarray(from, from + MAX_PIECE_BYTES))).toBe(204);
    await line.until(() => line.channel(1).closed !== null);
    expect(line.channel(1).closed?.code).toBe(1009);
    // The other room goes on, and the stream behind the large frame is read.
    await line.up(saying(2, mark(1)));
    await line.up(saying(2, step2(bytes(0, 0))));
    await line.until(() => marks(line.channel(2).messages).includes(1));
    for (const nonsense of [new Uint8Array(64), opening(2, asked(room))]) {
      const broken = await RawLine.open(signed(member));
      await broken.room(2, asked(room));
      expect(await broken.up(nonsense)).toBe(400);
      expect(await broken.down()).toBe(404);
    }
  });

  it('LINE-7 closes a room with 1008 for a message that cannot be read, and no other', async () => {
    const line = await inRoom();
    await line.room(2, asked(`agenda:${meetingId}`));
    await line.up(saying(1, bytes(0, 9, 9)));
    await line.until(() => line.channel(1).closed !== null);
    expect(line.channel(1).closed?.code).toBe(1008);
    expect(line.channel(2).closed).toBeNull();
  });

  it('LINE-9 is one of so many of a person, and of others’ nobody notices', async () => {
    const lines = [];
    for (let n = 0; n < 12; n++) lines.push(await RawLine.open(signed(member)));
    const more = await post(signed(member), '');
    expect(more.status).toBe(429);
    expect((await post(signed(owner), '')).status).toBe(201);
    // Who leaves their last room has left the line.
    await lines[0]?.room(1, asked(room));
    expect(await lines[0]?.up(leaving(1))).toBe(204);
    expect((await post(signed(member), '')).status).toBe(201);
  });

  it('LINE-9 waits for news on three requests of a browser; who has waited longest comes again a little later', async () => {
    const lines = [];
    for (let n = 0; n < 4; n++) lines.push(await inRoom());
    for (const line of lines) await line.until(() => line.channel(1).messages.length >= 4);
    const waiting = [];
    for (const line of lines) {
      waiting.push(post(line.person, `/${line.id}/down?at=${line.had}`));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const first = await waiting[0];
    expect([first?.status, first?.headers.get('retry-after')]).toEqual([204, '1']);
    for (const line of lines.slice(1)) await line.up(saying(1, QUERY_AWARENESS));
  });

  it('LINE-9 ends when rooms are opened faster than any page does', async () => {
    const line = await RawLine.open(signed(member));
    const flood = joined(...Array.from({ length: 5_000 }, (_, n) => opening(n + 1, 'x')));
    const from = performance.now();
    expect(await line.up(flood)).toBe(400);
    expect(performance.now() - from).toBeLessThan(1_000);
    expect(await line.down()).toBe(404);
  });
});

describe('a line nobody asks on', () => {
  it('LINE-8 is answered with nothing when there is no news, and cut off when it does not ask again', async () => {
    const quick = await openHouse({ times: { pingMs: 400 } });
    try {
      const visitor = await quick.add('Bo Sund');
      const made = await quick.meeting(visitor);
      const person = { url: quick.url, cookie: visitor.cookie };
      const [living, silent] = [await RawLine.open(person), await RawLine.open(person)];
      const name = asked(`item:${made.meeting.id}:${made.items[0]}`);
      for (const line of [living, silent]) await line.room(1, name);
      expect(quick.server.stats.connections).toBe(2);
      // Asks again and again, and hears something each time, if only that there is nothing.
      const before = living.had;
      for (let n = 0; quick.server.lineStats.lines === 2 && n < 50; n++) expect(await living.down()).toBe(200);
      expect(living.had - before).toBeLessThan(2_000);
      expect([quick.server.lineStats.lines, quick.server.stats.connections]).toEqual([1, 1]);
      expect(await silent.down()).toBe(404);
      expect(await living.up(leaving(1))).toBe(204);
      expect([quick.server.lineStats.lines, quick.server.stats.connections]).toEqual([0, 0]);
    } finally {
      await quick.close();
    }
  });

  it('LINE-10 hears that the server stops, and that no other may be opened', async () => {
    const stopping = await openHouse();
    const visitor = await stopping.add('Bo Sund');
    const made = await stopping.meeting(visitor);
    const line = await RawLine.open({ url: stopping.url, cookie: visitor.cookie });
    await line.room(1, asked(`item:${made.meeting.id}:${made.items[0]}`));
    const news = line.until(() => line.channel(1).closed !== null);
    await post(line.person, `/${line.id}/up?at=${line.at}`);
    await stopping.close();
    await news;
    expect(line.channel(1).closed?.code).toBe(1012);
  });
});

describe('the numbers', () => {
  it('tell how many come over plain HTTP', async () => {
    const admin = await house.add('Ada Min', { isAdmin: true });
    const line = await inRoom();
    const text = await (await house.fetch('/metrics', { as: admin })).text();
    expect(text).toContain(`\nradslag_line_connections ${house.server.lineStats.channels}\n`);
    expect(text).toMatch(/\nradslag_lines_opened_total [1-9]/);
    await line.up(leaving(1));
  });
});
