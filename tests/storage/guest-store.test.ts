/** Codes, lobbies and guests in SQL: what holds between meetings, and that a claim is whole or not at all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Id, newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import type { GuestChange, GuestStore, NewGuest } from '../../server/guests/ports.ts';
import type { PeopleStore } from '../../server/people/ports.ts';
import { sqlFloorStore } from '../../server/storage/floor-store.ts';
import { sqlGuestStore } from '../../server/storage/guest-store.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlPeopleStore } from '../../server/storage/people-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';
import { sqlWorkshopStore } from '../../server/storage/workshop-store.ts';

let folder: string;
let db: Database;
let store: GuestStore;
let people: PeopleStore;

async function person(name: string): Promise<Id> {
  const id = newId();
  await people.create({
    id,
    name,
    title: '',
    organisationId: null,
    category: 'official',
    party: '',
    email: null,
    isAdmin: false,
    disabled: false,
    password: null,
    language: 'sv',
    createdAt: 1,
  });
  return id;
}

async function meeting(...takePart: [Id, GivenRole][]): Promise<Id> {
  const id = newId();
  await sqlMeetingStore(db).insert({
    id,
    title: 'Samråd i maj',
    body: '',
    registryNumber: '',
    timeZone: 'Europe/Stockholm',
    phase: 'ongoing',
    agendaOpen: true,
    guestsWrite: false,
    cancelledAt: null,
    archivedAt: null,
    currentItemId: null,
    createdAt: 1,
    sittings: [],
    noticeNumbers: {},
    participants: takePart.map(([personId, role]) => ({
      personId,
      title: '',
      organisationId: null,
      category: 'official',
      party: '',
      roles: [role],
      absence: '',
      capacity: '',
    })),
  });
  return id;
}

const open = (code: string): GuestChange => ({ access: { code, open: true, lobby: false, rotatedAt: 1 } });
const guest = (more: Partial<NewGuest> = {}): NewGuest => ({
  personId: newId(),
  name: 'Freja Lindahl',
  organisationId: null,
  organisation: 'Byarörelsen',
  at: 5,
  language: 'sv',
  keyHash: newId(),
  ...more,
});

async function admitted(meetingId: Id, more: Partial<NewGuest> = {}): Promise<NewGuest> {
  const one = guest(more);
  await store.change(meetingId, () => ({ add: one, admit: [one.personId] }));
  return one;
}

async function participants(meetingId: Id): Promise<Id[]> {
  return ((await sqlMeetingStore(db).get(meetingId))?.participants ?? []).map(({ personId }) => personId);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'radslag-guests-'));
  db = kyselyOver(openSqlite(join(folder, 'radslag.sqlite')));
  await migrate(db as never, migrations);
  store = sqlGuestStore(db);
  people = sqlPeopleStore(db);
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

describe('codes', () => {
  it('of open meetings are all different; a closed one keeps its own without holding it', async () => {
    const [one, other] = [await meeting(), await meeting()];
    await store.change(one, () => open('H7KQ4M'));
    expect(await store.meetingOf('H7KQ4M')).toBe(one);
    expect(await store.change(other, () => open('H7KQ4M'))).toBe('code-taken');
    expect((await store.situation(other))?.access).toBeNull();
    await store.change(one, () => ({ access: { code: 'H7KQ4M', open: false, lobby: true, rotatedAt: 2 } }));
    expect(await store.meetingOf('H7KQ4M')).toBeNull();
    expect((await store.situation(one))?.access).toEqual({ code: 'H7KQ4M', open: false, lobby: true, rotatedAt: 2 });
    await store.change(other, () => open('H7KQ4M'));
    expect(await store.meetingOf('H7KQ4M')).toBe(other);
    expect(await store.change(one, () => open('H7KQ4M'))).toBe('code-taken');
    expect(await store.change(newId(), () => open('H7KQ4M'))).toBeNull();
  });
});

describe('a guest who turns out to be somebody of the house', () => {
  it('has spoken as that person, and keeps one place in the line', async () => {
    const [chair, home] = [await person('Bo Sund'), await person('Freja Lindahl')];
    const one = await meeting([chair, 'chair'], [home, 'member']);
    const [{ personId: came }, floors] = [await admitted(one), sqlFloorStore(db)];
    const at = { kind: 'speech' as const, itemId: null, at: 7 };
    const turn = { id: newId(), person: 'Freja', ...at, from: 1, to: 2, seconds: 60 };
    await floors.change(one, ({ floor }) => ({
      ...floor,
      turns: [{ ...turn, personId: came }],
      waiting: [came, chair, home].map((personId) => ({ id: newId(), personId, ...at })),
    }));
    await store.claim(came, home, () => {});
    const now = await floors.situation(one);
    expect(now?.floor.waiting.map(({ personId }) => personId)).toEqual([home, chair]);
    expect(now?.floor.turns).toMatchObject([{ personId: home, person: 'Freja' }]);
    expect(now?.floor.version).toBe(2);
  });
});

describe('guests', () => {
  it('wait, are let in last in the list, and are known by their browser’s key in that meeting alone', async () => {
    const chair = await person('Bo Sund');
    const [one, other] = [await meeting([chair, 'chair']), await meeting()];
    const waiting = guest({ keyHash: 'nyckel' });
    await store.change(one, () => ({ add: waiting }));
    expect(await store.guest(waiting.personId)).toMatchObject({ meetingId: one, state: 'waiting' });
    expect((await store.situation(one))?.waiting).toMatchObject([
      { name: 'Freja Lindahl', organisation: 'Byarörelsen' },
    ]);
    expect(await participants(one)).toEqual([chair]);
    await store.change(one, () => ({ admit: [waiting.personId] }));
    expect(await participants(one)).toEqual([chair, waiting.personId]);
    expect((await store.situation(one))?.waiting).toEqual([]);
    expect(await store.byKey(one, 'nyckel')).toMatchObject({ personId: waiting.personId, state: 'in' });
    expect(await store.byKey(other, 'nyckel')).toBeNull();
    expect(await store.guest(chair)).toBeNull();
    expect((await people.list()).map(({ id }) => id)).toEqual([chair]);
  });

  it('go with their sessions; nobody else does, whoever is named', async () => {
    const chair = await person('Bo Sund');
    const [one, other] = [await meeting([chair, 'chair']), await meeting()];
    const [mine, theirs] = [await admitted(one), await admitted(other)];
    for (const id of [chair, mine.personId, theirs.personId])
      await db
        .insertInto('session')
        .values({ id, user_id: id, expires_at: Date.now() + 60_000, created_at: 1 })
        .execute();
    expect((await store.situation(one))?.signedIn).toEqual(new Set([chair, mine.personId]));
    await store.change(one, () => ({ end: [chair, mine.personId, theirs.personId] }));
    expect(await participants(one)).toEqual([chair]);
    expect(await participants(other)).toEqual([theirs.personId]);
    const left = await db.selectFrom('session').select('id').execute();
    expect(left.map(({ id }) => id).toSorted()).toEqual([chair, theirs.personId].toSorted());
    expect(await store.guest(mine.personId)).toMatchObject({ state: 'gone' });
    expect(await store.byKey(one, mine.keyHash)).toBeNull();
    // What was written goes on bearing the name.
    expect((await people.get(mine.personId))?.name).toBe('Freja Lindahl');
  });

  it('who are turned away in the lobby leave nothing', async () => {
    const one = await meeting();
    const waiting = guest();
    await store.change(one, () => ({ add: waiting }));
    await store.change(one, () => ({ end: [waiting.personId] }));
    expect(await people.get(waiting.personId)).toBeNull();
  });

  it('whose coming is refused in the deciding are not there', async () => {
    const one = await meeting();
    await expect(
      store.change(one, () => {
        throw new Error('taken');
      }),
    ).rejects.toThrow('taken');
    expect(await participants(one)).toEqual([]);
  });
});

describe('a claim', () => {
  /** A workshop of one round in which `members` are placed, group by group. */
  async function workshop(meetingId: Id, members: Id[][], scribes: Id[]): Promise<Id> {
    const itemId = newId();
    await sqlWorkshopStore(db).change(meetingId, itemId, () => {
      const prompts = [{ heading: 'Vad vet vi?', help: '', minutes: 0 }];
      const made = newWorkshop({ meetingId, itemId, prompts, groups: 0, minutes: 10, language: 'sv', scribes });
      const groups = members.map((of, n) => ({
        id: newId(),
        name: `Grupp ${n + 1}`,
        topic: '',
        place: '',
        colour: n,
        state: 'open' as const,
        extraMs: 0,
        members: of,
      }));
      return { ...made, rounds: made.rounds.map((round) => ({ ...round, groups })) };
    });
    return itemId;
  }

  it('hands over the place, the groups and the scribe’s pen, and ends the guest', async () => {
    const account = await person('Karin Holm');
    const one = await meeting();
    const { personId } = await admitted(one);
    const itemId = await workshop(one, [[personId], []], [personId]);
    expect(await store.claim(personId, account, () => {})).toEqual({ meetingId: one });
    expect(await participants(one)).toEqual([account]);
    const after = await sqlWorkshopStore(db).get(one, itemId);
    expect(after?.rounds[0]?.groups.map(({ members }) => members)).toEqual([[account], []]);
    expect(after?.summary.scribes).toEqual([account]);
    const doors = await db.selectFrom('group_member').select('person_id').execute();
    expect(doors).toEqual([{ person_id: account }]);
    expect(await people.get(personId)).toMatchObject({ claimedBy: account, disabled: true });
    expect(await store.claim(personId, account, () => {})).toBe('gone');
  });

  it('leaves somebody who takes part where they are: nobody is in two groups of a round', async () => {
    const account = await person('Karin Holm');
    const one = await meeting([account, 'member']);
    const { personId } = await admitted(one);
    const itemId = await workshop(one, [[personId], [account]], []);
    await store.claim(personId, account, () => {});
    expect(await participants(one)).toEqual([account]);
    const after = await sqlWorkshopStore(db).get(one, itemId);
    expect(after?.rounds[0]?.groups.map(({ members }) => members)).toEqual([[], [account]]);
  });

  it('by another guest, of somebody unknown, or refused, changes nothing', async () => {
    const account = await person('Karin Holm');
    const one = await meeting();
    const [first, second] = [await admitted(one), await admitted(one)];
    expect(await store.claim(first.personId, second.personId, () => {})).toBe('gone');
    expect(await store.claim(account, account, () => {})).toBe('gone');
    expect(await store.claim(first.personId, newId(), () => {})).toBe('gone');
    await expect(
      store.claim(first.personId, account, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await participants(one)).toEqual([first.personId, second.personId]);
  });
});
