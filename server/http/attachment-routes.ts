/**
 * Why this file exists: what HTTP knows of attachments. A file comes in pieces of bytes, each a short request; it goes out as a
 * stream, under headers that let it do nothing (sent-file.ts).
 */
import { type Context, Hono } from 'hono';
import { attachmentPatch, attachmentsSchema, uploadInput, uploadSchema } from '#shared/attachments/api.ts';
import { FILE_KIND_NAMES, FILE_KINDS } from '#shared/attachments/kinds.ts';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe, describeFile } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { bodyOf } from './gatekeepers.ts';
import { sentAttachment } from './sent-attachment.ts';
import { body, ids } from './validate.ts';

const MEETING = '/api/meetings/:meetingId/attachments';
const ITEM = '/api/meetings/:meetingId/items/:itemId/attachments';
const ONE = `${ITEM}/:attachmentId` as const;
const UPLOADS = `${ITEM}/uploads` as const;
const UPLOAD = `${UPLOADS}/:uploadId` as const;
const TAG = 'Attachments';
const BYTES = 'application/octet-stream';
const OFFSET = /^\d{1,10}$/;

const change = (operationId: string, summary: string) =>
  describe(
    TAG,
    operationId,
    summary,
    attachmentsSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'conflict',
    'too-many-attempts',
  );

/** The piece that came, counted while it comes: a larger one is refused before its end. */
async function pieceOf(c: Context<AppEnv>): Promise<Uint8Array> {
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > PIECE_BYTES) throw new Refusal('too-large', `A piece is at most ${PIECE_BYTES / 1024} KiB.`);
  if ((c.req.header('content-encoding')?.toLowerCase() ?? 'identity') !== 'identity')
    throw new Refusal('bad-request', 'The body must not be compressed.');
  const bytes = await bodyOf(c, PIECE_BYTES, length || undefined);
  if (bytes.byteLength > 0 && c.req.header('content-type') !== BYTES)
    throw new Refusal('bad-request', `The body must be ${BYTES}.`);
  return bytes;
}

/** The routes of attachments. Every change of the list answers with the whole of it. */
export function attachmentRoutes({ attachments }: Services) {
  const meeting = ids('meetingId');
  const item = ids('meetingId', 'itemId');
  const one = ids('meetingId', 'itemId', 'attachmentId');
  const upload = ids('meetingId', 'itemId', 'uploadId');

  return new Hono<AppEnv>()
    .get(
      MEETING,
      describe(TAG, 'getAttachments', 'All attachments, in the order of the agenda', attachmentsSchema, 'not-found'),
      meeting,
      async (c) => c.json(await attachments.list(callerOf(c), c.req.valid('param').meetingId)),
    )
    .get(
      ITEM,
      describe(TAG, 'getItemAttachments', 'The attachments of an item', attachmentsSchema, 'not-found'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await attachments.ofItem(callerOf(c), meetingId, itemId));
      },
    )
    .patch(
      ONE,
      change('changeAttachment', 'Another name, another place, another item'),
      one,
      body(attachmentPatch),
      async (c) => {
        const { meetingId, itemId, attachmentId } = c.req.valid('param');
        return c.json(await attachments.update(callerOf(c), meetingId, itemId, attachmentId, c.req.valid('json')));
      },
    )
    .delete(ONE, change('removeAttachment', 'Take an attachment away; it can be taken back'), one, async (c) => {
      const { meetingId, itemId, attachmentId } = c.req.valid('param');
      return c.json(await attachments.remove(callerOf(c), meetingId, itemId, attachmentId));
    })
    .post(`${ONE}/restore`, change('restoreAttachment', 'Take an attachment back'), one, async (c) => {
      const { meetingId, itemId, attachmentId } = c.req.valid('param');
      return c.json(await attachments.takeBack(callerOf(c), meetingId, itemId, attachmentId));
    })
    .get(
      `${ONE}/content`,
      describeFile(
        TAG,
        'getAttachmentContent',
        'The file; with ?shown=1 in place, where its kind is harmless',
        FILE_KIND_NAMES.map((kind) => FILE_KINDS[kind].mediaType),
        'not-found',
      ),
      one,
      async (c) => {
        const { meetingId, itemId, attachmentId } = c.req.valid('param');
        const file = await attachments.file(callerOf(c), meetingId, itemId, attachmentId);
        return sentAttachment(c, file, c.req.query('shown') === '1');
      },
    )
    .post(
      UPLOADS,
      describe(
        TAG,
        'beginUpload',
        'Begin an upload, or ask how far one has come',
        uploadSchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
        'too-many-attempts',
      ),
      item,
      body(uploadInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await attachments.uploads.begin(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .put(
      UPLOAD,
      describe(
        TAG,
        'putPiece',
        `One piece of the file, ${PIECE_BYTES} bytes or the rest, standing at ?at=`,
        uploadSchema,
        'bad-request',
        'not-found',
        'conflict',
        'too-large',
        'not-allowed-now',
      ),
      upload,
      async (c) => {
        const caller = callerOf(c);
        const { meetingId, itemId, uploadId } = c.req.valid('param');
        const piece = await pieceOf(c);
        const at = c.req.query('at') ?? '';
        return c.json(
          await attachments.uploads.append(
            caller,
            meetingId,
            itemId,
            uploadId,
            OFFSET.test(at) ? Number(at) : -1,
            piece,
          ),
        );
      },
    )
    .post(
      `${UPLOAD}/finish`,
      describe(
        TAG,
        'finishUpload',
        'All has come: look at the file and make it an attachment',
        uploadSchema,
        'not-found',
        'conflict',
        'not-allowed-now',
        'too-many-attempts',
      ),
      upload,
      async (c) => {
        const { meetingId, itemId, uploadId } = c.req.valid('param');
        return c.json(await attachments.uploads.finish(callerOf(c), meetingId, itemId, uploadId));
      },
    )
    .delete(UPLOAD, describe(TAG, 'abandonUpload', 'Give an upload up', null, 'not-found'), upload, async (c) => {
      const { meetingId, itemId, uploadId } = c.req.valid('param');
      await attachments.uploads.abandon(callerOf(c), meetingId, itemId, uploadId);
      return c.body(null, 204);
    });
}
