/** Why this file exists: what the client can ask about notices, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type {
  AnswerView,
  NoticeFormat,
  NoticeView,
  noticePatch,
  publishInput,
  ReplyInput,
} from '#shared/notice/api.ts';
import type { Language } from '#shared/terms.ts';
import { http, json } from './request.ts';

const notice = http.api.meetings[':meetingId'].notice;
// The types over HTTP do not follow what a document is made of; the server's schema is this very type.
const view = (call: unknown): Promise<NoticeView> =>
  json(call as Parameters<typeof json<NoticeView>>[0]) as Promise<NoticeView>;

/** Every change answers with the whole of it. */
export const noticeApi = {
  get: (meetingId: Id, lang: Language) => view(notice.$get({ param: { meetingId }, query: { lang } })),
  change: (meetingId: Id, lang: Language, input: z.input<typeof noticePatch>) =>
    view(notice.$patch({ param: { meetingId }, query: { lang }, json: input })),
  publish: (meetingId: Id, lang: Language, input: z.input<typeof publishInput>) =>
    view(notice.publish.$post({ param: { meetingId }, query: { lang }, json: input })),
  sendAgain: (meetingId: Id, lang: Language, personId: Id) =>
    view(notice.mails[':personId'].again.$post({ param: { meetingId, personId }, query: { lang } })),
  reply: (meetingId: Id, lang: Language, input: ReplyInput) =>
    view(notice.reply.$put({ param: { meetingId }, query: { lang }, json: input })),
  replyFor: (meetingId: Id, lang: Language, personId: Id, input: ReplyInput) =>
    view(notice.replies[':personId'].$put({ param: { meetingId, personId }, query: { lang }, json: input })),
  look: (token: string): Promise<AnswerView> => json(http.api.notice.look.$post({ json: { token } })),
  answer: (token: string, reply: ReplyInput): Promise<AnswerView> =>
    json(http.api.notice.answer.$post({ json: { token, reply } })),
};

/** Address of a published version's file. */
export const noticeFile = (meetingId: Id, number: number, format: NoticeFormat): string =>
  `/api/meetings/${meetingId}/notice/versions/${number}/files/${format}`;
