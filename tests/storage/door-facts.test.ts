/**
 * Why this file exists: what is read at the door decides who gets in. It must be what is committed, the newest of it,
 * and nothing of a transaction that is still going on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { Asking } from '../../server/meetings/ports.ts';
import { type DoorFacts, openDoorFacts } from '../../server/storage/door-facts.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlOrganisationStore } from '../../server/storage/organisation-store.ts';
import { sqlPeopleStore } from '../../server/storage/people-store.ts';
import { sqlSessionStore } from '../../server/storage/session-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';
import { somebody } from './people-store.contract.ts';

let folder: string;
let raw: DatabaseSync;
let db: Database;
let door: DoorFacts;
const person = somebody();
const organisationId = newId();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'radslag-door-'));
  const file = join(folder, 'data.sqlite');
  raw = openSqlite(file);
  db = kyselyOver(raw);
  await migrate(db as never, migrations);
  door = openDoorFacts(file);
  await sqlOrganisationStore(db).create({ id: organisationId, name: 'Älvdalens kommun', shortName: 'ÄLV', seats: 3 });
  await sqlPeopleStore(db).create(person);
});
afterEach(async () => {
  door.close();
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const asking = (change: Partial<Asking> = {}): Asking => ({
  personId: person.id,
  sessionId: 's',
  now: 100,
  begunAfter: 5,
  ...change,
});

async function makeMeeting(): Promise<string> {
  const id = newId();
  await sqlMeetingStore(db).insert({
    id,
    title: 'Vårens samråd',
    body: '',
    registryNumber: '',
    timeZone: 'Europe/Stockholm',
    phase: 'ongoing',
    agendaOpen: true,
    guestsWrite: false,
    cancelledAt: null,
    archivedAt: 7,
    currentItemId: null,
    createdAt: 1,
    sittings: [],
    noticeNumbers: {},
    participants: [
      {
        personId: person.id,
        title: '',
        organisationId,
        category: 'official',
        party: '',
        roles: ['chair', 'member'],
        absence: '',
        capacity: '',
      },
    ],
  });
  return id;
}

describe('at the door', () => {
  it('a meeting tells what decides access, for this person and this item', async () => {
    const id = await makeMeeting();
    const item = newId();
    await sqlMeetingStore(db).change(id, () => ({
      locks: [{ itemId: item, at: 5, by: 'Maj', reason: '', decided: false }],
    }));
    await sqlSessionStore(db).setSession({
      id: 's',
      userId: person.id,
      expiresAt: new Date(200),
      attributes: { created_at: 10 },
    });
    const state = { phase: 'ongoing', agendaOpen: true, guestsWrite: false, cancelled: false, archived: true };
    const signedIn = true;
    expect(door.access(id, item, asking())).toEqual({ state, roles: ['chair', 'member'], locked: true, signedIn });
    const stranger = { state, roles: null, locked: false, signedIn: false };
    expect(door.access(id, newId(), asking({ personId: newId() }))).toEqual(stranger);
    expect(door.access(id, null, asking())).toMatchObject({ locked: false });
    expect(door.access(newId(), null, asking())).toBeNull();
    for (const dead of [{ sessionId: 't' }, { now: 200 }, { begunAfter: 10 }])
      expect(door.access(id, item, asking(dead))).toMatchObject({ signedIn: false });
  });

  it('a person is shown with the organisation they stand for in that meeting', async () => {
    const id = await makeMeeting();
    const shown = { name: person.name, disabled: false };
    expect(door.person(person.id, id)).toMatchObject({ ...shown, organisation: 'ÄLV' });
    expect(door.person(person.id, newId())).toMatchObject({ ...shown, organisation: '' });
    expect(door.person(person.id, '')).toMatchObject({ ...shown, organisation: '' });
    expect(door.person(newId(), id)).toBeNull();
    await sqlPeopleStore(db).update(person.id, { disabled: true });
    expect(door.person(person.id, id)).toMatchObject({ disabled: true });
  });

  it('sessions are told with their person, and which of many live', async () => {
    const store = sqlSessionStore(db);
    for (const [id, expires, begun] of [
      ['a', 100, 10],
      ['b', 200, 10],
      ['c', 200, 5],
    ] as const)
      await store.setSession({
        id,
        userId: person.id,
        expiresAt: new Date(expires),
        attributes: { created_at: begun },
      });
    expect(door.session('b')).toEqual({
      personId: person.id,
      isAdmin: false,
      isGuest: false,
      isScreen: false,
      disabled: false,
      expiresAt: 200,
      createdAt: 10,
    });
    expect(door.session('d')).toBeNull();
    expect([...door.unexpired(['a', 'b', 'c', 'd'], 100, 5)]).toEqual(['b']);
    expect(door.unexpired([], 0, 0).size).toBe(0);
    await store.deleteSession('b');
    expect(door.session('b')).toBeNull();
  });

  it('what is not committed is not seen, what is committed is seen at once', async () => {
    const id = await makeMeeting();
    raw.exec('begin immediate');
    raw.prepare('update participant set roles = ? where meeting_id = ?').run('["observer"]', id);
    expect(door.access(id, null, asking())?.roles).toEqual(['chair', 'member']);
    raw.exec('commit');
    expect(door.access(id, null, asking())?.roles).toEqual(['observer']);
  });
});
