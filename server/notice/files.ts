/** Why this file exists: a published notice as a file, in every kind there is, from the bytes that were kept and nothing else. */
import { plainText } from '#shared/document/plain-text.ts';
import type { Id } from '#shared/ids.ts';
import type { NoticeFormat } from '#shared/notice/api.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import { icsOf } from '#shared/notice/ics.ts';
import { noticePrint } from '#shared/notice/print.ts';
import { noticeWords } from '#shared/notice/words.ts';
import type { FileThreads } from '../documents/file-thread.ts';
import { FILE_TYPES, fileName, type MadeFile } from '../documents/files.ts';
import type { NoticeVersion } from './ports.ts';

/** The media type of each kind. */
export const NOTICE_TYPES: Record<NoticeFormat, string> = {
  pdf: FILE_TYPES.pdf,
  html: FILE_TYPES.html,
  json: FILE_TYPES.json,
  txt: 'text/plain; charset=utf-8',
  ics: 'text/calendar; charset=utf-8; method=PUBLISH',
};

export interface NoticeFilesDeps {
  files: FileThreads;
  origin(): string;
  mailFrom: string | null;
}

/** What the file is called, without its ending. */
export function noticeFileName({ header, language, number }: NoticeDocument): string {
  const parts = [noticeWords(language).numbered(number), header.sittings[0]?.date ?? '', header.title || header.body];
  return fileName(
    parts.filter((part) => part !== ''),
    '',
  ).replace(/\.$/, '');
}

/** The version's days for calendars. */
export function noticeIcs(
  deps: Pick<NoticeFilesDeps, 'origin' | 'mailFrom'>,
  document: NoticeDocument,
  at: number,
): string {
  const origin = deps.origin();
  return icsOf({
    document,
    at,
    host: new URL(origin).hostname,
    url: `${origin}/m/${document.meeting.id}`,
    mailFrom: deps.mailFrom,
  });
}

export async function noticeFile(
  deps: NoticeFilesDeps,
  { json, at }: Pick<NoticeVersion, 'json' | 'at'>,
  format: NoticeFormat,
  /** Who asked for it. */
  by: Id,
): Promise<MadeFile> {
  const document = JSON.parse(json) as NoticeDocument;
  const text = (whole: string): Uint8Array => new TextEncoder().encode(whole);
  const bytes = async (): Promise<Uint8Array> => {
    switch (format) {
      case 'json':
        // The very bytes that were hashed.
        return text(json);
      case 'txt':
        return text(plainText(noticePrint(document)));
      case 'ics':
        return text(noticeIcs(deps, document, at));
      case 'html':
      case 'pdf':
        return deps.files.make({ of: 'notice', format, document }, by);
    }
  };
  return {
    name: `${noticeFileName(document)}.${format}`,
    type: NOTICE_TYPES[format],
    bytes: new Uint8Array(await bytes()),
  };
}
