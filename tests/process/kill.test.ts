/**
 * The server is killed with SIGKILL while four people type, and started again on the same data. What they had been told
 * is saved must be there at once; the rest comes back from them; nothing stands there twice.
 * `SEED=123 npm run test:unit -- tests/process/kill` plays one run again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type Ledger, Oracle, wordsIn } from '../faults/oracle.ts';
import { type DocClient, openDoc } from '../support/light-client.ts';
import { type SignedIn, signInByLink } from '../support/people.ts';
import { type Random, random, seeds } from '../support/random.ts';
import {
  freePort,
  type ServerProcess,
  startDemo,
  startInstallation,
  temporaryFolder,
} from '../support/server-process.ts';

const RUNS = 20;

/** One of the four: types words at random places and now and then takes one of their own away again. */
interface Typist {
  client: DocClient;
  /** One deed per update, in order. */
  ledger: Ledger;
  stop(): void;
}

const folder = temporaryFolder();
let port = 0;
let server: ServerProcess;
let room = '';
let people: SignedIn[] = [];
let reader: SignedIn;
const used = seeds(RUNS);
/** Tells the words of one run from those of another. */
let run = 0;

function text(doc: Y.Doc): Y.XmlText {
  const paragraph = doc.getXmlFragment(NOTES_FRAGMENT).get(0);
  const inner = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(inner instanceof Y.XmlText)) throw new Error('the paragraph of this test is not there');
  return inner;
}

const words = (doc: Y.Doc): string[] => wordsIn(text(doc).toString());

function startTyping(client: DocClient, ledger: Ledger, lots: Random): Typist {
  const mine: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const strike = (): void => {
    const paragraph = text(client.doc);
    const there = words(client.doc);
    if (mine.length > 0 && lots.int(1, 8) === 1) {
      const word = mine.splice(lots.int(0, mine.length - 1), 1)[0] ?? '';
      ledger.did({ erased: [word] });
      paragraph.delete(there.slice(0, there.indexOf(word)).join('').length, word.length);
    } else {
      const word = ledger.nextWord();
      ledger.did({ typed: [word] });
      mine.push(word);
      paragraph.insert(there.slice(0, lots.int(0, there.length)).join('').length, word);
    }
    timer = setTimeout(strike, lots.int(2, 30));
  };
  strike();
  return { client, ledger, stop: () => clearTimeout(timer) };
}

/** What somebody who comes in now sees. */
async function readFresh(): Promise<string[]> {
  const client = openDoc(reader, room);
  await client.synced();
  const seen = words(client.doc);
  client.destroy();
  return seen;
}

async function untilSame(doc: Y.Doc, wanted: string): Promise<void> {
  await expect.poll(() => text(doc).toString(), { timeout: 10_000, interval: 10 }).toBe(wanted);
}

beforeAll(async () => {
  port = await freePort();
  const demo = await startDemo({ dataDir: folder.path, port });
  room = demo.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
  const { facilitator, chair, secretary, member1, member2 } = demo.demo.links;
  people = await Promise.all([facilitator, chair, secretary, member1].map(signInByLink));
  reader = await signInByLink(member2);
  const first = openDoc(reader, room);
  await first.synced();
  first.doc.transact(() => {
    const fragment = first.doc.getXmlFragment(NOTES_FRAGMENT);
    fragment.delete(0, fragment.length);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText()]);
    fragment.insert(0, [paragraph]);
  });
  await first.settled();
  first.destroy();
  await demo.end('SIGTERM');
  server = await startInstallation({ dataDir: folder.path, port });
}, 120_000);

afterAll(async () => {
  await server?.end();
  folder.remove();
});

describe(`SIGKILL while four people type (seeds ${used.join(' ')})`, () => {
  it.each(used)('saved is saved, the rest comes back, nothing twice: seed %i', async (seed) => {
    const lots = random(seed);
    run += 1;
    const clients = people.map((person) => openDoc(person, room));
    await Promise.all(clients.map((client) => client.synced()));
    const oracle = new Oracle();
    // Letters alone make a name: those of one run are told from those of another.
    const suffix = [...String(run)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const typists = clients.map((client, n) => startTyping(client, oracle.person(`${'abcd'[n]}${suffix}`), lots));
    const told = (): void => {
      for (const { client, ledger } of typists) ledger.toldSaved(client.saved());
    };
    try {
      await new Promise((resolve) => setTimeout(resolve, lots.int(30, 700)));
      await server.end('SIGKILL');
      // They go on typing into the silence.
      await new Promise((resolve) => setTimeout(resolve, lots.int(0, 250)));
      for (const { client } of typists) client.provider.disconnect();
      told();

      server = await startInstallation({ dataDir: folder.path, port });
      oracle.checkRead(await readFresh(), 'right after the restart');

      for (const typist of typists) typist.stop();
      for (const { client } of typists) client.provider.connect();
      await Promise.all(clients.map((client) => client.settled()));
      told();
      const all = await readFresh();
      oracle.checkQuiet(new Map([['a newcomer', all]]), 'when all are back');
      oracle.checkAllSaved('when all are back');
      await Promise.all(clients.map((client) => untilSame(client.doc, all.join(''))));
    } finally {
      for (const typist of typists) typist.stop();
      for (const client of clients) client.destroy();
    }
  });
});
