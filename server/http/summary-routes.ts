/** Why this file exists: what HTTP knows of shared summaries: their standing, their revisions and what is said of them. */
import { Hono } from 'hono';
import { validator } from 'hono-openapi';
import { z } from 'zod';
import { idSchema } from '#shared/api.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import {
  draftSchema,
  exportQuery,
  finaliseInput,
  remarkInput,
  reopenInput,
  revisionContentSchema,
  summarySchema,
  threadInput,
  threadPatch,
} from '#shared/summary/api.ts';
import { FILE_TYPES } from '../documents/files.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe, describeFile } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { sentFile } from './sent-file.ts';
import { body, ids } from './validate.ts';

const SUMMARY = '/api/meetings/:meetingId/items/:itemId/summary';
const TAG = 'Summaries';

const number = z.string().regex(/^[1-9]\d{0,5}$/);
const revisionOf = validator('param', z.object({ meetingId: idSchema, itemId: idSchema, n: number }), (result) => {
  if (!result.success) throw notFound();
});

const file = (operationId: string, summary: string) =>
  describeFile(
    TAG,
    operationId,
    summary,
    Object.values(FILE_TYPES),
    'bad-request',
    'not-found',
    'too-large',
    'too-many-attempts',
    'storage',
  );
const format = z.enum(EXPORT_FORMATS);
const missing = (result: { success: boolean }): void => {
  if (!result.success) throw notFound();
};
const revisionFile = validator(
  'param',
  z.object({ meetingId: idSchema, itemId: idSchema, n: number, format }),
  missing,
);
const draftFile = validator('param', z.object({ meetingId: idSchema, itemId: idSchema, format }), missing);
const fileQuery = validator('query', exportQuery, (result) => {
  if (!result.success)
    throw new Refusal('bad-request', 'The form is wrong.', { fields: { origin: '0-1', lang: 'sv-en' } });
});

/** The routes of shared summaries. */
export function summaryRoutes({ summaries }: Services) {
  const item = ids('meetingId', 'itemId');
  const thread = ids('meetingId', 'itemId', 'threadId');

  return new Hono<AppEnv>()
    .get(
      SUMMARY,
      describe(TAG, 'getSummary', 'How a summary stands, its revisions and comments', summarySchema, 'not-found'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await summaries.get(callerOf(c), meetingId, itemId));
      },
    )
    .post(
      `${SUMMARY}/finalise`,
      describe(
        TAG,
        'finaliseSummary',
        'Make a summary final: nobody writes any more, and what it says is kept as a revision',
        summarySchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
        'storage',
      ),
      item,
      body(finaliseInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await summaries.finalise(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .post(
      `${SUMMARY}/reopen`,
      describe(
        TAG,
        'reopenSummary',
        'Open a final summary again, for a reason; its revision stays',
        summarySchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
        'conflict',
      ),
      item,
      body(reopenInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await summaries.reopen(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .get(
      `${SUMMARY}/draft`,
      describe(TAG, 'getSummaryDraft', 'The text as it is being written', draftSchema, 'not-found', 'storage'),
      item,
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await summaries.draft(callerOf(c), meetingId, itemId));
      },
    )
    .get(
      `${SUMMARY}/revisions/:n`,
      describe(TAG, 'getSummaryRevision', 'A revision with all it says', revisionContentSchema, 'not-found'),
      revisionOf,
      async (c) => {
        const { meetingId, itemId, n } = c.req.valid('param');
        return c.json(await summaries.revision(callerOf(c), meetingId, itemId, Number(n)));
      },
    )
    .get(
      `${SUMMARY}/revisions/:n/:format`,
      file('getSummaryFile', 'A revision as a file: html, md, docx, pdf or json'),
      revisionFile,
      fileQuery,
      async (c) => {
        const { n, format, ...of } = c.req.valid('param');
        return sentFile(await summaries.file(callerOf(c), { ...of, n: Number(n) }, format, c.req.valid('query')));
      },
    )
    .get(
      `${SUMMARY}/draft/:format`,
      file('getSummaryDraftFile', 'The text as it is being written, as a file that says so'),
      draftFile,
      fileQuery,
      async (c) => {
        const { format, ...of } = c.req.valid('param');
        return sentFile(await summaries.file(callerOf(c), { ...of, n: null }, format, c.req.valid('query')));
      },
    )
    .post(
      `${SUMMARY}/threads`,
      describe(
        TAG,
        'commentSummary',
        'Comment on a range of the text',
        summarySchema,
        'not-found',
        'not-allowed-now',
        'conflict',
      ),
      item,
      body(threadInput),
      async (c) => {
        const { meetingId, itemId } = c.req.valid('param');
        return c.json(await summaries.comment(callerOf(c), meetingId, itemId, c.req.valid('json')));
      },
    )
    .post(
      `${SUMMARY}/threads/:threadId/remarks`,
      describe(TAG, 'replyToComment', 'Answer a comment', summarySchema, 'not-found', 'not-allowed-now', 'conflict'),
      thread,
      body(remarkInput),
      async (c) => {
        const { meetingId, itemId, threadId } = c.req.valid('param');
        return c.json(await summaries.reply(callerOf(c), meetingId, itemId, threadId, c.req.valid('json')));
      },
    )
    .patch(
      `${SUMMARY}/threads/:threadId`,
      describe(
        TAG,
        'resolveComment',
        'Say that a comment is dealt with, or that it is not',
        summarySchema,
        'not-found',
        'forbidden',
        'not-allowed-now',
      ),
      thread,
      body(threadPatch),
      async (c) => {
        const { meetingId, itemId, threadId } = c.req.valid('param');
        return c.json(await summaries.resolve(callerOf(c), meetingId, itemId, threadId, c.req.valid('json')));
      },
    );
}
