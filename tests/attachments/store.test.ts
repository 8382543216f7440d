/**
 * Attachments as they are kept: a list and its bytes, both or neither. What a cut, a lost disk or a hand in the data leaves is put in
 * order by the janitor, and the protocol of the meeting can be composed throughout.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { arrange, withoutNotice } from '#shared/agenda-tree.ts';
import { added, removed } from '#shared/attachments/changes.ts';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import { newId } from '#shared/ids.ts';
import { attachmentsForMinutes } from '../../server/attachments/for-minutes.ts';
import type { AttachmentStore, UploadKey } from '../../server/attachments/ports.ts';
import { sqlAttachmentStore } from '../../server/storage/attachment-store.ts';
import { sqlMeetingStore } from '../../server/storage/meeting-store.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrations } from '../../server/storage/migrations.ts';
import { sqlPeopleStore } from '../../server/storage/people-store.ts';
import { type Database, kyselyOver, openSqlite } from '../../server/storage/sqlite.ts';

let db: Database;
let store: AttachmentStore;
const meetingId = newId();
const itemId = newId();
const personId = newId();
const AGENDA = arrange([], withoutNotice([]));
const never = { idleBefore: 0, removedBefore: 0 };

beforeEach(async () => {
  db = kyselyOver(openSqlite(':memory:'));
  await migrate(db as never, migrations);
  store = sqlAttachmentStore(db);
  await sqlPeopleStore(db).create({
    id: personId,
    name: 'Sanna Kvist',
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

const nothing = (): void => {};

async function begun(size: number, at = 1000): Promise<UploadKey & { fileId: string }> {
  const key = { meetingId, personId, uploadId: newId(), fileId: newId() };
  await store.begin({ ...key, itemId, name: 'a.txt', size, before: null, at }, nothing);
  return key;
}
async function whole(size = 10, at = 1000): Promise<string> {
  const key = await begun(size, at);
  for (let from = 0; from < size; from += PIECE_BYTES)
    await store.append(key, from, new Uint8Array(Math.min(PIECE_BYTES, size - from)), at, nothing);
  await store.finish(key, { sha256: 'x', now: at }, ({ attachments }) =>
    added(
      attachments,
      AGENDA,
      { id: key.fileId, name: 'a.txt', kind: 'text', plain: false, size, sha256: 'x', at, by: personId },
      { itemId, before: null },
    ),
  );
  return key.fileId;
}
const entries = async () => (await store.get(meetingId))?.attachments.entries ?? [];

describe('what is kept', () => {
  it('is a list that counts its changes, decided on what is there, and not written when the decision throws', async () => {
    await whole();
    const after = await store.change(meetingId, ({ attachments }) => {
      expect(attachments).toMatchObject({ version: 1, frozenAt: null });
      return { ...attachments, frozenAt: 5 };
    });
    expect(after).toMatchObject({ changed: true, attachments: { version: 2, frozenAt: 5 } });
    expect(await store.change(meetingId, ({ attachments }) => ({ ...attachments }))).toMatchObject({ changed: false });
    await expect(
      store.change(meetingId, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await store.get(meetingId))?.attachments.version).toBe(2);
    expect(await store.change(newId(), ({ attachments }) => attachments)).toBeNull();
    expect(await store.get(newId())).toBeNull();
  });

  it('is an upload until it is done: pieces in order, each once; the file and its entry at the same moment', async () => {
    const size = PIECE_BYTES + 3;
    const key = await begun(size);
    expect(
      await store.begin({ ...key, fileId: newId(), itemId, name: 'b', size: 1, before: null, at: 2 }, () => {
        throw new Error('not asked for one that is there');
      }),
    ).toMatchObject({ fileId: key.fileId, size, received: 0, done: false });
    const first = new Uint8Array(PIECE_BYTES).fill(1);
    expect(await store.append(key, PIECE_BYTES, first, 3, nothing)).toMatchObject({ received: 0 });
    expect(await store.append(key, 0, first, 3, nothing)).toMatchObject({ received: PIECE_BYTES, at: 3 });
    expect(await store.append(key, 0, new Uint8Array(PIECE_BYTES), 4, nothing)).toMatchObject({
      received: PIECE_BYTES,
    });
    expect(await store.append({ ...key, meetingId: newId() }, 0, first, 3, nothing)).toBeNull();
    await store.append(key, PIECE_BYTES, new Uint8Array(3), 5, nothing);
    expect(await store.sizeOf(key.fileId)).toBeNull();
    await expect(
      store.finish(key, { sha256: 'x', now: 6 }, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect([await store.sizeOf(key.fileId), (await store.upload(key))?.done]).toEqual([null, false]);
    await store.finish(key, { sha256: 'x', now: 6 }, ({ attachments }) => attachments);
    expect([await store.sizeOf(key.fileId), (await store.upload(key))?.done]).toEqual([size, true]);
    expect((await store.piece(key.fileId, 0))?.[7]).toBe(1);
    expect([(await store.piece(key.fileId, 1))?.byteLength, await store.piece(key.fileId, 2)]).toEqual([3, null]);
    // Done once: whoever asks again hears what is, and nothing is decided anew.
    const again = await store.finish(key, { sha256: 'y', now: 7 }, () => {
      throw new Error('decided twice');
    });
    expect(again?.meeting.id).toBe(meetingId);
    // What is done cannot be given up.
    await store.abandon(key);
    expect(await store.sizeOf(key.fileId)).toBe(size);
  });

  it('counts what is open and how much there is', async () => {
    await whole(10);
    await begun(7);
    const key = { meetingId, personId, uploadId: newId(), fileId: newId() };
    await store.begin({ ...key, itemId, name: 'a', size: 1, before: null, at: 1 }, (_, open, bytes) =>
      expect([open, bytes]).toEqual([1, 17]),
    );
    await store.abandon(key);
    expect(await store.upload(key)).toBeNull();
  });
});

describe('F53 the janitor', () => {
  it('changes nothing where all is well', async () => {
    await whole();
    await begun(5);
    expect(await store.sweep(never)).toEqual({ strayPieces: 0, uploads: 0, lost: 0, cleared: 0 });
    expect(await entries()).toMatchObject([{ gone: false }]);
  });

  it('gives up an upload nobody goes on with, and lets its pieces go', async () => {
    const key = await begun(PIECE_BYTES + 1, 1000);
    await store.append(key, 0, new Uint8Array(PIECE_BYTES), 1000, nothing);
    expect(await store.sweep({ idleBefore: 1000, removedBefore: 0 })).toMatchObject({ uploads: 0, strayPieces: 0 });
    expect(await store.sweep({ idleBefore: 1001, removedBefore: 0 })).toMatchObject({ uploads: 1, strayPieces: 1 });
    expect(await store.piece(key.fileId, 0)).toBeNull();
  });

  it('marks an attachment whose bytes are not all there, and lets go of bytes nobody names', async () => {
    const [kept, headless, bodiless, cut] = [await whole(), await whole(), await whole(), await whole(PIECE_BYTES + 1)];
    await db.deleteFrom('attachment_file').where('id', '=', headless!).execute();
    await db.deleteFrom('attachment_piece').where('file_id', '=', bodiless!).execute();
    await db.deleteFrom('attachment_piece').where('file_id', '=', cut!).where('n', '=', 1).execute();
    for (let n = 0; n < 40; n++)
      await db
        .insertInto('attachment_piece')
        .values({ file_id: newId(), n, bytes: new Uint8Array(1) })
        .execute();
    const stray = newId();
    await db
      .insertInto('attachment_file')
      .values({ id: stray, meeting_id: meetingId, size: 0, sha256: '', at: 1 })
      .execute();
    expect(await store.sweep(never)).toMatchObject({ lost: 3, strayPieces: 41 });
    expect(Object.fromEntries((await entries()).map(({ id, gone }) => [id, gone]))).toEqual({
      [kept!]: false,
      [headless!]: true,
      [bodiless!]: true,
      [cut!]: true,
    });
    expect(await store.sizeOf(stray)).toBeNull();
    expect(await store.sweep(never)).toEqual({ strayPieces: 0, uploads: 0, lost: 0, cleared: 0 });
  });

  it('clears away what was removed long ago; a number that was fixed is remembered', async () => {
    const [a, b] = [await whole(), await whole()];
    await store.change(meetingId, ({ attachments }) => {
      const marked = {
        ...attachments,
        entries: attachments.entries.map((one) => (one.id === b ? { ...one, number: '1.2' } : one)),
      };
      return removed(removed(marked, a, personId, 50), b, personId, 50);
    });
    expect(await store.sweep({ idleBefore: 0, removedBefore: 50 })).toMatchObject({ cleared: 0 });
    expect(await store.sweep({ idleBefore: 0, removedBefore: 51 })).toMatchObject({ cleared: 2, strayPieces: 2 });
    expect(await entries()).toMatchObject([{ id: b, number: '1.2', gone: true }]);
    expect([await store.sizeOf(a), await store.sizeOf(b)]).toEqual([null, null]);
  });

  it('and the protocol lists what the meeting had, with bytes or without', async () => {
    const id = await whole();
    await db.deleteFrom('attachment_piece').execute();
    await store.sweep(never);
    const doc = new Y.Doc();
    addItem(doc, { id: itemId, title: 'Budget', kind: 'decision', sitting: '' });
    const port = attachmentsForMinutes(store, { read: async (_room, of) => of(doc) });
    const { meeting } = (await store.get(meetingId))!;
    const lists = await port.attachments({ meeting, language: 'sv' }, () => '1');
    expect(lists.get(itemId)).toMatchObject([{ id, label: 'Bilaga 1.1', name: 'a.txt' }]);
  });
});

it('is gone with its meeting', async () => {
  const id = await whole();
  await db.deleteFrom('meeting').execute();
  expect(await store.sizeOf(id)).toBeNull();
  expect(await store.sweep(never)).toMatchObject({ strayPieces: 1 });
});
