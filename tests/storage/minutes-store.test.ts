/** Why this file exists: how a protocol is set is kept per meeting, changed whole or not at all, and gone with its meeting. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { MinutesStore } from '../../server/minutes/ports.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlMinutesStore } from '../../server/storage/minutes-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';

let db: Database;
let store: MinutesStore;
const meetingId = newId();
beforeEach(async () => {
  db = kyselyOver(openSqlite(':memory:'));
  await migrate(db as never, migrations);
  store = sqlMinutesStore(db);
  await sqlMeetingStore(db).insert({
    id: meetingId,
    title: 'Samråd',
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
    participants: [],
  });
});
afterEach(() => db.destroy());

it('is nothing of its own until somebody chooses, and what was chosen last from then on', async () => {
  expect(await store.get(meetingId)).toEqual({ style: null });
  for (const style of ['notes', 'decisions', null] as const) {
    expect(await store.change(meetingId, () => ({ style }))).toEqual({ style });
    expect(await store.get(meetingId)).toEqual({ style });
  }
});

it('is decided on what is kept, and not written when the decision throws', async () => {
  await store.change(meetingId, (setting, meeting) => {
    expect([setting.style, meeting.title]).toEqual([null, 'Samråd']);
    return { style: 'notes' };
  });
  await expect(
    store.change(meetingId, (setting) => {
      expect(setting.style).toBe('notes');
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await store.get(meetingId)).toEqual({ style: 'notes' });
});

it('belongs to a meeting that is there', async () => {
  expect(await store.change(newId(), () => ({ style: 'notes' }))).toBeNull();
  await store.change(meetingId, () => ({ style: 'notes' }));
  await db.deleteFrom('meeting').where('id', '=', meetingId).execute();
  expect(await db.selectFrom('minutes').selectAll().execute()).toEqual([]);
});
