/** Why this file exists: a mail in the queue becomes bytes when it is sent, and not before: its link is made then. */
import type { Id } from '#shared/ids.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import type { OwnReason } from '#shared/notice/mail.ts';
import { mayInMeeting } from '#shared/policy.ts';
import type { FileThreads } from '../documents/file-thread.ts';
import { stateOf } from '../meetings/rights.ts';
import { hashToken, newToken } from '../people/tokens.ts';
import type { Clock } from '../relay/ports.ts';
import { calledIn } from './compose.ts';
import { noticeFileName, noticeIcs } from './files.ts';
import { messageOf } from './message.ts';
import type { NoticeMail, NoticeStore, RawMail } from './ports.ts';

export interface WriterDeps {
  store: NoticeStore;
  files: FileThreads;
  clock: Clock;
  origin(): string;
  mailFrom: string;
}

/** Writes the mails of a queue. The PDF is the same for everybody: the last one that was made is kept. */
export function createMailWriter(deps: WriterDeps): (mail: NoticeMail) => Promise<RawMail | { dropped: OwnReason }> {
  let made: { meetingId: Id; number: number; pdf: Uint8Array } | null = null;

  async function pdfOf({ meetingId, number }: NoticeMail, document: NoticeDocument): Promise<Uint8Array> {
    if (made?.meetingId !== meetingId || made.number !== number)
      made = { meetingId, number, pdf: await deps.files.make({ of: 'notice', format: 'pdf', document }, null) };
    return made.pdf;
  }

  return async (mail) => {
    const [situation, version] = await Promise.all([
      deps.store.get(mail.meetingId),
      deps.store.version(mail.meetingId, mail.number),
    ]);
    if (!situation || !version) return { dropped: '@not-called' };
    const { meeting, record, last } = situation;
    const person = calledIn(meeting, record).find(({ personId }) => personId === mail.personId);
    if (last !== mail.number) return { dropped: '@replaced' };
    // Who was taken off the list, or a meeting that was cancelled or is over.
    if (!person || !mayInMeeting({ roles: person.roles, isAdmin: false }, stateOf(meeting), 'reply-notice'))
      return { dropped: '@not-called' };
    const document = JSON.parse(version.json) as NoticeDocument;
    const pdf = await pdfOf(mail, document);
    const token = newToken();
    await deps.store.putLink(hashToken(token), { meetingId: meeting.id, personId: person.personId, at: deps.clock() });
    const origin = deps.origin();
    return messageOf({
      document,
      to: { name: person.name, address: mail.address },
      from: deps.mailFrom,
      messageId: `<${mail.id}@${new URL(origin).hostname}>`,
      at: version.at,
      answerUrl: `${origin}/svar#${token}`,
      meetingUrl: `${origin}/m/${meeting.id}/kallelse`,
      ics: noticeIcs(deps, document, version.at),
      pdf,
      fileName: noticeFileName(document),
    });
  };
}
