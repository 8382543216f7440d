/**
 * Why this file exists: sockets are few and strangers many. Who says nothing, who says it too slowly, who vanished and who
 * was refused but stays: each is gone after a while, and nobody else notices meanwhile.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import { createHeapWatch, socketCapacity } from '../../server/http/capacity.ts';
import { siteFrom } from '../../server/http/site.ts';
import { createUpgrades } from '../../server/http/upgrade.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';
import { mark, sync } from '../relay/world.ts';
import { FaultyStore } from '../support/faulty-store.ts';
import { ending, firstFrame, type House, openHouse, type Visitor } from './house.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Scene {
  house: House;
  visitor: Visitor;
  agenda: string;
}

async function scene(times: NonNullable<Parameters<typeof openHouse>[0]>['times']): Promise<Scene> {
  const house = await openHouse({ times });
  cleanups.push(() => house.close());
  const visitor = await house.add('Bo Sund');
  const { meeting } = await house.meeting(visitor);
  return { house, visitor, agenda: `agenda:${meeting.id}` };
}

const member = ({ house, visitor, agenda }: Scene): WebSocket =>
  house.socket(`/collab/${agenda}?v=1`, { origin: house.url, cookie: visitor.cookie });

/** A bare TCP connection that says `text` and then nothing, and answers nothing. */
async function bare(url: string, text: string): Promise<{ socket: Socket; closed: Promise<number>; open(): boolean }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  cleanups.push(() => socket.destroy());
  socket.on('error', () => {});
  const at = performance.now();
  let open = true;
  const closed = new Promise<number>((resolve) => {
    socket.on('close', () => {
      open = false;
      resolve(performance.now() - at);
    });
  });
  await once(socket, 'connect');
  socket.resume();
  if (text !== '') socket.write(text);
  return { socket, closed, open: () => open };
}

function upgradeText({ url }: House, path: string, headers: string[] = []): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Origin: ${url}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

describe('a socket', () => {
  it('whose peer answers no ping is cut off after two of them; one that answers stays', async () => {
    const here = await scene({ pingMs: 400 });
    const { house, visitor, agenda } = here;
    const living = member(here);
    await firstFrame(living);
    const dead = await bare(house.url, upgradeText(house, `/collab/${agenda}`, [`Cookie: ${visitor.cookie}`]));
    expect(house.server.relay.present(agenda).size).toBe(1);
    // Twice the pause, and whatever a busy machine adds.
    expect(await dead.closed).toBeLessThan(10_000);
    await once(living, 'ping');
    expect(living.readyState).toBe(living.OPEN);
    living.close();
  });

  it('that is held back while the disk catches up is not taken for one whose peer vanished', async () => {
    const store: FaultyStore[] = [];
    const house = await openHouse({
      times: { pingMs: 400 },
      limits: { journalBytes: 8_000 },
      openUpdates: (file) => {
        store.push(new FaultyStore(new SqliteUpdateStore({ file, threaded: true })));
        return store[0]!;
      },
    });
    cleanups.push(() => house.close());
    const visitor = await house.add('Bo Sund');
    const { meeting, items } = await house.meeting(visitor);
    const socket = house.socket(`/collab/item:${meeting.id}:${items[0]}?v=1`, {
      origin: house.url,
      cookie: visitor.cookie,
    });
    await firstFrame(socket);
    let catchUp: () => void = () => {};
    const disk = new Promise<void>((resolve) => {
      catchUp = resolve;
    });
    store[0]!.decide = (call) => (call === 'append' ? { until: disk } : 'pass');
    const saved = new Promise<void>((resolve) => {
      socket.on('message', (frame: Buffer) => frame[0] === MESSAGE_PERSISTED && resolve());
    });
    const doc = new Y.Doc();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('Bussen går även på söndagar. '.repeat(200))]);
    doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
    socket.send(sync(2, Y.encodeStateAsUpdate(doc)));
    socket.send(mark(1));
    for (let pings = 0; pings < 4; pings++) await once(socket, 'ping');
    catchUp();
    await saved;
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
  });

  it('that was refused and answers no closing handshake is gone soon, and few of them are waited for', async () => {
    const here = await scene({});
    const refused = await Promise.all(
      Array.from({ length: 300 }, () => bare(here.house.url, upgradeText(here.house, `/collab/${here.agenda}`))),
    );
    // Sooner than the five seconds after which each of them is cut off anyway.
    await expect.poll(() => refused.filter((peer) => peer.open()).length, { timeout: 3_500 }).toBeLessThanOrEqual(256);
    const socket = member(here);
    expect(await firstFrame(socket)).toBe('frame');
    socket.close();
    await Promise.all(refused.map((peer) => peer.closed));
  }, 20_000);
});

