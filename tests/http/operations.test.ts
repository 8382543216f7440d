/**
 * Why this file exists: those who run the server can see how it is, nobody else can, and neither the numbers nor the log
 * say what anybody wrote.
 */
import { request } from 'node:http';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { errorSchema, operationsSchema } from '#shared/api.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import type { AppEnv } from '../../server/http/env.ts';
import { toResponse } from '../../server/http/errors.ts';
import { operationsRoutes } from '../../server/http/operations-routes.ts';
import { createHistory, type History } from '../../server/operations/history.ts';
import { createReadiness } from '../../server/operations/readiness.ts';
import { createStats, observe } from '../../server/relay/stats.ts';
import { type DocClient, openDoc, openRaw } from '../support/light-client.ts';
import { type House, openHouse, type Visitor } from './house.ts';

const TOKEN = 'skrapa-med-den-har-0123';
const CANARY = 'KANARIE-5d20';

let house: House;
let admin: Visitor;
let member: Visitor;
const clients: DocClient[] = [];

beforeAll(async () => {
  house = await openHouse({ env: { METRICS_TOKEN: TOKEN } }, { attacked: true });
  admin = await house.add('Alva Ek', { isAdmin: true });
  member = await house.add('Bo Sund');
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await house.close();
});

const signedIn = (visitor: Visitor) => ({ url: house.url, cookie: visitor.cookie });

/** Somebody who writes in a room, saved. */
async function writes(visitor: Visitor, room: string, words: string): Promise<DocClient> {
  const client = openDoc(signedIn(visitor), room);
  clients.push(client);
  await client.synced();
  const block = new Y.XmlElement('paragraph');
  block.insert(0, [new Y.XmlText(words)]);
  if (words !== '') client.doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [block]);
  await client.settled();
  return client;
}

const metrics = (headers: Record<string, string> = {}, in_ = house) => fetch(`${in_.url}/metrics`, { headers });

