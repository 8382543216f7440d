/** Why this file exists: what HTTP knows of notices: preparing and publishing one, its files, and the answers to it. */
import { Hono } from 'hono';
import { validator } from 'hono-openapi';
import { z } from 'zod';
import { type ErrorCode, idSchema } from '#shared/api.ts';
import {
  answerInput,
  answerLookInput,
  answerSchema,
  NOTICE_FORMATS,
  noticePatch,
  noticeQuery,
  noticeSchema,
  publishInput,
  replyInput,
} from '#shared/notice/api.ts';
import { NOTICE_TYPES } from '../notice/files.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { describe, describeFile } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { sentFile } from './sent-file.ts';
import { body, ids } from './validate.ts';

const NOTICE = '/api/meetings/:meetingId/notice';
const TAG = 'Notice';

const query = validator('query', noticeQuery, (result) => {
  if (!result.success) throw new Refusal('bad-request', 'The form is wrong.', { fields: { lang: 'sv-en' } });
});
const fileOf = validator(
  'param',
  z.object({
    meetingId: idSchema,
    number: z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number),
    format: z.enum(NOTICE_FORMATS),
  }),
  (result) => {
    if (!result.success) throw notFound();
  },
);
const change = (operationId: string, summary: string, ...more: ErrorCode[]) =>
  describe(TAG, operationId, summary, noticeSchema, 'not-found', 'forbidden', 'not-allowed-now', 'conflict', ...more);

/** The routes of notices. Every change answers with the whole of it. */
export function noticeRoutes({ notices }: Services) {
  const meeting = ids('meetingId');
  const person = ids('meetingId', 'personId');

  return new Hono<AppEnv>()
    .get(
      NOTICE,
      describe(
        TAG,
        'getNotice',
        'The notice as it was published last, and what is prepared',
        noticeSchema,
        'not-found',
        'forbidden',
      ),
      meeting,
      query,
      async (c) => c.json(await notices.get(callerOf(c), c.req.valid('param').meetingId, c.req.valid('query'))),
    )
    .patch(
      NOTICE,
      change('changeNotice', 'What the next version says of its own, until when to answer, whom it does not call'),
      meeting,
      query,
      body(noticePatch),
      async (c) =>
        c.json(
          await notices.change(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'), c.req.valid('query')),
        ),
    )
    .post(
      `${NOTICE}/publish`,
      change(
        'publishNotice',
        'Publish the notice as it is composed now; a version is kept as it is for good',
        'too-many-attempts',
      ),
      meeting,
      query,
      body(publishInput),
      async (c) =>
        c.json(
          await notices.publish(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'), c.req.valid('query')),
        ),
    )
    .post(
      `${NOTICE}/mails/:personId/again`,
      change(
        'sendNoticeAgain',
        'Hand the last version to the mail server once more, for one who did not get it',
        'too-many-attempts',
      ),
      person,
      query,
      async (c) => {
        const { meetingId, personId } = c.req.valid('param');
        return c.json(await notices.sendAgain(callerOf(c), meetingId, personId, c.req.valid('query')));
      },
    )
    .put(
      `${NOTICE}/reply`,
      change('replyToNotice', 'The caller comes, in part, not, or sends somebody else', 'too-many-attempts'),
      meeting,
      query,
      body(replyInput),
      async (c) =>
        c.json(
          await notices.reply(callerOf(c), c.req.valid('param').meetingId, c.req.valid('json'), c.req.valid('query')),
        ),
    )
    .put(
      `${NOTICE}/replies/:personId`,
      change('replyToNoticeFor', 'What somebody has said, kept by those who run the meeting', 'too-many-attempts'),
      person,
      query,
      body(replyInput),
      async (c) => {
        const { meetingId, personId } = c.req.valid('param');
        return c.json(
          await notices.replyFor(callerOf(c), meetingId, personId, c.req.valid('json'), c.req.valid('query')),
        );
      },
    )
    .get(
      `${NOTICE}/versions/:number/files/:format`,
      describeFile(
        TAG,
        'getNoticeFile',
        'A published version as a file: pdf, html, txt, ics or json',
        Object.values(NOTICE_TYPES),
        'not-found',
        'forbidden',
        'too-large',
        'too-many-attempts',
      ),
      fileOf,
      async (c) => {
        const { meetingId, number, format } = c.req.valid('param');
        return sentFile(await notices.file(callerOf(c), meetingId, number, format));
      },
    )
    .post(
      '/api/notice/look',
      describe(
        TAG,
        'lookAtNotice',
        'What a personal link is for; answers nothing',
        answerSchema,
        'not-found',
        'link-used',
      ),
      body(answerLookInput),
      async (c) => c.json(await notices.look(c.req.valid('json'))),
    )
    .post(
      '/api/notice/answer',
      describe(
        TAG,
        'answerNotice',
        'Answer a notice by a personal link',
        answerSchema,
        'not-found',
        'link-used',
        'conflict',
        'too-many-attempts',
      ),
      body(answerInput),
      async (c) => c.json(await notices.answer(c.req.valid('json'))),
    );
}
