/**
 * Why this file exists: what networks do, message by message, between people with the shipping room client and a real
 * server process. After each fault nothing is lost, nothing stands twice, and nobody was told anything untrue.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import { createFaultProxy, type FaultProxy, type Passing } from '../support/fault-proxy.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { random } from '../support/random.ts';
import { temporaryFolder } from '../support/server-process.ts';
import { Author, type AuthorOptions, judgeQuiet } from './author.ts';
import { Oracle } from './oracle.ts';

const folder = temporaryFolder();
let server: FaultyProcess;
let proxy: FaultProxy;
let oracle: Oracle;
const authors: Author[] = [];
let room = '';

const UPDATE = (message: Passing): boolean => message.type === 0 && message.step === 2;

/** Anna comes through the faulty network, Bo past it. */
async function annaAndBo(more: Partial<AuthorOptions> = {}): Promise<[anna: Author, bo: Author]> {
  const anna = open('anna', 0, { address: proxy.address, ...more });
  const bo = open('bo', 1);
  await Promise.all([anna.saved(), bo.saved()]);
  return [anna, bo];
}

function open(name: string, which: number, more: Partial<AuthorOptions> = {}): Author {
  const person = server.people[which];
  if (!person) throw new Error('there are not so many people');
  const author = new Author({ person, room, oracle, name, ...more });
  authors.push(author);
  return author;
}

/** Does something to the first message that is meant, and lets the rest pass. */
function once(which: (message: Passing) => boolean, fate: ReturnType<FaultProxy['decide']>): Promise<Passing> {
  return new Promise((resolve) => {
    proxy.decide = (message) => {
      if (!which(message)) return 'pass';
      proxy.decide = () => 'pass';
      resolve(message);
      return fate;
    };
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  server = await startFaulty({ dataDir: folder.path });
}, 60_000);
beforeEach(async () => {
  proxy = await createFaultProxy(server.port);
  oracle = new Oracle();
  room = await server.freshRoom();
});
afterEach(async () => {
  for (const author of authors.splice(0)) author.close();
  await proxy.close();
  expect(server.alive, 'the process stays up').toBe(true);
});
afterAll(async () => {
  await server?.end();
  folder.remove();
});

describe('one message is', () => {
  it('F25 lost on its way to the server, and nobody types any more: never called saved, there within 10 s', async () => {
    const [anna, bo] = await annaAndBo();
    const lost = once((message) => message.way === 'toServer' && UPDATE(message), 'drop');
    anna.write();
    await lost;
    await bo.until('told', () => bo.words().length === 1, 10_000);
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('lost on its way to the server, then more is typed: what follows does not cover it', async () => {
    const [anna, bo] = await annaAndBo();
    const lost = once((message) => message.way === 'toServer' && UPDATE(message), 'drop');
    anna.write();
    await lost;
    for (let n = 0; n < 5; n++) anna.write();
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('lost on its way to the server, and it was a deletion: nobody is told it is gone before it is', async () => {
    const [anna, bo] = await annaAndBo();
    anna.write();
    await anna.saved();
    const lost = once((message) => message.way === 'toServer' && UPDATE(message), 'drop');
    anna.erase(random(1));
    await lost;
    await judgeQuiet(oracle, [anna, bo]);
    expect(bo.words()).toEqual([]);
  });

  it.each(['twice', 'later'] as const)('sent %s on its way to the server: there, once, for all', async (fate) => {
    const [anna, bo] = await annaAndBo();
    const hit = once((message) => message.way === 'toServer' && UPDATE(message), fate);
    for (let n = 0; n < 3; n++) anna.write();
    await hit;
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('lost on its way back, and it was the answer "saved": it is asked for again', async () => {
    const [anna, bo] = await annaAndBo();
    const lost = once((message) => message.way === 'toClient' && message.type === MESSAGE_PERSISTED, 'drop');
    anna.write();
    await lost;
    await judgeQuiet(oracle, [anna, bo]);
  });

  it.each(['twice', 'later'] as const)('sent %s on its way back: there, once, for all', async (fate) => {
    const [anna, bo] = await annaAndBo();
    const hit = once((message) => message.way === 'toClient' && UPDATE(message), fate);
    for (let n = 0; n < 3; n++) bo.write();
    await hit;
    bo.write();
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('lost when one joins: the answer that brings the text', async () => {
    const bo = open('bo', 1);
    await bo.synced();
    bo.write();
    await bo.saved();
    const lost = once((message) => message.way === 'toClient' && message.type === 0 && message.step === 1, 'drop');
    const anna = open('anna', 0, { address: proxy.address });
    await lost;
    await anna.synced(20_000);
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('lost when one joins: the question for the text', async () => {
    const bo = open('bo', 1);
    await bo.synced();
    bo.write();
    await bo.saved();
    const lost = once((message) => message.way === 'toServer' && message.type === 0 && message.step === 0, 'drop');
    const anna = open('anna', 0, { address: proxy.address });
    await lost;
    await anna.synced(20_000);
    await judgeQuiet(oracle, [anna, bo]);
  });
});

describe('a line', () => {
  it('F23 goes silent without closing: shown as offline within 15 s, what was typed meanwhile is there after', async () => {
    const [anna, bo] = await annaAndBo();
    proxy.silence('both');
    anna.write();
    await anna.until('offline', (state) => state.connection === 'offline' || state.saving === 'offline', 15_000);
    expect(anna.ledger.acknowledged).toBe(0);
    anna.write();
    bo.write();
    await judgeQuiet(oracle, [anna, bo]);
  });

  it.each(['toServer', 'toClient'] as const)('goes silent %s only, and comes back with all it held', async (way) => {
    const [anna, bo] = await annaAndBo();
    proxy.silence(way);
    for (let n = 0; n < 3; n++) {
      anna.write();
      bo.write();
    }
    await pause(300);
    proxy.heal();
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('is cut between an edit and its answer, thirty times', async () => {
    const [anna, bo] = await annaAndBo();
    for (let run = 0; run < 30; run++) {
      const mark = once((message) => message.way === 'toClient' && message.type === MESSAGE_PERSISTED, 'cut');
      anna.write();
      bo.write();
      await mark;
      await anna.until('back', (state) => state.connection === 'online' && state.synced);
    }
    await judgeQuiet(oracle, [anna, bo]);
  });

  it('F26 is remade before the old one is known to be dead: the new one lives, presence too', async () => {
    const [anna, bo] = await annaAndBo();
    anna.write();
    await anna.saved();
    const old = proxy.links - 1;
    // The server will hear of the old line's end late: the client's goodbye and its close are held back.
    proxy.silence('toServer', old);
    const id = anna.doc.clientID;
    anna.client.reconnect();
    await anna.until('back', (state) => state.synced);
    expect(proxy.links).toBe(old + 2);
    await bo.until('aware', () => bo.client.awareness.getStates().has(id));
    anna.write();
    await anna.saved();
    proxy.heal();
    anna.write();
    await judgeQuiet(oracle, [anna, bo]);
    expect(bo.client.awareness.getStates().has(id)).toBe(true);
  });

  it('delays everything, each message by its own lot', async () => {
    const lots = random(7);
    const [anna, bo] = await annaAndBo();
    proxy.decide = () => ({ delay: lots.int(0, 20) });
    for (const author of [anna, bo]) author.type(lots, 1, 15);
    await pause(1_000);
    proxy.decide = () => 'pass';
    await judgeQuiet(oracle, [anna, bo]);
  });
});
