/** Why this file exists: what a notice says on paper, on a page and in a mail, and in which order: laid out once. */
import type { Inline } from '../document/blocks.ts';
import { marked, type Part, type Print, plain } from '../document/print.ts';
import type { MinutesAttachment } from '../minutes/document.ts';
import { clockWords, dayWords, minutesWords, spanWords } from '../minutes/words.ts';
import type { NoticeDocument, NoticeItem } from './document.ts';
import { type NoticeWords, noticeWords } from './words.ts';

/** Lays a notice out. */
export function noticePrint(document: NoticeDocument): Print {
  const { header, language, number } = document;
  const [words, common] = [noticeWords(language), minutesWords(language)];
  const dates = spanWords(header.sittings.map(({ date }) => date));
  const registry = header.registryNumber === '' ? '' : `${common.registryNumber} ${header.registryNumber}`;
  const about = words.numbered(number);
  const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ');
  const [first] = header.sittings;
  return {
    language,
    title: header.title === '' ? words.notice : header.title,
    author: header.body,
    about: joined(about, header.body, dates),
    at: first ? Date.parse(`${first.date}T12:00:00Z`) : 0,
    running: { left: header.body, right: joined(about, registry) },
    foot: joined(dates, registry),
    page: common.page,
    lead: [plain(joined(about, header.body))],
    contents: null,
    made: '',
    parts: [
      { kind: 'facts', rows: factsOf(document, words) },
      ...messageParts(document.message),
      ...changeParts(document, words),
      ...agendaParts(document, words),
      ...calledParts(document, words),
      ...(document.attachments.length === 0
        ? []
        : [listed(common.attachments, 'attachments'), attachmentList(document.attachments)]),
    ],
  };
}

const listed = (text: string, anchor: string): Part => ({
  kind: 'heading',
  level: 2,
  number: '',
  text,
  anchor,
  listed: true,
});

function factsOf({ header, language, replyBy }: NoticeDocument, words: NoticeWords): { term: string; words: string }[] {
  const common = minutesWords(language);
  const rows = header.sittings.flatMap(({ label, when, place, link }) => [
    { term: label === '' ? common.time : label, words: place === '' ? when : `${when}, ${place}` },
    ...(link === '' ? [] : [{ term: words.link, words: link }]),
  ]);
  if (header.place !== '') rows.push({ term: common.place, words: header.place });
  if (header.registryNumber !== '') rows.push({ term: common.registryNumber, words: header.registryNumber });
  for (const { role, name } of header.officers) rows.push({ term: role, words: name });
  if (replyBy !== '') rows.push({ term: words.replyBy, words: dayWords(replyBy, language) });
  return rows;
}

/** Paragraphs are parted by empty lines; single ends of lines stay. */
function messageParts(message: string): Part[] {
  return message
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({
      kind: 'paragraph',
      inlines: text
        .split('\n')
        .flatMap((line, n): Inline[] => (n === 0 ? plain(line) : [{ break: true }, ...plain(line)])),
    }));
}

function changeParts({ changes, number }: NoticeDocument, words: NoticeWords): Part[] {
  if (changes.length === 0) return [];
  return [
    listed(words.changes(number - 1), 'changes'),
    { kind: 'list', style: 'plain', entries: changes.map((change) => plain(words.change(change))) },
  ];
}

function agendaParts(document: NoticeDocument, words: NoticeWords): Part[] {
  const { header, items } = document;
  if (items.length === 0) return [];
  const parts: Part[] = [];
  const days = header.sittings.length > 1 ? header.sittings : [];
  const rest = items.filter(({ sittingId }) => !days.some(({ id }) => id === sittingId));
  if (rest.length > 0) parts.push(listed(words.agenda, 'agenda'), agendaTable(rest, document, words));
  for (const [n, { id, label, date }] of days.entries()) {
    const rows = items.filter(({ sittingId }) => sittingId === id);
    if (rows.length === 0) continue;
    parts.push(
      listed(`${words.agenda} ${label.toLowerCase()}, ${dayWords(date, document.language)}`, `day-${n + 1}`),
      agendaTable(rows, document, words),
    );
  }
  return parts;
}

function agendaTable(items: readonly NoticeItem[], { language }: NoticeDocument, words: NoticeWords): Part {
  const common = minutesWords(language);
  const timed = items.some(({ start }) => start !== '');
  const presented = items.some(({ presenters }) => presenters.length > 0);
  const cells = (item: NoticeItem): string[][] => {
    const { kind, number, start, presenters, attachments } = item;
    const title = item.title === '' ? (kind === 'break' ? words.break : words.untitled) : item.title;
    return [
      ...(timed ? [start === '' ? [] : [clockWords(start, language)]] : []),
      number === '' ? [] : [number],
      [title, ...attachments.map(({ label, name }) => `${label} ${name}`)],
      ...(presented
        ? [presenters.map((one) => [one.name, one.organisation].filter((part) => part !== '').join(', '))]
        : []),
    ];
  };
  return {
    kind: 'table',
    caption: '',
    head: [...(timed ? [words.clock] : []), words.number, words.item, ...(presented ? [common.presenters] : [])],
    widths: [...(timed ? [2] : []), 2, 11, ...(presented ? [9] : [])],
    rowHeads: false,
    rows: items.map(cells),
  };
}

function calledParts({ called }: NoticeDocument, words: NoticeWords): Part[] {
  if (called.length === 0) return [];
  return [
    listed(words.called, 'called'),
    { kind: 'list', style: 'plain', entries: called.map(({ label, names }) => marked(`${label}: `, names.join(', '))) },
  ];
}

const attachmentList = (attachments: readonly MinutesAttachment[]): Part => ({
  kind: 'list',
  style: 'plain',
  entries: attachments.map(({ label, name }) => marked(`${label} `, name)),
});
