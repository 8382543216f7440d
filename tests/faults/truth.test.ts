/**
 * Why this file exists: what people are told, when rights, clocks and copies change under them: text that comes late is
 * refused with a copy or merged once, never silently dropped or doubled; clocks that jump lose and log out nobody.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemoryDevice } from '../collab/memory-device.ts';
import { random } from '../support/random.ts';
import { Author, untilSame } from './author.ts';
import { type InProcess, openInProcess } from './in-process.ts';
import { Oracle, wordsIn } from './oracle.ts';
import { pause, Stage } from './stage.ts';

let host: InProcess;
let stage: Stage;
/** Added to the server's clock, milliseconds. */
let shift = 0;

beforeAll(async () => {
  host = await openInProcess({
    people: 7,
    clock: () => Date.now() + shift,
    limits: { warmMs: 100, heartbeatMs: 900 },
  });
});
beforeEach(async () => {
  shift = 0;
  stage = await Stage.set(host);
});
afterEach(() => stage.close());
afterAll(() => host.close());

const officer = () => ({ personId: host.house.people[0]!, isAdmin: false, sessionId: '' });
const itemOf = (room: string): string => room.split(':').at(-1)!;
const storedIn = (room: string): Promise<string[]> =>
  host.server.relay.read(room, (doc) => {
    const text = doc.getXmlFragment('notes').toString();
    return wordsIn(text.replace(/<[^>]*>/g, ''));
  });

describe('F40 two copies of one device', () => {
  it('with the same unsent text write on under ids of their own: all of it there, once', async () => {
    const device = new MemoryDevice();
    const anna = stage.open('anna', 1, { device: device.page(), address: stage.proxy.address });
    const bo = stage.open('bo', 2);
    await Promise.all([anna.saved(), bo.saved()]);
    stage.proxy.accept(false);
    stage.proxy.cut();
    for (let n = 0; n < 5; n++) anna.write();
    await pause(50);
    // The whole profile is copied while it is offline, and both go on.
    const copy = new MemoryDevice();
    for (const [room, updates] of device.updates) copy.updates.set(room, updates.slice());
    for (const [room, epoch] of device.epochs) copy.epochs.set(room, epoch);
    copy.unsent = device.unsent.slice();
    anna.close();
    const one = stage.open('annaett', 1, { device: device.page() });
    const two = stage.open('annatva', 1, { device: copy.page() });
    await Promise.all([one.synced(), two.synced()]);
    expect(new Set([one.doc.clientID, two.doc.clientID, anna.doc.clientID]).size).toBe(3);
    one.write();
    two.write();
    bo.write();
    anna.ledger.toldSaved();
    await stage.judge([one, two, bo]);
  });
});

describe('F41 a page sleeps', () => {
  it('across a restart, an eviction and a compaction: what it held comes in once', async () => {
    const device = new MemoryDevice();
    const anna = stage.open('anna', 1, { device: device.page() });
    const bo = stage.open('bo', 2);
    await Promise.all([anna.saved(), bo.saved()]);
    anna.write();
    await anna.saved();
    anna.client.provider.disconnect();
    for (let n = 0; n < 5; n++) anna.write(random(n));
    bo.write();
    await bo.saved();
    await host.restart();
    await bo.until('back', (state) => state.synced);
    bo.write();
    await bo.saved();
    await stage.leaveAndRest(host);
    shift = 3_600_000;
    bo.client.reconnect();
    anna.client.reconnect();
    await stage.judge();
  });
});

describe('F42 text comes back after the item was locked', () => {
  it('is refused: not in the record, and its author has all of it to copy', async () => {
    const anna = stage.open('anna', 1, { device: new MemoryDevice().page() });
    const bo = stage.open('bo', 2);
    await Promise.all([anna.saved(), bo.saved()]);
    anna.write();
    bo.write();
    await Promise.all([anna.saved(), bo.saved()]);
    anna.client.provider.disconnect();
    const late = [anna.write(), anna.write(), anna.write()];
    await host.server.services.meetings.lockItem(officer(), host.house.meetingId, itemOf(stage.room), { reason: '' });
    const record = await storedIn(stage.room);
    anna.client.reconnect();
    await anna.until('told', (state) => state.refused.length > 0);
    expect(wordsIn(anna.state.refused.map((refusal) => refusal.text).join(''))).toEqual(late);
    await anna.synced();
    await untilSame([anna, bo]);
    expect(await storedIn(stage.room)).toEqual(record);
    stage.oracle.checkQuiet(new Map([['the record', record]]), 'after the lock');
  });
});

