/**
 * Why this file exists: a notice as a mail: the words as text and as a page, the calendar and the PDF with it, and a link of
 * its own for each who gets it. Names and subjects are made safe by the composer, and addresses are checked before they come
 * here and again here: nothing anybody wrote can become a header or another recipient.
 */
import MailComposer from 'nodemailer/lib/mail-composer';
import { plainText } from '#shared/document/plain-text.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import { isMailAddress } from '#shared/notice/mail.ts';
import { noticePrint } from '#shared/notice/print.ts';
import { noticeWords } from '#shared/notice/words.ts';
import { escapeHtml, htmlFile } from '../documents/html.ts';
import type { RawMail } from './ports.ts';

export interface MessageOf {
  document: NoticeDocument;
  /** Who gets it. */
  to: { name: string; address: string };
  from: string;
  /** Names the mail, so that a second copy of it can be known as one. */
  messageId: string;
  /** When the version was published. */
  at: number;
  /** The personal link to answer by, and the meeting's page. */
  answerUrl: string;
  meetingUrl: string;
  ics: string;
  pdf: Uint8Array;
  /** Of the files, without an ending. */
  fileName: string;
}

/** The mail's bytes with their envelope. Throws when an address is none. */
export async function messageOf(of: MessageOf): Promise<RawMail> {
  const { document, to, from } = of;
  if (!isMailAddress(to.address) || !isMailAddress(from)) throw new Error('not a mail address');
  const words = noticeWords(document.language);
  const print = noticePrint(document);
  const { header } = document;
  const [first] = header.sittings;
  const line = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
  const text = [
    `${words.answerLine}\n${of.answerUrl}\n${words.personal}`,
    plainText(print),
    `${words.readHere}\n${of.meetingUrl}`,
  ].join('\n\n');
  const composer = new MailComposer({
    from: { name: line(header.body) || 'Rådslag', address: from },
    to: { name: line(to.name), address: to.address },
    subject: line(words.subject(header.body, header.title, first?.date ?? '', document.number)),
    messageId: of.messageId,
    date: new Date(of.at),
    text,
    html: withAnswer(htmlFile(print), of, words),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [
      { filename: `${of.fileName}.pdf`, content: Buffer.from(of.pdf), contentType: 'application/pdf' },
      {
        filename: `${of.fileName}.ics`,
        content: Buffer.from(of.ics),
        contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      },
    ],
    // Nothing is fetched and nothing is read from the disk, whatever a value says.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from, to: to.address, raw: await composer.compile().build() };
}

/** The way to answer stands first. */
function withAnswer(page: string, of: MessageOf, words: ReturnType<typeof noticeWords>): string {
  const link = (url: string, text: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
  const before = `<p><strong>${link(of.answerUrl, words.answerHere)}</strong><br><span class="about">${escapeHtml(words.personal)}</span></p>`;
  const after = `<p class="about">${escapeHtml(words.readHere)} ${link(of.meetingUrl, of.meetingUrl)}</p>`;
  return page.replace('<main>\n', () => `<main>\n${before}\n`).replace('\n</main>', () => `\n${after}\n</main>`);
}
