/**
 * A84: two hundred peers who take their time: they say nothing, drip headers or bodies a byte a second, begin handshakes,
 * open rooms and never answer a ping. Each is closed within sixty seconds, and whoever asks meanwhile is answered.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { request } from './raw-http.ts';
import { openWorld, type World } from './world.ts';

const CLOSED_MS = 60_000;
const EACH = 34;

/** What is said at once, and whether a byte a second follows. */
const KINDS: Record<string, { first: (world: World) => Uint8Array | string; drips: boolean }> = {
  'nothing at all': { first: () => '', drips: false },
  'headers, a byte a second': { first: (w) => `GET /healthz HTTP/1.1\r\nHost: ${w.authority}\r\nX-A: `, drips: true },
  'half a request line': { first: () => 'GET /heal', drips: false },
  'a body, a byte a second': {
    first: (w) =>
      request('POST', '/api/sign-in', [
        ...w.own(null),
        ['Content-Type', 'application/json'],
        ['Content-Length', '900'],
      ]),
    drips: true,
  },
  'chunks without an end': {
    first: (w) =>
      request('POST', '/api/sign-in', [
        ...w.own(null),
        ['Content-Type', 'application/json'],
        ['Transfer-Encoding', 'chunked'],
      ]),
    drips: false,
  },
  'half a handshake': {
    first: (w) => `GET /collab/${w.places.ongoing.open} HTTP/1.1\r\nHost: ${w.authority}\r\nUpgrade: websocket\r\n`,
    drips: true,
  },
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world?.close());

async function slowly(kind: string): Promise<{ kind: string; ms: number }> {
  const { first, drips } = KINDS[kind] as (typeof KINDS)[string];
  const socket: Socket = connect(world.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  await once(socket, 'connect');
  const from = performance.now();
  const said = first(world);
  if (said.length > 0) socket.write(said);
  const drip = drips ? setInterval(() => socket.write('x'), 1_000) : null;
  // Whether it was ended or cut: what is still written to a peer that has been shown out makes a reset of the end.
  const ended = new Promise<true>((resolve) => socket.once('close', () => resolve(true)));
  const closed = await Promise.race([ended, wait(CLOSED_MS + 10_000, false)]);
  if (drip) clearInterval(drip);
  socket.destroy();
  return { kind, ms: closed ? performance.now() - from : Number.POSITIVE_INFINITY };
}

/** In a room, and deaf: it never reads, so it answers no ping either. */
async function deaf(): Promise<{ kind: string; ms: number }> {
  const wire = await world.dial({ room: world.places.ongoing.open, as: world.people.member });
  const from = performance.now();
  wire.pause();
  // What the server has ended shows when one writes: nothing is read here.
  while (wire.code === null && performance.now() - from < CLOSED_MS + 10_000) {
    wire.raw(Uint8Array.of());
    if ((await world.ask('present', world.places.ongoing.open)) <= 1) break;
    await wait(500);
  }
  const ms = performance.now() - from;
  await wire.end();
  return { kind: 'a room, without reading', ms };
}

it('A84 closes two hundred slow peers within sixty seconds, and answers everybody else', async () => {
  const peers = Object.keys(KINDS).flatMap((kind) => Array.from({ length: EACH }, () => slowly(kind)));
  const all = Promise.all([...peers, deaf()]);
  let over = false;
  const stop = () => {
    over = true;
  };
  all.then(stop, stop);
  const answers: number[] = [];
  while (!over) {
    const from = performance.now();
    const answer = await fetch(`${world.url}/healthz`);
    expect(answer.status).toBe(200);
    answers.push(performance.now() - from);
    await wait(200);
  }
  const late = (await all).filter(({ ms }) => ms > CLOSED_MS).map(({ kind, ms }) => `${kind}: ${ms} ms`);
  expect(late).toEqual([]);
  const p95 = answers.toSorted((a, b) => a - b)[Math.floor(answers.length * 0.95)] ?? 0;
  expect(p95).toBeLessThan(1_000);
}, 120_000);
