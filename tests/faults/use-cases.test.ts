/**
 * Why this file exists: every statement that a use case writes with fails once. Whoever asked hears of it or does not
 * notice; what is stored is all of the change or nothing of it; and asking again does it.
 */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, SYSTEM } from '../../server/services.ts';
import { faultySqlite, type InProcess, openInProcess } from './in-process.ts';

let host: InProcess;
let nextName = 0;

beforeAll(async () => {
  host = await openInProcess({ people: 3 });
});
afterEach(() => faultySqlite.clear());
afterAll(() => host.close());

const owner = (): Caller => ({ personId: host.house.people[0]!, isAdmin: false, sessionId: '' });
const name = (): string => `Namn ${nextName++}`;
const WRITES = /^\s*(insert|update|delete|begin immediate|commit)/i;

/** Everything stored but the rooms' words, which have a journal of their own. */
function dump(): Map<string, string> {
  const db = new DatabaseSync(host.file, { readOnly: true });
  try {
    const tables = db.prepare("select name from sqlite_schema where type = 'table' order by name").all();
    return new Map(
      tables
        .map((row) => String(row.name))
        .filter((table) => !/^(room|checkpoint|sqlite_)/.test(table))
        .map((table) => [table, JSON.stringify(db.prepare(`select * from "${table}" order by rowid`).all())]),
    );
  } finally {
    db.close();
  }
}

/** Names of the tables that are not as they were. */
const changed = (before: ReadonlyMap<string, string>): string[] =>
  [...dump()].filter(([table, rows]) => before.get(table) !== rows).map(([table]) => table);

/** A use case: prepares what it needs and gives what is to be done, which can be tried twice. */
type UseCase = () => Promise<() => Promise<unknown>>;

const meeting = async (): Promise<{ id: string; version: number }> =>
  host.server.services.meetings.create(owner(), { template: 'working', title: name() });
const SITTING = { date: '2031-05-04', start: '09:00', end: '11:00', venue: '', room: '', address: '', link: '' };

const USE_CASES: Record<string, UseCase> = {
  'a person is added': async () => {
    const who = { name: name(), email: null };
    return () => host.server.services.people.create(SYSTEM, who);
  },
  'a person is shut out': async () => {
    const person = await host.server.services.people.create(SYSTEM, { name: name(), email: null });
    await host.server.services.sessions.begin(person.id);
    return () => host.server.services.people.update(SYSTEM, person.id, { disabled: true });
  },
  'an organisation is added': async () => {
    const what = { name: name(), shortName: `O${nextName}` };
    return () => host.server.services.organisations.create(SYSTEM, what);
  },
  'somebody signs in': async () => () => host.server.services.sessions.begin(host.house.people[1]!),
  'somebody signs out': async () => {
    const { caller } = await host.server.services.sessions.begin(host.house.people[1]!);
    return () => host.server.services.sessions.end(caller.sessionId);
  },
  'a link is made': async () => {
    const person = await host.server.services.people.create(SYSTEM, { name: name(), email: `p${nextName}@exempel.se` });
    return () => host.server.services.links.invite(SYSTEM, person.id);
  },
  'a link is used': async () => {
    const person = await host.server.services.people.create(SYSTEM, { name: name(), email: `p${nextName}@exempel.se` });
    const { url } = await host.server.services.links.invite(SYSTEM, person.id);
    const token = url.split(/[#/=]/).at(-1)!;
    return () => host.server.services.links.use({ token, password: 'ett långt lösenord för prov' });
  },
  'a meeting is made': async () => {
    const input = { template: 'working' as const, title: name() };
    return () => host.server.services.meetings.create(owner(), input);
  },
  'a meeting gets its days': async () => {
    const { id } = await meeting();
    return () => host.server.services.meetings.update(owner(), id, { title: name(), sittings: [SITTING, SITTING] });
  },
  'a meeting is copied': async () => {
    const { id } = await meeting();
    return () => host.server.services.meetings.copy(owner(), id);
  },
  'the phase changes': async () => {
    const { id, version } = await meeting();
    return () => host.server.services.meetings.changePhase(owner(), id, { phase: 'ongoing', version });
  },
  'a participant is added': async () => {
    const { id } = await meeting();
    return () =>
      host.server.services.meetings.addParticipant(owner(), id, { personId: host.house.people[2]!, roles: ['member'] });
  },
  'a participant is taken away': async () => {
    const { id } = await meeting();
    const personId = host.house.people[2]!;
    await host.server.services.meetings.addParticipant(owner(), id, { personId, roles: ['member'] });
    return () => host.server.services.meetings.removeParticipant(owner(), id, personId);
  },
  'an item is locked': async () => {
    const { meetingId, rooms } = host.house;
    const itemId = rooms[nextName++ % rooms.length]!.split(':').at(-1)!;
    await host.server.services.meetings.unlockItem(owner(), meetingId, itemId);
    return () => host.server.services.meetings.lockItem(owner(), meetingId, itemId, { reason: '' });
  },
  'a meeting is put away': async () => {
    const { id } = await meeting();
    return () => host.server.services.meetings.setArchived(owner(), id, true);
  },
};

describe('F06 each statement fails once when', () => {
  it.each(Object.keys(USE_CASES))('%s', async (title) => {
    const prepare = USE_CASES[title]!;
    const dry = await prepare();
    faultySqlite.written = [];
    await dry();
    const statements = faultySqlite.written;
    faultySqlite.written = null;
    expect(statements.length).toBeGreaterThan(0);
    for (const [n, statement] of statements.entries())
      for (const effect of ['io', 'full', 'busy'] as const) {
        const what = `${effect} at ${n + 1}: ${statement.slice(0, 50)}`;
        const act = await prepare();
        const before = dump();
        faultySqlite.arm({ match: WRITES, effect, after: n, times: 1 });
        const outcome = await act().then(
          () => 'done' as const,
          (error: unknown) => ({ error }),
        );
        expect(faultySqlite.clear(), what).toBe(1);
        if (outcome === 'done') {
          expect(changed(before), what).not.toEqual([]);
          continue;
        }
        expect(changed(before), `${what}: half of it is there`).toEqual([]);
        await act();
        expect(changed(before), `${what}: asked again`).not.toEqual([]);
      }
  });

  it('and over HTTP the answer says that it could not be stored', async () => {
    faultySqlite.arm({ match: /^update "meeting"/i, effect: 'full', times: 1 });
    const answer = await fetch(`${host.server.url}/api/meetings/${host.house.meetingId}`, {
      method: 'PATCH',
      headers: {
        cookie: host.house.cookies[0]!,
        origin: host.server.url,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ title: 'Nytt namn' }),
    });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'storage' } });
  });
});
