/**
 * Why this file exists: the load of the bench, in a process of its own. Hundreds of light clients in real rooms; every
 * edit is one character with its own clock, so a receiver can count it singly even when the server merged several.
 */
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { WIRE_VERSION } from '#shared/wire.ts';
import { openRaw, type RawClient, type RawHandlers } from '../support/light-client.ts';
import { type FromGenerator, type Job, type Measured, percentiles, type Ready, type ToGenerator } from './protocol.ts';

const say = (message: FromGenerator): void => {
  process.send?.(message);
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const goOn = (): Promise<void> =>
  new Promise((resolve) => {
    const listen = (message: ToGenerator): void => {
      if (message !== 'go-on') return;
      process.off('message', listen);
      resolve();
    };
    process.on('message', listen);
  });

function join(target: Ready, room: string, n: number, handlers: RawHandlers, bare: boolean): Promise<RawClient> {
  const cookie = target.cookies[n % Math.max(1, target.cookies.length)] ?? '';
  const options = bare
    ? { address: `${target.url.replace(/^http/, 'ws')}/${room}`, bare }
    : { query: `?v=${WIRE_VERSION}` };
  return openRaw({ url: target.url, cookie }, room, handlers, options);
}

/** A document of one author's own, which turns keys into updates. */
function createAuthor(send: (update: Uint8Array) => void): { client: number; clock(): number; key(): void } {
  const doc = new Y.Doc();
  const text = new Y.XmlText();
  doc.on('update', send);
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [text]);
    doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
  });
  return {
    client: doc.clientID,
    clock: () => Y.getState(doc.store, doc.clientID),
    key: () => text.insert(text.length, 'e'),
  };
}

type Span = [client: number, clock: number, length: number];

/** What an update holds; the same bytes reach many receivers, so what was read once is remembered for a while. */
function createReader(): (update: Uint8Array) => Span[] {
  let known = new Map<string, Span[]>();
  return (update) => {
    const key = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('latin1');
    const before = known.get(key);
    if (before) return before;
    const spans = Y.decodeUpdate(update).structs.map(
      (struct): Span => [struct.id.client, struct.id.clock, struct.length],
    );
    if (known.size > 2000) known = new Map();
    known.set(key, spans);
    return spans;
  };
}

/** Runs one measurement. Edits made before the window opens are not counted, wherever they arrive. */
async function measure(job: Job): Promise<Measured> {
  /** client id → times at which its keys of the window were struck, by clock. */
  const struck = new Map<number, Map<number, number>>();
  const latency: number[] = [];
  const persisted: number[] = [];
  const read = createReader();
  let open = false;
  let edits = 0;
  const onUpdate = (update: Uint8Array): void => {
    const now = performance.now();
    for (const [client, clock, length] of read(update)) {
      const times = struck.get(client);
      if (!times) continue;
      for (let c = clock; c < clock + length; c++) {
        const at = times.get(c);
        if (at !== undefined) latency.push(now - at);
      }
    }
  };
  const clients: RawClient[] = [];
  const timers = new Set<NodeJS.Timeout>();
  for (let r = 0; r < job.rooms; r++) {
    const room = job.target.rooms[r];
    if (!room) throw new Error('too few rooms');
    for (let c = 0; c < job.clientsPerRoom; c++) {
      const marks = new Map<number, number>();
      const onPersisted = (n: number): void => {
        const now = performance.now();
        for (const [mark, at] of marks) {
          if (mark > n) break;
          persisted.push(now - at);
          marks.delete(mark);
        }
      };
      const client = await join(job.target, room, r + c, { onUpdate, onPersisted }, job.bare);
      clients.push(client);
      if (c >= job.writersPerRoom) continue;
      const times = new Map<number, number>();
      let mark = 0;
      let struckAt = 0;
      const author = createAuthor((update) => {
        client.update(update);
        mark += 1;
        if (open) marks.set(mark, struckAt);
        if (!job.bare) client.mark(mark);
      });
      struck.set(author.client, times);
      const gap = 1000 / job.editsPerSecond;
      const strike = (): void => {
        struckAt = performance.now();
        if (open) {
          times.set(author.clock(), struckAt);
          edits += 1;
        }
        author.key();
        schedule(gap * (0.7 + Math.random() * 0.6));
      };
      const schedule = (ms: number): void => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          strike();
        }, ms);
        timers.add(timer);
      };
      schedule(Math.random() * gap);
    }
  }
  await pause(job.warmMs);
  const next = goOn();
  say({ window: 'start' });
  await next;
  const cpu = process.cpuUsage();
  const from = performance.now();
  open = true;
  await pause(job.windowMs);
  open = false;
  for (const timer of timers) clearTimeout(timer);
  const expected = edits * (job.clientsPerRoom - 1);
  // The last ones are on their way; a second is far more than they need, and what is missing then is shown.
  for (let n = 0; n < 100 && latency.length < expected; n++) await pause(10);
  const windowMs = performance.now() - from;
  const own = process.cpuUsage(cpu);
  const last = goOn();
  say({ window: 'end' });
  await last;
  for (const client of clients) client.socket.terminate();
  return {
    edits,
    delivered: latency.length,
    expected,
    latency: percentiles(latency),
    persisted: job.bare ? null : percentiles(persisted),
    generatorCpu: (own.user + own.system) / 1000 / windowMs,
    windowMs,
  };
}

/** Makes many single edits in one room, at a pace a connection may honestly have. */
async function fill(target: Ready, room: string, edits: number): Promise<void> {
  const authors = 20;
  const perSecond = 120;
  await Promise.all(
    Array.from({ length: authors }, async (_, n) => {
      let answered: (() => void) | undefined;
      let last = 0;
      const onPersisted = (mark: number): void => {
        if (mark === last) answered?.();
      };
      const client = await join(target, room, n, { onPersisted }, false);
      const author = createAuthor((update) => client.update(update));
      for (let made = 0; made < edits / authors; made++) {
        author.key();
        if (made % (perSecond / 10) === 0) await pause(100);
      }
      last = 1;
      const done = new Promise<void>((resolve) => {
        answered = resolve;
      });
      client.mark(last);
      await done;
      client.socket.terminate();
    }),
  );
}

/** From the connection's beginning until the document is there, in milliseconds. */
async function timeToOpen(target: Ready, room: string): Promise<number> {
  const doc = new Y.Doc();
  const at = performance.now();
  const { promise, resolve } = Promise.withResolvers<number>();
  const client = await join(
    target,
    room,
    0,
    { onUpdate: (update) => Y.applyUpdate(doc, update), onSynced: () => resolve(performance.now() - at) },
    false,
  );
  const took = await promise;
  client.socket.terminate();
  doc.destroy();
  return took;
}

process.on('message', (message: ToGenerator) => {
  if (message === 'go-on') return;
  if (message === 'stop') process.exit(0);
  const work =
    'job' in message
      ? measure(message.job).then((result) => say({ result }))
      : 'fill' in message
        ? fill(message.fill.target, message.fill.room, message.fill.edits).then(() => say({ opened: 0 }))
        : timeToOpen(message.open.target, message.open.room).then((opened) => say({ opened }));
  work.catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(1));
