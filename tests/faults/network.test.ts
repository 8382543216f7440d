/**
 * Why this file exists: what networks do, message by message, between people with the shipping room client and a real
 * server process. After each fault nothing is lost, nothing stands twice, and nobody was told anything untrue.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_MARK, MESSAGE_PERSISTED } from '#shared/wire.ts';
import { createFaultProxy, type FaultProxy, type Passing } from '../support/fault-proxy.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { temporaryFolder } from '../support/server-process.ts';
import { Author, type AuthorOptions, judgeQuiet } from './author.ts';
import { Oracle } from './oracle.ts';

const folder = temporaryFolder();
let server: FaultyProcess;
let proxy: FaultProxy;
let oracle: Oracle;
let authors: Author[] = [];
let nextRoom = 0;
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

beforeAll(async () => {
  server = await startFaulty({ dataDir: folder.path });
}, 60_000);
beforeEach(async () => {
  proxy = await createFaultProxy(server.port);
  oracle = new Oracle();
  room = server.house.rooms[nextRoom++ % server.house.rooms.length] ?? '';
  const { people } = server;
  expect(people.length).toBeGreaterThan(2);
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

describe('a message is', () => {
  it('F25 lost on its way to the server, and nobody types any more: it is not called saved, and is there within 10 s', async () => {
    const [anna, bo] = await annaAndBo();
    const lost = once((message) => message.way === 'toServer' && UPDATE(message), 'drop');
    anna.write();
    await lost;
    await bo.until('told', () => bo.words().length === 1, 10_000);
    await judgeQuiet(oracle, [anna, bo]);
  });
});
