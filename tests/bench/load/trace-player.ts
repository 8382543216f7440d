/**
 * Why this file exists: a history typed through: one writer, some readers, as fast as the slowest of them gets it. So much
 * is on its way at a time and no more, so what is measured is the server and not a queue in front of it.
 */
import { readFileSync } from 'node:fs';
import type { Ear, Seat } from './account.ts';
import { NOTHING } from './author.ts';
import { Cursor } from './bytes.ts';
import { LightClient } from './client.ts';
import type { TracePlay, TracePlayed } from './questions.ts';
import { readOnce } from './read-once.ts';
import { LightSocket } from './socket.ts';
import { updateSpans } from './update-spans.ts';

/** Operations on their way: so many that none of the servers waits for the writer. */
const ON_THE_WAY = 20_000;
const PATIENCE_MS = 30_000;
const LOOK_MS = 500;

interface Trace {
  updates: Uint8Array[];
  /** Characters made and deleted up to and with an operation: it has arrived when a reader has seen so many. */
  upTo: Float64Array;
}

function readTrace(file: string): Trace {
  const cursor = new Cursor(readFileSync(file));
  const updates: Uint8Array[] = [];
  const sums: number[] = [];
  let sum = 0;
  while (cursor.at < cursor.bytes.length) {
    const update = cursor.block();
    updates.push(update);
    sum += weight(update);
    sums.push(sum);
  }
  return { updates, upTo: Float64Array.from(sums) };
}

function weight(update: Uint8Array): number {
  const { spans, deleted } = updateSpans(update);
  return spans.reduce((total, { from, to }) => total + to - from, deleted);
}

/** Types a trace through; rejects when nothing arrives for half a minute. */
export async function playTrace({ target, dialect, room, file, readers }: TracePlay): Promise<TracePlayed> {
  const { updates, upTo } = readTrace(file);
  const weigh = readOnce(weight);
  const seen = new Float64Array(readers + 1);
  const arrived = new Int32Array(readers + 1);
  let writer: LightClient | null = null;
  let sent = 0;
  let slowest = 0;
  let saved = 0;
  const progress = (seat: Seat, update: Uint8Array): void => {
    const place = seat.place;
    if (place === 0) return;
    seen[place] = (seen[place] ?? 0) + weigh(update);
    let n = arrived[place] ?? 0;
    while (n < sent && (upTo[n] ?? 0) <= (seen[place] ?? 0)) n += 1;
    arrived[place] = n;
    slowest = Math.min(...arrived.subarray(1));
    if (writer) pump(writer);
  };
  const ear: Ear = {
    add() {},
    awareness() {},
    update: progress,
    saved: (_seat, edits) => {
      saved = edits;
    },
  };
  const clients: LightClient[] = [];
  for (let place = 0; place <= readers; place++) {
    const seatAt = { target, dialect, room, place, places: readers + 1, person: place, writes: false, unit: 1 };
    const client = new LightClient(seatAt, ear, []);
    clients.push(client);
    await client.join();
  }
  function pump(hand: LightClient): void {
    if (sent >= updates.length || sent - slowest > ON_THE_WAY / 2) return;
    for (const end = Math.min(updates.length, slowest + ON_THE_WAY); sent < end; sent++)
      hand.say(updates[sent] ?? NOTHING, null);
    // The last word asks when it is saved.
    if (sent === updates.length) hand.say(NOTHING, 1);
    LightSocket.flushAll();
  }
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let last = { slowest: -1, at: begun };
  writer = clients[0] ?? null;
  if (writer) pump(writer);
  let ended = begun;
  while (slowest < updates.length) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    ended = performance.now();
    if (slowest > last.slowest) last = { slowest, at: ended };
    else if (ended - last.at > PATIENCE_MS) throw new Error(`nothing arrives any more after ${slowest} operations`);
  }
  const ms = ended - begun;
  const { user, system } = process.cpuUsage(cpu);
  const until = performance.now() + PATIENCE_MS;
  while (dialect === 'ours' && saved < 1 && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  for (const client of clients) await client.leave();
  return { operations: updates.length, ms, generatorCpu: (user + system) / 1000 / ms };
}
