/**
 * Why this file exists: the program as a process of its own whose disk the test can break. It starts the same server as
 * `npm start` does, with a small house in it (people and a meeting, made at the first start), and takes orders from the
 * test through its parent's channel. Settings: DATA_DIR, PORT, PEOPLE, LIMITS (JSON), JOURNAL=here puts the journal's
 * statements on this thread, where they can be broken one by one; otherwise they are in their own thread as always.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';
import { readItems } from '#shared/agenda.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type RunningServer, startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import type { RelayLimits } from '../../server/relay/limits.ts';
import type { Relay } from '../../server/relay/ports.ts';
import { SYSTEM } from '../../server/services.ts';
import { SqliteUpdateStore } from '../../server/storage/update-store.ts';
import type { HouseLine, Order } from './faulty-process.ts';
import { faultySqlite } from './faulty-sqlite.ts';

const env = process.env;
const config = parseConfig(env);
const kept = join(config.dataDir, 'house.json');

/** What tests write in: one empty paragraph. */
function layParagraph(relay: Relay, room: string, personId: string): Promise<void> {
  return relay.edit(room, personId, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText()]);
    const notes = doc.getXmlFragment(NOTES_FRAGMENT);
    notes.delete(0, notes.length);
    notes.insert(0, [paragraph]);
  });
}

async function furnish(server: RunningServer, people: number): Promise<Omit<HouseLine, 'url'>> {
  const { services, relay } = server;
  const cookies: string[] = [];
  const ids: string[] = [];
  for (let n = 0; n < people; n++) {
    const person = await services.people.create(SYSTEM, { name: `Person ${n + 1}`, email: null });
    const { token } = await services.sessions.begin(person.id);
    cookies.push(`radslag=${token}`);
    ids.push(person.id);
  }
  const [owner = '', ...others] = ids;
  const caller = { personId: owner, isAdmin: false, sessionId: '' };
  const meeting = await services.meetings.create(caller, { template: 'working', title: 'Provmöte' });
  for (const personId of others)
    await services.meetings.addParticipant(caller, meeting.id, { personId, roles: ['member'] });
  const items = await relay.read(`agenda:${meeting.id}`, (doc) => readItems(doc).map((item) => item.id));
  const rooms = items.map((id) => `item:${meeting.id}:${id}`);
  for (const room of rooms) await layParagraph(relay, room, owner);
  return { meetingId: meeting.id, rooms, cookies, people: ids };
}

const readHouse = () => JSON.parse(readFileSync(kept, 'utf8')) as Omit<HouseLine, 'url'>;

async function obey(server: RunningServer, order: Order): Promise<unknown> {
  switch (order.do) {
    case 'arm':
      return faultySqlite.arm({ ...order.fault, match: new RegExp(order.fault.match, 'i') });
    case 'clear':
      return faultySqlite.clear();
    case 'pragma':
      return faultySqlite.pragma(order.text);
    case 'memory':
      global.gc?.();
      return process.memoryUsage();
    case 'room': {
      const { meetingId, rooms, people } = readHouse();
      const caller = { personId: people[0] ?? '', isAdmin: false, sessionId: '' };
      const first = rooms[0]?.split(':').at(-1) ?? '';
      const { itemId } = await server.services.meetings.splitItem(caller, meetingId, first, {
        blocks: [],
        title: 'Ännu en punkt',
      });
      const room = `item:${meetingId}:${itemId}`;
      await layParagraph(server.relay, room, caller.personId);
      return room;
    }
    case 'read':
      return server.relay.read(order.room, (doc) => doc.getXmlFragment(NOTES_FRAGMENT).toString());
  }
}

const server = await startServer({
  config,
  dist: '/nonexistent',
  passwordCost: { ln: 4, r: 8, p: 1 },
  limits: JSON.parse(env.LIMITS ?? '{}') as Partial<RelayLimits>,
  ...(env.JOURNAL === 'here'
    ? { openUpdates: (file: string) => new SqliteUpdateStore({ file, threaded: false }) }
    : {}),
});
process.once('SIGTERM', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.on('message', ({ id, order }: { id: number; order: Order }) => {
  obey(server, order).then(
    (value) => process.send?.({ id, value: value ?? null }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
if (!existsSync(kept)) writeFileSync(kept, JSON.stringify(await furnish(server, Number(env.PEOPLE ?? 6))));
console.log(JSON.stringify({ url: server.url, ...readHouse() } satisfies HouseLine));
