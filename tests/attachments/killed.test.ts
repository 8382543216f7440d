/**
 * Why this file exists: the process is killed while a file comes in. After the restart the attachment is there whole or not at all;
 * what had come is kept, and the upload goes on from there.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { AttachmentsView, UploadView } from '#shared/attachments/api.ts';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import { newId } from '#shared/ids.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { call, type SignedIn } from '../support/people.ts';
import { freePort, temporaryFolder } from '../support/server-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

type Moment = readonly [
  match: string,
  effect: 'kill-before' | 'kill-after',
  at: 'piece' | 'finish',
  received: 1 | 2 | 3,
  done: boolean,
];
const MOMENTS: readonly Moment[] = [
  ['insert into "attachment_piece"', 'kill-before', 'piece', 1, false],
  ['insert into "attachment_piece"', 'kill-after', 'piece', 1, false],
  ['update "attachment_upload"', 'kill-after', 'piece', 1, false],
  ['commit', 'kill-before', 'piece', 1, false],
  ['commit', 'kill-after', 'piece', 2, false],
  ['insert into "attachment_file"', 'kill-after', 'finish', 3, false],
  ['update "attachment_upload"', 'kill-after', 'finish', 3, false],
  ['insert into "attachment_list"', 'kill-after', 'finish', 3, false],
  ['commit', 'kill-before', 'finish', 3, false],
  ['commit', 'kill-after', 'finish', 3, true],
];
const BYTES = Buffer.alloc(PIECE_BYTES * 2 + 7, 'bilaga\n');

async function answer<T>(as: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const said = await call(as, method, path, body);
  if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${await said.text()}`);
  return (await said.json()) as T;
}

describe('killed while a file comes in', () => {
  it.each(MOMENTS)(
    'at "%s", %s, during the %s: %i pieces kept, done is %s',
    async (match, effect, at, received, done) => {
      const folder = temporaryFolder();
      cleanups.push(() => folder.remove());
      const options = { dataDir: folder.path, port: await freePort(), people: 1 };
      const start = async (): Promise<FaultyProcess> => {
        const server = await startFaulty(options);
        cleanups.push(() => server.end());
        return server;
      };
      const server = await start();
      const me = server.people[0]!;
      const root = `/api/meetings/${server.house.meetingId}`;
      const item = server.house.rooms[0]!.split(':').at(-1)!;
      const uploads = `${root}/items/${item}/attachments/uploads`;
      const uploadId = newId();
      const begin = () =>
        answer<UploadView>(me, 'POST', uploads, { uploadId, name: 'Underlag.txt', size: BYTES.length });
      const piece = async (n: number): Promise<UploadView> => {
        const said = await fetch(`${me.url}${uploads}/${uploadId}?at=${n * PIECE_BYTES}`, {
          method: 'PUT',
          headers: { cookie: me.cookie, origin: me.url, 'content-type': 'application/octet-stream' },
          body: new Uint8Array(BYTES.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES)),
        });
        return (await said.json()) as UploadView;
      };
      const finish = () => answer<UploadView>(me, 'POST', `${uploads}/${uploadId}/finish`);
      const list = () => answer<AttachmentsView>(me, 'GET', `${root}/attachments`);

      await begin();
      await piece(0);
      if (at === 'finish') for (const n of [1, 2]) await piece(n);
      await server.tell({ do: 'arm', fault: { match: `^\\s*${match}`, effect } });
      const next: Promise<unknown> = at === 'piece' ? piece(1) : finish();
      expect([await next.catch(() => null), (await server.ended).signal]).toEqual([null, 'SIGKILL']);
      await start();

      expect((await list()).attachments).toHaveLength(done ? 1 : 0);
      const begun = await begin();
      expect(begun.received).toBe(Math.min(received * PIECE_BYTES, BYTES.length));
      for (
        let n = begun.received / PIECE_BYTES;
        n * PIECE_BYTES < BYTES.length && !done && begun.received < BYTES.length;
        n++
      )
        await piece(n);
      const { attachmentId } = await finish();
      expect((await list()).attachments.map(({ id }) => id)).toEqual([attachmentId]);
      const content = await call(me, 'GET', `${root}/items/${item}/attachments/${attachmentId}/content`);
      expect(Buffer.from(await content.arrayBuffer()).equals(BYTES)).toBe(true);
    },
    60_000,
  );
});
