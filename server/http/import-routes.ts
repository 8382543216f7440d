/**
 * Why this file exists: what HTTP knows of taking files in: a protocol's data as a new meeting, a Word file as points of an
 * agenda. The bytes are read once it is known that whoever sends them may.
 */
import { type Context, Hono } from 'hono';
import { meetingSchema } from '#shared/api.ts';
import { importedSchema, importInput, importPreviewSchema } from '#shared/imports/api.ts';
import { MAX_DOCX_BYTES } from '../imports/docx-process.ts';
import { MAX_MINUTES_BYTES } from '../imports/minutes.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { bodyOf } from './gatekeepers.ts';
import { body, ids } from './validate.ts';

const TAG = 'Import';
const BYTES = 'application/octet-stream';
const IMPORT = '/api/meetings/:meetingId/import';
const ONE = `${IMPORT}/:previewId` as const;

/** The file that was sent, counted while it comes. */
async function fileOf(c: Context<AppEnv>, most: number): Promise<Uint8Array> {
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > most) throw new Refusal('too-large', `A file is at most ${most / 1024} KiB.`);
  if ((c.req.header('content-encoding')?.toLowerCase() ?? 'identity') !== 'identity')
    throw new Refusal('bad-request', 'The body must not be compressed.');
  if (c.req.header('content-type') !== BYTES) throw new Refusal('bad-request', `The body must be ${BYTES}.`);
  const bytes = await bodyOf(c, most, length || undefined);
  if (bytes.byteLength === 0) throw new Refusal('bad-request', 'The file is empty.', { fields: { file: 'empty' } });
  return bytes;
}

/** The routes of imports. */
export function importRoutes({ minutesImport, documentImports }: Services) {
  const meeting = ids('meetingId');
  const one = ids('meetingId', 'previewId');
  return new Hono<AppEnv>()
    .post(
      '/api/meetings/import',
      describe(
        TAG,
        'importMinutes',
        'A new meeting from a protocol’s JSON (docs/minutes-json.md), sent as bytes',
        meetingSchema,
        'bad-request',
        'forbidden',
        'too-large',
        'storage',
      ),
      async (c) => {
        const caller = callerOf(c);
        minutesImport.require(caller);
        return c.json(await minutesImport.take(caller, await fileOf(c, MAX_MINUTES_BYTES)));
      },
    )
    .post(
      IMPORT,
      describe(
        TAG,
        'previewImport',
        'What a Word file, sent as bytes, would become; nothing is taken in yet',
        importPreviewSchema,
        'bad-request',
        'not-found',
        'forbidden',
        'not-allowed-now',
        'too-large',
        'too-many-attempts',
      ),
      meeting,
      async (c) => {
        const caller = callerOf(c);
        const { meetingId } = c.req.valid('param');
        await documentImports.require(caller, meetingId);
        return c.json(await documentImports.preview(caller, meetingId, await fileOf(c, MAX_DOCX_BYTES)));
      },
    )
    .post(
      ONE,
      describe(
        TAG,
        'takeImport',
        'Take the chosen pieces in as points of the agenda, in one go',
        importedSchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
        'storage',
      ),
      one,
      body(importInput),
      async (c) => {
        const { meetingId, previewId } = c.req.valid('param');
        return c.json(await documentImports.take(callerOf(c), meetingId, previewId, c.req.valid('json')));
      },
    )
    .delete(
      ONE,
      describe(
        TAG,
        'undoImport',
        'Put away again what was taken in',
        null,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
        'storage',
      ),
      one,
      async (c) => {
        const { meetingId, previewId } = c.req.valid('param');
        await documentImports.undo(callerOf(c), meetingId, previewId);
        return c.body(null, 204);
      },
    );
}