describe('/metrics', () => {
  it('is for who carries the token, and for administrators', async () => {
    expect((await metrics({ authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await metrics({ cookie: admin.cookie })).status).toBe(200);
    for (const headers of [
      {},
      { cookie: member.cookie },
      { authorization: 'Bearer' },
      { authorization: `Bearer ${TOKEN}x` },
      { authorization: `Basic ${TOKEN}` },
      { authorization: TOKEN },
      { cookie: `radslag=${TOKEN}` },
    ]) {
      const response = await metrics(headers as Record<string, string>);
      expect(response.status, JSON.stringify(headers)).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.text()).not.toContain('radslag_');
    }
  });

  it('is not there for others when no token is set', async () => {
    const closed = await openHouse();
    try {
      const chief = await closed.add('Cim Dal', { isAdmin: true });
      expect((await metrics({}, closed)).status).toBe(404);
      expect((await metrics({ authorization: 'Bearer null' }, closed)).status).toBe(404);
      expect((await metrics({ cookie: chief.cookie }, closed)).status).toBe(200);
    } finally {
      await closed.close();
    }
  });

  it('tells in Prometheus’ words what happened, and nothing of what was written', async () => {
    const { meeting, items } = await house.meeting(member);
    const read = async (): Promise<Map<string, number>> => {
      const text = await (await metrics({ authorization: `Bearer ${TOKEN}` })).text();
      for (const secret of [CANARY, meeting.id, meeting.title, member.person.name, member.person.id])
        expect(text).not.toContain(secret);
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      for (const line of lines) expect(line).toMatch(/^[a-z_\d]+(\{[^}]*\})? (-?[\d.e+-]+|Nan|NaN|\+Inf)$/);
      return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
    };
    const before = await read();
    const room = `item:${meeting.id}:${items[0]}`;
    await writes(member, room, CANARY);
    const after = await read();
    const rise = (name: string) => (after.get(name) ?? Number.NaN) - (before.get(name) ?? 0);
    expect(rise('radslag_updates_in_total')).toBe(1);
    expect(rise('radslag_rows_total')).toBe(1);
    expect(rise('radslag_persist_seconds_count')).toBe(1);
    expect(rise('radslag_persist_seconds_bucket{le="+Inf"}')).toBe(1);
    expect(rise('radslag_commit_seconds_sum')).toBeGreaterThan(0);
    expect(rise('radslag_connections_opened_total')).toBe(1);
    expect(after.get('radslag_people')).toBe(1);
    expect(after.get('radslag_rooms')).toBeGreaterThan(0);
    expect(after.get('radslag_storage_writable')).toBe(1);
    expect(after.get('radslag_last_backup_timestamp_seconds')).toBe(0);
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect([...after.keys()].some((name) => name.startsWith('nodejs_eventloop_lag'))).toBe(true);
    const buckets = [...after].filter(([name]) => name.startsWith('radslag_persist_seconds_bucket'));
    expect(buckets.map(([, n]) => n)).toEqual(buckets.map(([, n]) => n).toSorted((a, b) => a - b));
  });

  it('answers at the machine’s own address too, where Prometheus may stand', async () => {
    const port = new URL(house.address).port;
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'inre-namn.exempel.se', authorization: `Bearer ${TOKEN}` };
      request({ port, path: '/metrics', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

describe('/readyz', () => {
  it('says that the server is ready, to anybody', async () => {
    const response = await fetch(`${house.url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready' });
  });

  it('says in words why it is not', async () => {
    const ask = async (how: { since?: number; broken?: boolean; stopping?: boolean }) => {
      const readiness = createReadiness({
        stats: { storageUnavailableSince: how.since ?? null },
        healthy: () => (how.broken ? Promise.reject(new Error(CANARY)) : Promise.resolve()),
        stopping: () => how.stopping ?? false,
      });
      const app = new Hono<AppEnv>();
      app.onError(toResponse);
      app.route('/', operationsRoutes({ services: house.server.services, readiness }));
      const response = await app.request('/readyz');
      const body: unknown = await response.json();
      return response.status === 200
        ? 'ready'
        : `${response.status} ${errorSchema.shape.error.shape.message.parse((body as { error: { message: string } }).error.message)}`;
    };
    expect(await ask({})).toBe('ready');
    expect(await ask({ since: 5 })).toBe('503 Not ready: storage takes no writes.');
    expect(await ask({ broken: true })).toBe('503 Not ready: the data cannot be read.');
    expect(await ask({ stopping: true, since: 5 })).toBe(
      '503 Not ready: the server is stopping; storage takes no writes.',
    );
  });
});

describe('/api/operations', () => {
  it('is for administrators', async () => {
    expect((await house.fetch('/api/operations', { as: member })).status).toBe(403);
    expect((await house.fetch('/api/operations', { as: admin })).status).toBe(200);
  });

  it('shows who is where, with titles only of meetings one takes part in, and no words', async () => {
    const theirs = await house.meeting(member);
    const ours = await house.meeting(admin, [[member, ['member']]]);
    await writes(member, `item:${theirs.meeting.id}:${theirs.items[0]}`, CANARY);
    await writes(member, `agenda:${theirs.meeting.id}`, '');
    await writes(admin, `item:${ours.meeting.id}:${ours.items[0]}`, CANARY);
    const raw = await (await house.fetch('/api/operations', { as: admin })).text();
    for (const secret of [CANARY, member.person.id, member.person.name, theirs.items[0]!])
      expect(raw).not.toContain(secret);
    const view = operationsSchema.parse(JSON.parse(raw));
    const at = (id: string) => view.meetings.find((entry) => entry.meetingId === id);
    expect(at(theirs.meeting.id)).toEqual({ meetingId: theirs.meeting.id, title: null, people: 1, connections: 2 });
    expect(at(ours.meeting.id)).toMatchObject({ title: ours.meeting.title, people: 1, connections: 1 });
    expect(view.now).toMatchObject({ people: 2, storageUnavailable: null });
    expect(view.now.connections).toBe(house.server.stats.connections);
    expect(view.backup).toEqual({ nightly: false, last: null });
    expect(view.counts).toMatchObject({ hashDifferences: 0, commitFailures: 0 });
  });
});

describe('the last ten minutes', () => {
  let history: History;

  it('are kept in steps, whoever looks, and add up to the last minute', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
    try {
      const stats = createStats();
      history = createHistory({ stats, people: () => 3, clock: () => Date.now() });
      for (let step = 0; step < 200; step++) {
        stats.updatesIn += 10;
        stats.refused.owner = (stats.refused.owner ?? 0) + 1;
        for (let i = 0; i < 10; i++) observe(stats.persistMs, step >= 188 ? 40 : 2);
        vi.advanceTimersByTime(5_000);
      }
      const samples = history.samples();
      expect(samples).toHaveLength(120);
      expect(samples.at(-1)!.at - samples[0]!.at).toBe(119 * 5_000);
      expect(samples[0]).toMatchObject({ updates: 2, people: 3, refused: 1, commitP50: null });
      expect(samples[0]!.persistP99).toBeLessThanOrEqual(2);
      expect(history.lastMinute()).toMatchObject({ updates: 2, refused: 12, deliveries: 0 });
      expect(history.lastMinute().persistP50).toBeGreaterThan(32);
    } finally {
      history.stop();
      vi.useRealTimers();
    }
  });
});

describe('the log', () => {
  it('names the connection in the relay’s lines, by the id of the request it began with, and repeats nothing', async () => {
    const { meeting, items } = await house.meeting(member);
    const room = `item:${meeting.id}:${items[0]}`;
    const words = new TextEncoder().encode(CANARY);
    const from = house.log.length;
    const strange = [
      // Truncated update, presence cut off, a hash that is none, an unknown type: each with the words in it.
      [0, 2, words.length, ...words],
      [1, words.length + 4, 2, 5, 1, words.length, ...words],
      [125, words.length, ...words],
      [77, ...words],
    ];
    for (const bytes of strange) {
      const client = await openRaw(signedIn(member), room);
      client.send(new Uint8Array(bytes));
      await client.closed;
    }
    const lines = house.log.slice(from).map((line) => JSON.parse(line) as Record<string, unknown>);
    const malformed = lines.filter((line) => line.msg === 'malformed');
    expect(malformed).toHaveLength(3);
    const upgraded = new Set(lines.filter((line) => line.status === 101).map((line) => line.requestId));
    for (const line of malformed) expect(upgraded).toContain(line.connection);
    const log = house.log.join('');
    for (const secret of [CANARY, TOKEN, ...[admin, member].map((who) => who.cookie.split('=')[1]!)])
      expect(log).not.toContain(secret);
  });

  it('has an id on every line of a request, the one the answer and its error carry', async () => {
    for (const [path, as] of [
      ['/api/session', admin],
      ['/api/operations', member],
      ['/api/nothing', undefined],
      ['/metrics', undefined],
      ['/collab/x', undefined],
    ] as const) {
      const from = house.log.length;
      const response = await house.fetch(path, { as });
      const id = response.headers.get('x-request-id') ?? '';
      expect(id).toMatch(/^[0-9a-z]{20}$/);
      if (response.status >= 400) expect(errorSchema.parse(await response.json()).error.requestId).toBe(id);
      const lines = house.log.slice(from).filter((line) => line.includes('"method"'));
      expect(lines.some((line) => line.includes(id))).toBe(true);
      for (const line of lines) expect(line).toContain('"requestId"');
    }
  });

  it('calls an ordinary day ordinary', async () => {
    const quiet = house.log.map((line) => JSON.parse(line) as { level: number; msg: string });
    for (const { level, msg } of quiet) {
      if (msg === 'compacted') expect(level).toBe(20);
      if (msg === 'request') expect(level).toBe(30);
      if (msg === 'malformed') expect(level).toBe(40);
    }
  });
});
