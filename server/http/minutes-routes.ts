/** Why this file exists: what HTTP knows of protocols: the document as it is now, its style, its files. */
import { Hono } from 'hono';
import { validator } from 'hono-openapi';
import { z } from 'zod';
import { idSchema } from '#shared/api.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import { minutesPatch, minutesQuery, minutesViewSchema } from '#shared/minutes/api.ts';
import { FILE_TYPES } from '../documents/files.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe, describeFile } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { sentFile } from './sent-file.ts';
import { body, ids } from './validate.ts';

const MINUTES = '/api/meetings/:meetingId/minutes';
const TAG = 'Minutes';

const query = validator('query', minutesQuery, (result) => {
  if (!result.success)
    throw new Refusal('bad-request', 'The form is wrong.', { fields: { style: 'unknown', lang: 'sv-en' } });
});
const fileOf = validator('param', z.object({ meetingId: idSchema, format: z.enum(EXPORT_FORMATS) }), (result) => {
  if (!result.success) throw notFound();
});

/** The routes of protocols. */
export function minutesRoutes({ minutes }: Services) {
  const meeting = ids('meetingId');
  return new Hono<AppEnv>()
    .get(
      MINUTES,
      describe(
        TAG,
        'getMinutes',
        'The protocol as it would be printed now, what is missing in it, and the closing checklist',
        minutesViewSchema,
        'bad-request',
        'not-found',
        'forbidden',
        'storage',
      ),
      meeting,
      query,
      async (c) => c.json(await minutes.get(callerOf(c), c.req.valid('param').meetingId, c.req.valid('query'))),
    )
    .patch(
      MINUTES,
      describe(
        TAG,
        'changeMinutes',
        'Choose the style of the protocol, for everybody',
        minutesViewSchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'storage',
      ),
      meeting,
      query,
      body(minutesPatch),
      async (c) =>
        c.json(
          await minutes.change(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'), c.req.valid('query')),
        ),
    )
    .get(
      `${MINUTES}/files/:format`,
      describeFile(
        TAG,
        'getMinutesFile',
        'The protocol as a file: html, md, docx, pdf or json',
        Object.values(FILE_TYPES),
        'bad-request',
        'not-found',
        'forbidden',
        'too-large',
        'too-many-attempts',
        'storage',
      ),
      fileOf,
      query,
      async (c) => {
        const { meetingId, format } = c.req.valid('param');
        return sentFile(await minutes.file(callerOf(c), meetingId, format, c.req.valid('query')));
      },
    );
}
