/**
 * Why this file exists: a bench that counts wrongly measures nothing. The parts that count are checked against Yjs and
 * against a server that answers in pieces; the figures themselves are no business of the suite.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judge, type Line } from './bench/lines.ts';
import { Account, MOVES_KEPT, type Seat } from './bench/load/account.ts';
import { Author } from './bench/load/author.ts';
import { Cursor } from './bench/load/bytes.ts';
import { cursorMessage } from './bench/load/cursors.ts';
import { LightSocket } from './bench/load/socket.ts';
import { makeTrace } from './bench/load/trace-maker.ts';
import { updateSpans } from './bench/load/update-spans.ts';
import { Histogram } from './bench/stats.ts';

function seat(place: number, author: Author | null): Seat {
  return {
    place,
    client: author?.client ?? place + 1,
    author,
    seen: new Float64Array(3),
    seenMove: new Float64Array(3),
    move: 0,
    movedAt: new Float64Array(MOVES_KEPT),
    saved: 0,
  };
}

describe('what the bench types', () => {
  it('an author without a document types what Yjs understands, and can say all of it again from any clock', () => {
    const author = new Author();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, author.since(0));
    for (let n = 0; n < 300; n++) Y.applyUpdate(doc, author.key(n));
    expect(doc.getXmlFragment('notes').toString()).toBe(`<paragraph>${'e'.repeat(301)}</paragraph>`);
    for (const from of [0, 1, 3, 150]) {
      const part = new Y.Doc();
      if (from > 0) Y.applyUpdate(part, author.since(0));
      Y.applyUpdate(part, author.since(from));
      expect(part.getXmlFragment('notes').toString()).toBe(doc.getXmlFragment('notes').toString());
    }
  });

  it('a long edit that is taken back leaves nothing', () => {
    const author = new Author(500);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, author.since(0));
    Y.applyUpdate(doc, author.key(0));
    Y.applyUpdate(doc, author.takeBack(500));
    Y.applyUpdate(doc, author.key(0));
    expect(doc.getXmlFragment('notes').toString()).toBe(`<paragraph>e${'e'.repeat(500)}</paragraph>`);
  });

  it('the history is the same for the same seed, has so many operations, and every one is counted once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'radslag-trace-'));
    try {
      const [one, two] = ['a', 'b'].map((name) => makeTrace({ file: join(folder, name), operations: 5_000, seed: 7 }));
      expect(one).toEqual(two);
      const bytes = readFileSync(join(folder, 'a'));
      expect(bytes.equals(readFileSync(join(folder, 'b')))).toBe(true);
      const cursor = new Cursor(bytes);
      const doc = new Y.Doc();
      let operations = 0;
      let typed = 0;
      let deleted = 0;
      while (cursor.at < bytes.length) {
        const update = cursor.block();
        const found = updateSpans(update);
        for (const { from, to } of found.spans) typed += to - from;
        deleted += found.deleted;
        operations += 1;
        Y.applyUpdate(doc, update);
      }
      expect(operations).toBe(5_000);
      expect(deleted).toBeGreaterThan(500);
      expect([...Y.decodeStateVector(Y.encodeStateVector(doc)).values()]).toEqual([typed]);
      // The paragraph and its text are two clocks without a character.
      expect(typed - deleted - 2).toBe(one?.characters);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('what the bench counts', () => {
  it('updates that were merged, of several authors, with deletions, as Yjs does', () => {
    const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    const updates: Uint8Array[] = [];
    for (const [n, doc] of docs.entries()) {
      doc.on('update', (update: Uint8Array) => updates.push(update));
      doc.getText('t').insert(0, 'åäö tre fyra');
      doc.getText('t').delete(2, 3);
      doc.getText('t').format(0, 2, { bold: true });
      doc.getMap('m').set('k', { n, list: [1, null, 'x'] });
    }
    const merged = Y.mergeUpdates(updates);
    const { spans, deleted } = updateSpans(merged);
    const byClient = new Map(spans.map(({ client, to }) => [client, to]));
    expect(byClient).toEqual(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(merged)));
    expect(deleted).toBe(9);
  });

  it('every edit once for every receiver, however often it comes, and only those of the window', () => {
    const author = new Author();
    const account = new Account();
    const writer = seat(0, author);
    const reader = seat(1, null);
    account.add(writer);
    account.add(reader);
    const before = author.key(0);
    account.open();
    const keys = [author.key(performance.now()), author.key(performance.now()), author.key(performance.now())];
    account.update(reader, before);
    account.update(reader, keys[0] ?? before);
    account.update(reader, keys[0] ?? before);
    account.update(reader, Y.mergeUpdates(keys));
    account.update(writer, Y.mergeUpdates(keys));
    account.close();
    account.update(reader, author.key(0));
    expect([account.edits, account.delivered, account.latency.count]).toEqual([3, 3, 3]);
    account.saved(writer, 2);
    account.saved(writer, 4);
    expect(account.persisted.count).toBe(3);
  });

  it('a cursor that a newer one has overtaken counts with it', () => {
    const account = new Account();
    const mover = seat(0, null);
    const reader = seat(1, null);
    account.add(mover);
    account.add(reader);
    account.open();
    for (let n = 0; n < 5; n++) mover.movedAt[++mover.move % MOVES_KEPT] = performance.now();
    account.awareness(reader, cursorMessage(mover.client, 2, 0));
    account.awareness(reader, cursorMessage(mover.client, 5, 0));
    account.awareness(reader, cursorMessage(mover.client, 5, 0));
    account.close();
    expect([account.moves, account.movesDelivered, account.moveLatency.count]).toEqual([5, 5, 2]);
  });

  it('percentiles within two per cent', () => {
    const times = new Histogram();
    for (let n = 1; n <= 10_000; n++) times.add(n / 10);
    for (const part of [0.5, 0.95, 0.99]) expect(Math.abs(times.at(part) / (part * 1000) - 1)).toBeLessThan(0.02);
    const both = new Histogram();
    both.take(times.buckets(), times.max);
    const { mean, ...rest } = both.times();
    expect(times.times()).toMatchObject(rest);
    expect(Math.abs(mean / times.times().mean - 1)).toBeLessThan(0.02);
  });

  it('a goal is kept only when every part of it is, and ratios are those of the same round', () => {
    const line: Line = {
      case: 'c',
      figure: 'f',
      unit: 'µs',
      better: 'less',
      figures: { ours: [10, 20, 30], raw: [10, 10, 30], hocuspocus: [20, 40, 60] },
      goal: { raw: 1.5, hocuspocus: 0.75 },
      aim: { raw: 0.9 },
    };
    expect(judge(line)).toMatchObject({ ratio: { raw: 1, hocuspocus: 0.5 }, goal: 'met', aim: 'not reached' });
    expect(judge({ ...line, goal: { raw: 1.5, hocuspocus: 0.4 } }).goal).toBe('MISSED');
    expect(judge({ ...line, better: 'more', goal: { raw: 4 } }).goal).toBe('MISSED');
    expect(judge({ ...line, figures: { ours: [10] } }).goal).toBe('MISSED');
    expect(judge({ ...line, figures: { ours: [Number.NaN] }, goal: { absolute: 5 } }).goal).toBe('MISSED');
  });
});

describe('the light socket', () => {
  const open: { close(): void }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  /** A server that answers every connection with these bytes, in pieces of `size`. */
  async function inPieces(bytes: Buffer, size: number): Promise<string> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      socket.setNoDelay(true);
      socket.once('data', async () => {
        for (let at = 0; at < bytes.length; at += size) {
          socket.write(bytes.subarray(at, at + size));
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({
      close: () => {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    });
    const address = server.address();
    return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  }

  function framed(payload: Buffer): Buffer {
    const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
    head[0] = 0x82;
    if (head.length === 2) head[1] = payload.length;
    else if (head.length === 4) {
      head[1] = 126;
      head.writeUInt16BE(payload.length, 2);
    } else {
      head[1] = 127;
      head.writeUInt32BE(payload.length, 6);
    }
    return Buffer.concat([head, payload]);
  }

  it.each([1, 3, 7, 50_000, 1_000_000])('hears whole messages that come in pieces of %i bytes', async (size) => {
    const lengths = size < 10 ? [0, 5, 125, 126, 300] : [0, 5, 125, 126, 65_535, 65_536, 200_000, 3];
    const messages = lengths.map((length, n) => Buffer.alloc(length, n + 1));
    const answer = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');
    const address = await inPieces(Buffer.concat([answer, ...messages.map(framed)]), size);
    const heard: Buffer[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    await LightSocket.open(
      address,
      {},
      {
        opened: () => {},
        message: (payload) => {
          heard.push(Buffer.from(payload));
          if (heard.length === messages.length) resolve();
        },
        ended: () => {},
      },
    );
    await promise;
    expect(heard.map((one) => one.length)).toEqual(lengths);
    expect(heard.every((one, n) => one.equals(messages[n] ?? one))).toBe(true);
  });

  it('says when it was refused', async () => {
    const address = await inPieces(Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n'), 100);
    const refused = LightSocket.open(address, {}, { opened: () => {}, message: () => {}, ended: () => {} });
    await expect(refused).rejects.toThrow('403');
  });
});
