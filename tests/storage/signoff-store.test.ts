/** Why this file exists: contract of what keeps sign-offs: whole changes, one sealing, a log in order, and nothing rewritten. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import { NO_SIGN_OFF } from '#shared/signoff/signoff.ts';
import type { MinutesRevision, SignOffEvent, SignOffStore } from '../../server/signoff/ports.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlSignOffStore } from '../../server/storage/signoff-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';

let db: Database;
let store: SignOffStore;
const meetingId = newId();
const who = { at: 5, personId: 'p', person: 'Sara Lo' };
const event = (kind: SignOffEvent['kind'], detail = ''): SignOffEvent => ({ ...who, kind, part: '', detail });
const revision: MinutesRevision = { ...who, n: 1, json: '{}', sha256: 'a'.repeat(64), language: 'sv', guests: ['Rut'] };
const sealing = () => ({ revision, event: event('sealed', revision.sha256) });

beforeEach(async () => {
  db = kyselyOver(openSqlite(':memory:'));
  await migrate(db as never, migrations);
  store = sqlSignOffStore(db);
  await sqlMeetingStore(db).insert({
    id: meetingId,
    title: 'Samråd',
    body: '',
    registryNumber: '',
    timeZone: 'Europe/Stockholm',
    phase: 'verification',
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
});
afterEach(() => db.destroy());

it('keeps a change with its lines in the log, or nothing of it', async () => {
  expect(await store.get(meetingId)).toEqual(NO_SIGN_OFF);
  const signOff = { ...NO_SIGN_OFF, now: ['i'] };
  expect(await store.change(meetingId, () => ({ signOff, events: [event('now'), event('approved')] }))).toBe(true);
  expect(await store.get(meetingId)).toEqual(signOff);
  await expect(
    store.change(meetingId, (before, meeting, sealed) => {
      expect([before, meeting.title, sealed]).toEqual([signOff, 'Samråd', false]);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await store.change(meetingId, () => null)).toBe(true);
  expect((await store.events(meetingId)).map(({ kind }) => kind)).toEqual(['approved', 'now']);
  expect(await store.change(newId(), () => ({ signOff, events: [] }))).toBe(false);
});

it('locks an item in the same commit, once', async () => {
  const lock = { itemId: 'i', at: 3, by: 'Sara Lo', reason: 'Omedelbart justerad', decided: false };
  for (let n = 0; n < 2; n++) await store.change(meetingId, () => ({ signOff: NO_SIGN_OFF, events: [], lock }));
  const meeting = await sqlMeetingStore(db).get(meetingId);
  expect(meeting?.locks).toEqual([lock]);
  expect(meeting?.version).toBe(3);
});

it('seals once, and only when nothing was written since the mark', async () => {
  const mark = await store.mark();
  await store.change(meetingId, () => ({ signOff: NO_SIGN_OFF, events: [] }));
  expect(await store.seal(meetingId, mark, sealing)).toBe('moved');
  expect(await store.revision(meetingId, 1)).toBeNull();
  await expect(
    store.seal(meetingId, await store.mark(), () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await store.seal(newId(), await store.mark(), sealing)).toBe('missing');
  expect(await store.seal(meetingId, await store.mark(), sealing)).toBe('sealed');
  expect(await store.revision(meetingId, 1)).toEqual(revision);
  expect((await sqlMeetingStore(db).get(meetingId))?.phase).toBe('verified');
  expect((await store.events(meetingId))[0]).toEqual(event('sealed', revision.sha256));
  await expect(store.seal(meetingId, await store.mark(), sealing)).rejects.toThrow();
  await store.change(meetingId, (_, __, sealed) => {
    expect(sealed).toBe(true);
    return null;
  });
});

it('numbers corrections, keeps what was handed out, and rewrites none of it', async () => {
  await store.seal(meetingId, await store.mark(), sealing);
  const correction = (text: string) => ({ ...who, id: newId(), itemId: null, text, reason: 'Fel' });
  const first = await store.correct(meetingId, (_, sealed) => correction(sealed ? 'Ett' : 'Före'));
  const second = await store.correct(meetingId, () => correction('Två'));
  expect([first?.n, second?.n]).toEqual([1, 2]);
  expect((await store.corrections(meetingId)).map(({ text }) => text)).toEqual(['Ett', 'Två']);
  const dispatch = {
    ...who,
    id: newId(),
    to: 'Almvik',
    asked: '{}',
    name: 'protokoll.pdf',
    size: 7,
    sha256: 'b'.repeat(64),
    corrections: 2,
  };
  await store.dispatch(meetingId, () => dispatch);
  expect(await store.dispatches(meetingId)).toEqual([dispatch]);
  expect(await store.correct(newId(), () => correction('Ingens'))).toBeNull();
  for (const table of ['minutes_revision', 'minutes_correction', 'minutes_dispatch', 'minutes_event'] as const) {
    await expect(db.updateTable(table).set({ person: 'Annan' }).execute(), table).rejects.toThrow('sealed');
    await expect(db.deleteFrom(table).execute(), table).rejects.toThrow('sealed');
  }
  await expect(db.updateTable('meeting').set({ phase: 'ongoing' }).execute()).rejects.toThrow('sealed');
  await db.deleteFrom('meeting').where('id', '=', meetingId).execute();
  expect(await store.revision(meetingId, 1)).toBeNull();
});