describe('two hundred slow peers', () => {
  const SLOW: [string, (house: House) => string][] = [
    ['say nothing', () => ''],
    ['begin a request', () => 'GET /healthz HTTP/1.1\r\nHost: '],
    ['begin an upgrade', (house) => upgradeText(house, '/collab/x').slice(0, -2)],
    [
      'begin a body',
      ({ url }) =>
        `POST /api/sign-in HTTP/1.1\r\nHost: ${new URL(url).host}\r\nOrigin: ${url}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{`,
    ],
  ];

  it('do not keep others out, and are shown out', async () => {
    const here = await scene({ headersMs: 1_500, requestMs: 2_000, checkMs: 250 });
    const peers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => bare(here.house.url, SLOW[n % SLOW.length]?.[1](here.house) ?? '')),
    );
    expect((await fetch(`${here.house.url}/healthz`)).status).toBe(200);
    const socket = member(here);
    expect(await firstFrame(socket)).toBe('frame');
    await Promise.all(peers.map((peer) => peer.closed));
    expect((await fetch(`${here.house.url}/healthz`)).status).toBe(200);
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
  }, 30_000);
});

describe('a full process', () => {
  it('refuses upgrades with 503 before the handshake, and lets in again', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let full = true;
    const entered: string[] = [];
    const upgrades = createUpgrades({
      site: siteFrom(origin),
      log: pino({ level: 'silent' }),
      full: () => full,
      enter: ({ room, socket }) => {
        entered.push(room);
        socket.close(1000);
      },
    });
    server.on('upgrade', upgrades.handle);
    const dial = (): WebSocket => new WebSocket(`${origin.replace('http', 'ws')}/collab/x`, { origin });
    expect(await ending(dial())).toEqual({ status: 503, frames: 0 });
    full = false;
    expect(await ending(dial())).toEqual({ code: 1000, frames: 0 });
    expect(entered).toEqual(['x']);
  });

  it('is one whose heap is nearly used up; that is asked a few times a second at most', () => {
    let now = 0;
    let used = 10;
    let asked = 0;
    const full = createHeapWatch(
      () => now,
      () => {
        asked += 1;
        return { used_heap_size: used, heap_size_limit: 100 };
      },
    );
    expect([full(), full(), full()]).toEqual([false, false, false]);
    expect(asked).toBe(1);
    used = 86;
    expect(full()).toBe(false);
    now = 300;
    expect(full()).toBe(true);
    used = 50;
    now = 600;
    expect(full()).toBe(false);
  });

  it('takes as many sockets as files and memory allow, and leaves files for the data', () => {
    const GB = 2 ** 30;
    expect(socketCapacity(1024, 4 * GB)).toBe(896);
    expect(socketCapacity(1_000_000, 4 * GB)).toBe(32_768);
    expect(socketCapacity(1_000_000, GB / 4)).toBe(2_048);
    expect(socketCapacity(null, 4 * GB)).toBe(32_768);
    expect(socketCapacity(60, 4 * GB)).toBe(16);
  });
});
