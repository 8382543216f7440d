/** Why this file exists: the contract of what keeps notices: versions for good, one value a meeting, a queue that gives each mail once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { MailStore, NoticeStore } from '../../server/notice/ports.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlMailStore, sqlNoticeStore } from '../../server/storage/notice-store.ts';
import { sqlPeopleStore } from '../../server/storage/people-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';

let db: Database;
let store: NoticeStore;
let mails: MailStore;
const meetingId = newId();
const people = [newId(), newId()];
beforeEach(async () => {
  db = kyselyOver(openSqlite(':memory:'));
  await migrate(db as never, migrations);
  store = sqlNoticeStore(db);
  mails = sqlMailStore(db);
  await sqlMeetingStore(db).insert({
    id: meetingId,
    title: 'Samråd',
    body: '',
    registryNumber: '',
    timeZone: 'Europe/Stockholm',
    phase: 'preparation',
    agendaOpen: true,
    guestsWrite: false,
    cancelledAt: null,
    archivedAt: null,
    currentItemId: null,
    createdAt: 1,
    sittings: [],
    noticeNumbers: {},
    participants: [],
  });
  for (const id of people)
    await sqlPeopleStore(db).create({
      id,
      name: 'Asta Berg',
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
});
afterEach(() => db.destroy());

const version = (json: string) => ({ json, sha256: 'a'.repeat(64), at: 5, by: 'Olof Ahl', mailed: false });
const publish = (json: string, ...addresses: string[]) =>
  store.publish(meetingId, () => ({
    version: version(json),
    numbers: {},
    mails: addresses.map((address, n) => ({ id: newId(), personId: people[n]!, address })),
  }));

describe('what is prepared and answered', () => {
  it('is nothing until somebody says something, and one value from then on', async () => {
    expect(await store.get(meetingId)).toMatchObject({ record: { message: '', replies: [], version: 0 }, last: 0 });
    expect(await store.get(newId())).toBeNull();
    const done = await store.change(meetingId, ({ record }) => ({ ...record, message: 'Välkomna' }));
    expect(done).toMatchObject({ changed: true, record: { message: 'Välkomna', version: 1 } });
    expect(await store.change(meetingId, ({ record }) => ({ ...record }))).toMatchObject({
      changed: false,
      record: { version: 1 },
    });
    expect(await store.change(newId(), ({ record }) => record)).toBeNull();
  });

  it('is not written when the decision throws', async () => {
    const no = store.change(meetingId, () => {
      throw new Error('no');
    });
    await expect(no).rejects.toThrow('no');
    expect((await store.get(meetingId))?.record.version).toBe(0);
  });
});

describe('versions', () => {
  it('are numbered from one and stay the bytes they were', async () => {
    expect(await publish('{"ett":1}')).toMatchObject({ last: 1 });
    expect(await publish('{"två":2}')).toMatchObject({ last: 2 });
    expect((await store.versions(meetingId)).map(({ number, json }) => [number, json])).toEqual([
      [1, '{"ett":1}'],
      [2, '{"två":2}'],
    ]);
    expect(await store.version(meetingId, 3)).toBeNull();
    expect(await store.version(newId(), 1)).toBeNull();
    // No function of the store writes one again, and neither may anything else.
    const again = db
      .insertInto('notice_version')
      .values({ meeting_id: meetingId, number: 1, ...version('{}'), mailed: 0 });
    await expect(again.execute()).rejects.toThrow(/UNIQUE/);
  });

  it('are not kept when the decision throws, and neither are their mails', async () => {
    await expect(
      store.publish(meetingId, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const twice = store.publish(meetingId, () => ({
      version: version('{}'),
      numbers: {},
      mails: [1, 2].map(() => ({ id: newId(), personId: people[0]!, address: 'a@b.se' })),
    }));
    await expect(twice).rejects.toThrow(/UNIQUE/);
    expect([await store.versions(meetingId), await store.mails(meetingId)]).toEqual([[], []]);
  });

  it('go with their meeting', async () => {
    await publish('{}', 'a@b.se');
    await store.putLink('hash', { meetingId, personId: people[0]!, at: 1 });
    expect(await store.link('hash')).toEqual({ meetingId, personId: people[0] });
    await db.deleteFrom('meeting').where('id', '=', meetingId).execute();
    expect([await store.versions(meetingId), await store.mails(meetingId), await store.link('hash')]).toEqual([
      [],
      [],
      null,
    ]);
  });
});

describe('the queue', () => {
  it('gives each mail once', async () => {
    await publish('{}', 'a@b.se', 'c@d.se');
    const [one, two, none] = [await mails.claim(10), await mails.claim(10), await mails.claim(10)];
    expect([one?.address, two?.address].sort()).toEqual(['a@b.se', 'c@d.se']);
    expect([one?.state, none]).toEqual(['sending', null]);
  });

  it('gives what is to be tried again when that is due', async () => {
    await publish('{}', 'a@b.se');
    const mail = (await mails.claim(10))!;
    await mails.settle(mail.id, { state: 'queued', reason: '451 Senare', attempts: 1, nextAt: 100, at: 10 });
    expect([await mails.claim(99), await mails.nextDue()]).toEqual([null, 100]);
    expect(await mails.claim(100)).toMatchObject({ attempts: 1, state: 'sending' });
    expect(await mails.nextDue()).toBeNull();
  });

  it('keeps what became of one, and nothing of it changes afterwards', async () => {
    await publish('{}', 'a@b.se');
    const mail = (await mails.claim(10))!;
    await mails.settle(mail.id, { state: 'handed', reason: '250 OK', attempts: 1, nextAt: 0, at: 11 });
    await mails.settle(mail.id, { state: 'refused', reason: 'nej', attempts: 2, nextAt: 0, at: 12 });
    expect(await store.mails(meetingId)).toMatchObject([{ state: 'handed', reason: '250 OK', at: 11 }]);
    expect(await store.requeue(mail.id, 'a@b.se', 13)).toBe(false);
    expect(await mails.claim(99)).toBeNull();
  });

  it('does not give again what a process that died may have handed over, unless somebody says so', async () => {
    await publish('{}', 'a@b.se', 'c@d.se');
    const mail = (await mails.claim(10))!;
    expect(await mails.abandoned(20, '@stopped')).toEqual([meetingId]);
    expect((await store.mails(meetingId)).map(({ state }) => state).sort()).toEqual(['queued', 'uncertain']);
    expect(await mails.claim(99)).not.toMatchObject({ id: mail.id });
    expect(await mails.claim(99)).toBeNull();
    expect(await store.requeue(mail.id, 'ny@b.se', 30)).toBe(true);
    expect(await mails.claim(99)).toMatchObject({ id: mail.id, address: 'ny@b.se' });
  });
});
