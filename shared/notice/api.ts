/** Why this file exists: the shape of notices over HTTP. The server validates with it, the client gets its types from it. */
import { z } from 'zod';
import { dateSchema, idSchema, LANGUAGES, line } from '../api.ts';
import type { NoticeDocument } from './document.ts';
import { MAIL_STATES } from './mail.ts';
import { ANSWERS, MAX_REPLY_NOTE, MAX_SUBSTITUTE, REPLY_WAYS } from './replies.ts';

export const MAX_MESSAGE = 4_000;
/** Text of several lines: what would hide or turn letters is taken out, as everywhere; ends of lines stay. */
const paragraphs = z
  .string()
  .overwrite((text) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]+/gu, ' ')
      .replace(/[\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ''),
  )
  .trim()
  .max(MAX_MESSAGE);

/** Made by the server; its exact form is shared/notice/document.ts. */
const document = z.custom<NoticeDocument>((value) => typeof value === 'object' && value !== null);

const replyFields = {
  answer: z.enum(ANSWERS),
  sittingIds: z.array(idSchema).max(31),
  substitute: z.object({ personId: idSchema.nullable(), name: line(MAX_SUBSTITUTE) }).nullable(),
  note: line(MAX_REPLY_NOTE),
};
export const replySchema = z
  .object({ personId: idSchema, ...replyFields, at: z.int(), by: idSchema, way: z.enum(REPLY_WAYS), number: z.int() })
  .meta({ ref: 'NoticeReply' });

export const replyInput = z.strictObject({
  answer: z.enum(ANSWERS),
  sittingIds: z.array(idSchema).max(31).default([]),
  substitute: z
    .strictObject({ personId: idSchema.nullable().default(null), name: line(MAX_SUBSTITUTE) })
    .nullable()
    .default(null),
  note: line(MAX_REPLY_NOTE).default(''),
});
export type ReplyInput = z.input<typeof replyInput>;

const mailSchema = z.object({
  number: z.int(),
  state: z.enum(MAIL_STATES),
  /** What the mail server said, or why it could not be asked; '' when there is nothing to say. */
  reason: z.string(),
  attempts: z.int(),
  at: z.int(),
  /** When it is tried next, while it is queued. */
  nextAt: z.int(),
});

export const noticeSchema = z
  .object({
    meetingId: idSchema,
    version: z.int(),
    /** The latest that was published; `null` before the first. */
    latest: document.nullable(),
    versions: z.array(
      z.object({
        number: z.int(),
        at: z.int(),
        by: z.string(),
        sha256: z.string(),
        language: z.enum(LANGUAGES),
        mailed: z.boolean(),
      }),
    ),
    /** The caller is one of those who are asked. */
    asked: z.boolean(),
    mine: replySchema.nullable(),
    /** For those who may publish; `null` for others. */
    office: z
      .object({
        /** As it would be published now. */
        draft: document,
        message: z.string(),
        replyBy: z.string(),
        leftOut: z.array(idSchema),
        mailConfigured: z.boolean(),
        people: z.array(
          z.object({
            personId: idSchema,
            name: z.string(),
            organisationId: idSchema.nullable(),
            hasAddress: z.boolean(),
            /** Only where the house sends no mail and one's own program must. */
            address: z.string().nullable(),
            mail: mailSchema.nullable(),
          }),
        ),
        replies: z.array(replySchema),
      })
      .nullable(),
  })
  .meta({ ref: 'Notice' });
export type NoticeView = z.infer<typeof noticeSchema>;

export const noticeQuery = z.object({ lang: z.enum(LANGUAGES).default('sv') });
export const noticePatch = z.strictObject({
  message: paragraphs.optional(),
  replyBy: z.union([z.literal(''), dateSchema]).optional(),
  leftOut: z.array(idSchema).max(500).optional(),
});
export const publishInput = z.strictObject({
  /** The number of the last version the caller has seen; a conflict when there is another since. */
  after: z.int().min(0),
  /** Hand it to the mail server too. */
  mail: z.boolean().default(false),
});

/** What a notice can be taken along as. */
export const NOTICE_FORMATS = ['pdf', 'html', 'txt', 'ics', 'json'] as const;
export type NoticeFormat = (typeof NOTICE_FORMATS)[number];

/** The token of a personal link travels in the fragment and in bodies, never in a path. */
export const answerLookInput = z.strictObject({ token: z.string().min(20).max(100) });
export const answerInput = z.strictObject({ token: z.string().min(20).max(100), reply: replyInput });
/** What somebody with a personal link sees: enough to answer, and nobody else's name. */
export const answerSchema = z
  .object({
    name: z.string(),
    meeting: z.object({ title: z.string(), body: z.string() }),
    sittings: z.array(z.object({ id: idSchema, label: z.string(), when: z.string(), place: z.string() })),
    replyBy: z.string(),
    mine: replySchema.pick({ answer: true, sittingIds: true, substitute: true, note: true, at: true }).nullable(),
  })
  .meta({ ref: 'NoticeAnswer' });
export type AnswerView = z.infer<typeof answerSchema>;
