/**
 * Why this file exists: too much at once. People who never read, a paste of a megabyte, a hundred who type in one text,
 * ten times what the memory holds: the server sheds what it must, and what was said to be saved stays.
 */
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type FaultyOptions, type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { openRaw, type RawClient } from '../support/light-client.ts';
import { random } from '../support/random.ts';
import { temporaryFolder } from '../support/server-process.ts';
import { paragraphOf, untilSame } from './author.ts';
import { pause, Stage } from './stage.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** `flooded`: what is refused in this test is no honest traffic, so the server's account of refusals is not looked at. */
async function begin({
  flooded = false,
  ...options
}: Partial<FaultyOptions> & { flooded?: boolean } = {}): Promise<{ server: FaultyProcess; stage: Stage }> {
  const folder = temporaryFolder();
  cleanups.push(() => folder.remove());
  const server = await startFaulty({ dataDir: folder.path, execArgv: ['--expose-gc'], ...options });
  cleanups.push(() => {
    if (!flooded) return server.end();
    server.signal('SIGKILL');
    return server.ended;
  });
  const stage = await Stage.set(server);
  cleanups.push(() => stage.close());
  return { server, stage };
}

/** Joins and then reads nothing any more. */
async function deaf(server: FaultyProcess, room: string, which: number): Promise<RawClient> {
  const client = await openRaw(server.people[which % server.people.length]!, room, {}, { query: '?v=1' });
  client.socket.pause();
  return client;
}

const rss = async (server: FaultyProcess): Promise<number> =>
  ((await server.tell({ do: 'memory' })) as NodeJS.MemoryUsage).rss;

describe('F28, F29 people who never read', () => {
  it('fifty of them: their queues are bounded, they are cut, and nobody else waits', { timeout: 90_000 }, async () => {
    const { server, stage } = await begin({ limits: { heartbeatMs: 3_000, sendQueueBytes: 256 * 1024 } });
    const [anna, bo] = await stage.annaAndBo();
    const crowd = await Promise.all(Array.from({ length: 50 }, (_, n) => deaf(server, stage.room, n)));
    const before = await rss(server);
    const waits: number[] = [];
    const filler = 'x'.repeat(60_000);
    for (let n = 0; n < 120; n++) {
      // Pasted and taken away again: the document stays small, what everybody must read does not.
      const notes = bo.doc.getXmlFragment(NOTES_FRAGMENT);
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(filler)]);
      notes.insert(notes.length, [paragraph]);
      notes.delete(notes.length - 1, 1);
      if (n % 6 !== 0) {
        await pause(20);
        continue;
      }
      const from = performance.now();
      const word = anna.write()!;
      await bo.until('told', () => bo.words().includes(word), 5_000);
      waits.push(performance.now() - from);
    }
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length * 0.95)]).toBeLessThan(1_000);
    expect((await rss(server)) - before).toBeLessThan(150 * 1024 * 1024);
    await stage.judge();
    for (const { socket } of crowd) socket.terminate();
  });
});

describe('F32 a paste of a megabyte', () => {
  it('reaches everybody, is saved, and stands in the way of nobody', { timeout: 60_000 }, async () => {
    const { stage } = await begin();
    const [anna, bo] = await stage.annaAndBo();
    bo.write();
    await stage.judge();
    const text = paragraphOf(anna.doc)!;
    const pasted = 'Ett stycke ur handlingarna. '.repeat(37_450).slice(0, 1_048_576);
    const from = performance.now();
    text.insert(text.length, pasted);
    await bo.until('told', () => (paragraphOf(bo.doc)?.length ?? 0) > 1_048_576, 10_000);
    expect(performance.now() - from).toBeLessThan(5_000);
    await anna.saved();
    text.delete(text.length - pasted.length, pasted.length);
    anna.write();
    await stage.judge();
  });
});

describe('F57 a hundred type in one text', () => {
  it('nothing is lost, nothing twice, all read the same', { timeout: 120_000 }, async () => {
    const { server, stage } = await begin();
    const authors = Array.from({ length: 100 }, (_, n) => stage.open(`p${letters(n)}q`, n % server.people.length));
    await Promise.all(authors.map((author) => author.saved(40_000)));
    for (const [n, author] of authors.entries()) author.type(random(n), 1_500, 3_000);
    await pause(6_000);
    for (const author of authors) author.rest();
    await Promise.all(authors.map((author) => author.saved(30_000)));
    await untilSame(authors);
    stage.oracle.checkQuiet(new Map(authors.map((author) => [author.ledger.name, author.words()])), 'at the end');
    stage.oracle.checkAllSaved('at the end');
  });
});

describe('F49 ten times what the memory holds', () => {
  it('256 MB of heap, a slow disk, forty who send without end and twenty who read nothing: it sheds and stays up', {
    timeout: 120_000,
  }, async () => {
    const { server, stage } = await begin({
      execArgv: ['--expose-gc', '--max-old-space-size=256'],
      journalHere: true,
      flooded: true,
    });
    const [anna, bo] = await stage.annaAndBo();
    anna.write();
    bo.write();
    await stage.judge();
    const flood = await server.freshRoom();
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => deaf(server, flood, n)));
    await server.tell({ do: 'arm', fault: { match: '^commit', effect: 'slow', ms: 100 } });
    const senders = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        openRaw(server.people[n % server.people.length]!, flood, {}, { query: '?v=1' }),
      ),
    );
    let sent = 0;
    const until = performance.now() + 8_000;
    while (performance.now() < until) {
      for (const { socket, update } of senders) {
        // What the kernel and this process hold for them is bounded too, or we would be the first to fall.
        if (socket.readyState !== socket.OPEN || socket.bufferedAmount > 1_000_000) continue;
        const doc = new Y.Doc();
        let bytes: Uint8Array | null = null;
        doc.on('update', (one: Uint8Array) => {
          bytes = one;
        });
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText('y'.repeat(64_000))]);
        const notes = doc.getXmlFragment(NOTES_FRAGMENT);
        notes.insert(notes.length, [paragraph]);
        if (bytes) update(bytes);
        sent += 64_000;
      }
      await pause(5);
    }
    expect(sent).toBeGreaterThan(50_000_000);
    expect(server.alive).toBe(true);
    for (const { socket } of [...senders, ...crowd]) socket.terminate();
    await server.tell({ do: 'clear' });
    await Promise.all([anna.synced(40_000), bo.synced(40_000)]);
    anna.write();
    await stage.judge();
  });
});

function letters(n: number): string {
  return n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + String.fromCharCode(97 + (n % 26));
}
