/**
 * Why this file exists: the real server as the bench needs it: all of it on (accounts, policy, checks, every commit
 * synchronised to disk), with a meeting of a hundred people and a hundred items in the folder named by its argument.
 * Started again on the same folder it goes on with what is there.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { type RunningServer, startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import { type Caller, SYSTEM } from '../../server/services.ts';
import { signInByLink } from '../support/people.ts';
import { type Ready, serveQuestions } from './protocol.ts';

const PEOPLE = 100;
const ITEMS = 100;

/** Makes the people, their sessions, the meeting and its items; returns what clients need. */
async function populate({ services, relay, devLink }: RunningServer): Promise<Omit<Ready, 'url'>> {
  const callers: Caller[] = [];
  const cookies: string[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const { id } = await services.people.create(SYSTEM, { name: `Deltagare ${n + 1}` });
    callers.push({ personId: id, isAdmin: false, sessionId: '' });
    cookies.push((await signInByLink(devLink(id, '/'))).cookie);
  }
  const [creator, ...others] = callers;
  if (!creator) throw new Error('nobody');
  const meeting = await services.meetings.create(creator, { template: 'blank', title: 'Mätning' });
  for (const { personId } of others)
    await services.meetings.addParticipant(creator, meeting.id, { personId, roles: ['member'] });
  const items = Array.from({ length: ITEMS }, () => newId());
  await relay.edit(roomName({ kind: 'agenda', meetingId: meeting.id }), creator.personId, (doc) => {
    for (const id of items) addItem(doc, { id, title: 'Punkt', kind: 'information' });
  });
  return { cookies, rooms: items.map((itemId) => roomName({ kind: 'item', meetingId: meeting.id, itemId })) };
}

const dataDir = process.argv[2];
if (!dataDir) throw new Error('usage: server.ts FOLDER');
const config = parseConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' });
const server = await startServer({ config, devLinks: true });
const known = join(dataDir, 'bench.json');
const made = existsSync(known)
  ? (JSON.parse(readFileSync(known, 'utf8')) as Omit<Ready, 'url'>)
  : await populate(server);
writeFileSync(known, JSON.stringify(made));
process.send?.({ url: server.url, ...made } satisfies Ready);
serveQuestions(() => server.stop());