describe('F43 people type in the moment in which the phase takes their right away', () => {
  const ROOMS = 25;
  const ROUNDS = 20;
  it(`${ROOMS * ROUNDS} times: one cut, nothing after it, and what was late is refused with a copy`, {
    timeout: 180_000,
  }, async () => {
    const { meetings } = host.server.services;
    const { meetingId } = host.house;
    const turn = async (phase: 'ongoing' | 'verification'): Promise<void> => {
      const { version } = await meetings.get(officer(), meetingId);
      await meetings.changePhase(officer(), meetingId, { phase, version });
    };
    await turn('ongoing');
    const tables = await Promise.all(
      Array.from({ length: ROOMS }, async (_, n) => {
        const room = await host.freshRoom();
        const oracle = new Oracle();
        const authors = ['anna', 'bo'].map(
          (name, i) => new Author({ person: host.people[1 + ((n + i) % 6)]!, room, oracle, name }),
        );
        await Promise.all(authors.map((author) => author.saved(30_000)));
        return { room, oracle, authors };
      }),
    );
    const everybody = tables.flatMap((table) => table.authors);
    const lots = random(43);
    let late = 0;
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const [n, author] of everybody.entries()) author.type(random(round * 1_000 + n), 1, 25, 1_000_000);
        await pause(lots.int(5, 60));
        await turn('verification');
        const cut = await Promise.all(tables.map((table) => storedIn(table.room)));
        await pause(lots.int(0, 60));
        for (const author of everybody) author.rest();
        await Promise.all(
          everybody.map((author) =>
            author.until('told', (state) => state.synced && state.access === 'read' && !author.client.unsaved, 20_000),
          ),
        );
        for (const [n, { room, oracle, authors }] of tables.entries()) {
          expect(await storedIn(room), `round ${round}, room ${n}: after the cut`).toEqual(cut[n]);
          oracle.checkQuiet(new Map([['the record', cut[n]!]]), `round ${round}, room ${n}`);
          for (const author of authors) late += author.state.refused.length;
          for (const author of authors) author.dismiss();
        }
        await turn('ongoing');
        await Promise.all(
          everybody.map((author) => author.until('allowed', (state) => state.synced && state.access === 'write')),
        );
      }
      expect(late).toBeGreaterThan(ROUNDS);
    } finally {
      for (const author of everybody) author.close();
      await turn('ongoing').catch(() => {});
    }
  });
});

describe('F46 clocks are wrong', () => {
  it.each([3_600_000, -3_600_000])(
    'the server’s jumps by %i ms: nobody is logged out, silence is still broken',
    async (by) => {
      const [anna, bo] = await stage.annaAndBo();
      const clients = [anna.client, bo.client];
      anna.write();
      bo.write();
      await stage.judge();
      shift = by;
      let heard = 0;
      stage.proxy.decide = (message) => {
        if (message.way === 'toClient') heard += 1;
        return 'pass';
      };
      await pause(1_500);
      expect(heard, 'a silent line hears something').toBeGreaterThan(0);
      anna.write();
      bo.write();
      await stage.judge();
      anna.client.awareness.setLocalStateField('caret', by);
      await bo.until('aware', () => bo.client.awareness.getStates().get(anna.doc.clientID)?.caret === by, 3_000);
      await host.restart();
      anna.write();
      await stage.judge();
      expect([anna.client, bo.client]).toEqual(clients);
      expect([...anna.finalCloses, ...bo.finalCloses]).toEqual([]);
    },
  );

  it('a person’s is a day wrong: order and minutes are the server’s', async () => {
    const anna = stage.open('anna', 1, { now: () => Date.now() + 86_400_000 });
    const bo = stage.open('bo', 2, { now: () => Date.now() - 86_400_000 });
    await Promise.all([anna.saved(), bo.saved()]);
    for (let n = 0; n < 4; n++) {
      anna.write();
      bo.write();
    }
    await stage.judge();
    const spans = await host.server.relay.authorship(stage.room);
    expect(spans.length).toBeGreaterThan(0);
    for (const { at } of spans) expect(Math.abs(at - Date.now())).toBeLessThan(300_000);
  });
});
