/**
 * Why this file exists: how a file comes in. It goes in pieces, each kept before it is answered, so that a cut line costs one piece
 * and not the file; when the last one has come the whole is looked at and becomes an attachment in one step, or nothing does.
 */
import type { z } from 'zod';
import type { FileProblem, UploadView, uploadInput } from '#shared/attachments/api.ts';
import { added } from '#shared/attachments/changes.ts';
import { claimedKind } from '#shared/attachments/kinds.ts';
import { MAX_ATTACHMENTS, MAX_MEETING_BYTES, MAX_OPEN_UPLOADS, PIECE_BYTES } from '#shared/attachments/limits.ts';
import { cleanName, withEnding } from '#shared/attachments/names.ts';
import { type Id, newId } from '#shared/ids.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import type { AttachmentContext } from './context.ts';
import type { Upload, UploadKey } from './ports.ts';
import { requireAttach } from './rights.ts';

const SENTENCES: Record<FileProblem, string> = {
  kind: 'Files of this kind are not taken: PDF, Office, pictures and plain text are.',
  mismatch: 'The file is something else than its name says.',
  broken: 'The file is damaged and cannot be opened.',
  macros: 'The file holds programs (macros) and is not taken.',
  'too-large': 'The file is too large.',
  'too-many': 'There are too many attachments or uploads already.',
  full: 'The attachments of the meeting are too large together.',
  empty: 'The file is empty.',
};

const refused = (problem: FileProblem): Refusal =>
  new Refusal('conflict', SENTENCES[problem], { fields: { file: problem } });

const viewOf = ({ uploadId, received, size, done, fileId }: Upload): UploadView => ({
  uploadId,
  received,
  size,
  attachmentId: done ? fileId : null,
});

export interface Uploads {
  begin(caller: Caller, meetingId: Id, itemId: Id, input: z.output<typeof uploadInput>): Promise<UploadView>;
  append(caller: Caller, meetingId: Id, itemId: Id, uploadId: Id, at: number, piece: Uint8Array): Promise<UploadView>;
  finish(caller: Caller, meetingId: Id, itemId: Id, uploadId: Id): Promise<UploadView>;
  abandon(caller: Caller, meetingId: Id, itemId: Id, uploadId: Id): Promise<void>;
}

export function createUploads(context: AttachmentContext): Uploads {
  const { store, clock } = context;
  const keyOf = (caller: Caller, meetingId: Id, uploadId: Id): UploadKey => ({
    meetingId,
    personId: caller.personId,
    uploadId,
  });
  /** The caller's own upload to this item. */
  async function own(key: UploadKey, itemId: Id): Promise<Upload> {
    const upload = await store.upload(key);
    if (upload?.itemId !== itemId) throw notFound();
    return upload;
  }
  /** One at a time: two answers to the same upload must not look at the same bytes at once. */
  const finishing = new Map<Id, Promise<UploadView>>();

  async function whole(upload: Upload): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(upload.size);
    for (let at = 0; at < upload.size; at += PIECE_BYTES) {
      const piece = await store.piece(upload.fileId, at / PIECE_BYTES);
      if (!piece) throw new Refusal('conflict', 'Not all of the file has come.', { fields: { at: 'gap' } });
      bytes.set(piece, at);
      // Half a megabyte each: others have their turn.
      await new Promise((next) => setImmediate(next));
    }
    return bytes.buffer;
  }

  async function finish(caller: Caller, key: UploadKey, upload: Upload): Promise<UploadView> {
    const seen = await context.look(await whole(upload), upload.name);
    if ('problem' in seen) {
      await store.abandon(key);
      throw refused(seen.problem);
    }
    const agenda = await context.agendaOf(key.meetingId);
    const now = clock();
    const done = await store.finish(
      key,
      { sha256: seen.sha256, now },
      ({ meeting, attachments }, { itemId, before }) => {
        requireAttach(meeting, caller, itemId);
        if (attachments.entries.length >= MAX_ATTACHMENTS) throw refused('too-many');
        const { kind, plain, sha256 } = seen;
        const entry = {
          id: upload.fileId,
          name: withEnding(upload.name, kind),
          kind,
          plain,
          size: upload.size,
          sha256,
          at: now,
          by: caller.personId,
        };
        return added(attachments, agenda(meeting), entry, { itemId, before });
      },
    );
    if (!done) throw notFound();
    context.told(key.meetingId);
    return viewOf({ ...upload, done: true });
  }

  return {
    async begin(caller, meetingId, itemId, input) {
      await context.read(caller, meetingId, itemId);
      context.pace(caller.personId);
      const name = cleanName(input.name) || 'bilaga';
      const claimed = claimedKind(name);
      const upload = await store.begin(
        {
          ...keyOf(caller, meetingId, input.uploadId),
          itemId,
          fileId: newId(),
          name,
          size: input.size,
          before: input.before,
          at: clock(),
        },
        ({ meeting, attachments }, open, bytes) => {
          requireAttach(meeting, caller, itemId);
          if (claimed === null) throw refused('kind');
          if (open >= MAX_OPEN_UPLOADS || attachments.entries.length >= MAX_ATTACHMENTS) throw refused('too-many');
          if (bytes + input.size > MAX_MEETING_BYTES) throw refused('full');
        },
      );
      if (upload?.itemId !== itemId) throw notFound();
      if (upload.size !== input.size || upload.name !== name)
        throw new Refusal('conflict', 'This upload is of another file.', { fields: { uploadId: 'other-file' } });
      return viewOf(upload);
    },
    async append(caller, meetingId, itemId, uploadId, at, piece) {
      const key = keyOf(caller, meetingId, uploadId);
      const { size } = await own(key, itemId);
      const expected = Math.min(PIECE_BYTES, size - at);
      if (at % PIECE_BYTES !== 0 || expected <= 0 || piece.byteLength !== expected)
        throw new Refusal('bad-request', 'This is no piece of the file.', { fields: { at: 'no-piece' } });
      const upload = await store.append(key, at, piece, clock(), ({ meeting }) =>
        requireAttach(meeting, caller, itemId),
      );
      if (!upload) throw notFound();
      // What has come already is answered as if it came now; what stands behind a gap is not kept.
      if (upload.received < at + piece.byteLength)
        throw new Refusal('conflict', 'What stands before this has not come.', { fields: { at: 'gap' } });
      return viewOf(upload);
    },
    async finish(caller, meetingId, itemId, uploadId) {
      const key = keyOf(caller, meetingId, uploadId);
      const upload = await own(key, itemId);
      await context.read(caller, meetingId, itemId);
      if (upload.done) return viewOf(upload);
      if (upload.received < upload.size)
        throw new Refusal('conflict', 'Not all of the file has come.', { fields: { at: 'gap' } });
      const going = finishing.get(upload.fileId);
      if (going) return going;
      const mine = finish(caller, key, upload).finally(() => finishing.delete(upload.fileId));
      finishing.set(upload.fileId, mine);
      return mine;
    },
    async abandon(caller, meetingId, itemId, uploadId) {
      const key = keyOf(caller, meetingId, uploadId);
      await own(key, itemId);
      await store.abandon(key);
    },
  };
}
