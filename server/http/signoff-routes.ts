/** Why this file exists: what HTTP knows of signing, sealing, correcting and handing out protocols. */
import { Hono } from 'hono';
import { validator } from 'hono-openapi';
import { z } from 'zod';
import { idSchema } from '#shared/api.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import {
  correctionInput,
  dispatchInput,
  sealedSchema,
  sealInput,
  signOffInput,
  signOffSchema,
} from '#shared/signoff/api.ts';
import { FILE_TYPES } from '../documents/files.ts';
import { notFound } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe, describeFile } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { sentFile } from './sent-file.ts';
import { body, ids } from './validate.ts';

const MINUTES = '/api/meetings/:meetingId/minutes';
const TAG = 'Minutes';
const TYPES = [...Object.values(FILE_TYPES), 'application/zip'];

const n = z.string().regex(/^[1-9]\d{0,3}$/);
const revisionOf = validator('param', z.object({ meetingId: idSchema, n }), (result) => {
  if (!result.success) throw notFound();
});
const fileOf = validator(
  'param',
  z.object({ meetingId: idSchema, n, format: z.enum([...EXPORT_FORMATS, 'zip']) }),
  (result) => {
    if (!result.success) throw notFound();
  },
);

const change = (operationId: string, summary: string) =>
  describe(
    TAG,
    operationId,
    summary,
    signOffSchema,
    'not-found',
    'forbidden',
    'not-allowed-now',
    'conflict',
    'too-large',
    'too-many-attempts',
    'storage',
  );

/** The routes of the sign-off. */
export function signOffRoutes({ signOffs }: Services) {
  const meeting = ids('meetingId');
  return new Hono<AppEnv>()
    .get(
      `${MINUTES}/sign-off`,
      describe(
        TAG,
        'getSignOff',
        'Who has approved which part of the protocol, what is suggested, what became of it',
        signOffSchema,
        'not-found',
        'forbidden',
        'storage',
      ),
      meeting,
      async (c) => c.json(await signOffs.get(callerOf(c), c.req.valid('param').meetingId)),
    )
    .post(
      `${MINUTES}/sign-off`,
      change('signOffStep', 'Approve parts of the protocol as they are, suggest changes, accept or answer them'),
      meeting,
      body(signOffInput),
      async (c) => c.json(await signOffs.step(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      `${MINUTES}/revisions`,
      change('sealMinutes', 'Seal the protocol when everybody has approved all of it; it never changes again'),
      meeting,
      body(sealInput),
      async (c) => c.json(await signOffs.seal(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .get(
      `${MINUTES}/revisions/:n`,
      describe(TAG, 'getSealedMinutes', 'The sealed protocol', sealedSchema, 'not-found', 'forbidden'),
      revisionOf,
      async (c) => {
        const { meetingId, n: number } = c.req.valid('param');
        return c.json(await signOffs.sealed(callerOf(c), meetingId, Number(number)));
      },
    )
    .get(
      `${MINUTES}/revisions/:n/files/:format`,
      describeFile(
        TAG,
        'getSealedFile',
        'The sealed protocol as a file: html, md, docx, pdf, json, or all of it in a zip',
        TYPES,
        'not-found',
        'forbidden',
        'too-large',
        'too-many-attempts',
        'storage',
      ),
      fileOf,
      async (c) => {
        const { meetingId, n: number, format } = c.req.valid('param');
        return sentFile(await signOffs.file(callerOf(c), meetingId, Number(number), format));
      },
    )
    .post(
      `${MINUTES}/corrections`,
      change('correctMinutes', 'A dated correction beside the sealed text, which stays as it is'),
      meeting,
      body(correctionInput),
      async (c) => c.json(await signOffs.correct(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .post(
      `${MINUTES}/dispatches`,
      change('dispatchMinutes', 'Hand out the sealed protocol, an extract or a published version, and log it'),
      meeting,
      body(dispatchInput),
      async (c) => c.json(await signOffs.dispatch(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'))),
    )
    .get(
      `${MINUTES}/dispatches/:dispatchId/file`,
      describeFile(
        TAG,
        'getDispatchedFile',
        'What was handed out, byte for byte',
        TYPES,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
        'too-large',
        'too-many-attempts',
        'storage',
      ),
      ids('meetingId', 'dispatchId'),
      async (c) => {
        const { meetingId, dispatchId } = c.req.valid('param');
        return sentFile(await signOffs.dispatched(callerOf(c), meetingId, dispatchId));
      },
    );
}
