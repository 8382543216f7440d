/** Why this file exists: what a file of a protocol says, and in which order, whatever kind of file it is. */
import type { Inline } from '../document/blocks.ts';
import { type HeadingLevel, levelBelow, marked, type Part, type Print, plain } from '../document/print.ts';
import { expandAbbreviations } from './abbreviations.ts';
import {
  type MinutesAttachment,
  type MinutesDecision,
  type MinutesDocument,
  type MinutesItem,
  type MinutesList,
  outOfOrder,
} from './document.ts';
import { type MinutesWords, minutesWords, momentWords, spanWords } from './words.ts';

/** From so many numbered headings on a reader needs a table of contents. */
const LONG = 15;

/** Lays a protocol out. */
export function minutesPrint(given: MinutesDocument): Print {
  const words = minutesWords(given.language);
  const { document, listed } = expandAbbreviations(given);
  const { header } = document;
  const about = document.style === 'notes' ? words.style.notes : words.style[document.style];
  const registry = header.registryNumber === '' ? '' : `${words.registryNumber} ${header.registryNumber}`;
  const dates = spanWords(header.sittings.map(({ date }) => date));
  const last = header.sittings.at(-1);
  const sayTreatment = outOfOrder(document.items);
  const { imported } = document;
  const moment = (at: number): string => momentWords(at, document.language, document.meeting.timeZone);
  const parts: Part[] = [
    { kind: 'facts', rows: factsOf(document, words) },
    ...document.attendance.flatMap((list, n) => attendanceOf(list, n, words)),
    ...document.items.flatMap((item) => itemParts(item, document, words, sayTreatment)),
  ];
  if (document.attachments.length > 0)
    parts.push(
      { kind: 'heading', level: 2, number: '', text: words.attachments, anchor: 'attachments', listed: true },
      attachmentList(document.attachments),
    );
  for (const [n, { title, blocks }] of document.appendix.entries())
    parts.push(
      { kind: 'heading', level: 2, number: '', text: title, anchor: `appendix-${n + 1}`, listed: true },
      { kind: 'blocks', under: 2, blocks },
    );
  if (listed.length > 0)
    parts.push(
      { kind: 'heading', level: 2, number: '', text: words.abbreviations, anchor: 'abbreviations', listed: true },
      { kind: 'facts', rows: listed.map(({ short, long }) => ({ term: short, words: long })) },
    );
  if (document.signatures.length > 0)
    parts.push(
      { kind: 'heading', level: 2, number: '', text: words.signatures, anchor: 'signatures', listed: true },
      {
        kind: 'signatures',
        room: words.signatureRoom,
        rows: document.signatures.map(({ name, title, role, capacity, signedAt }) => ({
          name,
          about: [words.role[role].toLowerCase(), title, capacity].filter((part) => part !== '').join(', '),
          signed:
            signedAt === null
              ? ''
              : imported?.signatures
                ? words.signedElsewhere(moment(signedAt))
                : words.signed(moment(signedAt)),
        })),
      },
    );
  return {
    language: document.language,
    title: header.title === '' ? about : header.title,
    author: header.body,
    about: [about, header.body, dates].filter((part) => part !== '').join(' · '),
    at: last ? Date.parse(`${last.date}T12:00:00Z`) : 0,
    running: { left: header.body, right: [about, registry].filter((part) => part !== '').join(' · ') },
    foot: [dates, document.style === 'notes' ? '' : registry].filter((part) => part !== '').join(' · '),
    page: words.page,
    lead: [
      plain([about, header.body].filter((part) => part !== '').join(' · ')),
      ...(imported ? [plain(words.imported(moment(imported.at), imported.by, imported.signatures))] : []),
    ],
    contents: document.items.length > LONG ? words.contents : null,
    made: '',
    parts,
  };
}

function factsOf({ header }: MinutesDocument, words: MinutesWords): { term: string; words: string }[] {
  const rows = header.sittings.map(({ label, when, place }) => ({
    term: label === '' ? words.time : label,
    words: place === '' ? when : `${when}, ${place}`,
  }));
  if (header.place !== '') rows.push({ term: words.place, words: header.place });
  if (header.registryNumber !== '') rows.push({ term: words.registryNumber, words: header.registryNumber });
  for (const { role, name } of header.officers) rows.push({ term: role, words: name });
  return rows;
}

function attendanceOf({ title, by, groups }: MinutesList, n: number, words: MinutesWords): Part[] {
  // A row per person, the group's name at its first: names and phrases stay side by side.
  const rows = groups.flatMap(({ label, people }) =>
    people.length === 0
      ? [[[label], [words.nobody], []]]
      : people.map(({ name, title: task, phrase }, i) => [
          [i === 0 ? label : ''],
          [task === '' ? name : `${name}, ${task}`],
          phrase === '' ? [] : [phrase],
        ]),
  );
  return [
    { kind: 'heading', level: 2, number: '', text: title, anchor: `attendance-${n + 1}`, listed: true },
    {
      kind: 'table',
      caption: '',
      head: [by, words.name, words.attended],
      widths: [3, 8, 4],
      rowHeads: true,
      rows,
    },
  ];
}

const attachmentList = (attachments: readonly MinutesAttachment[]): Part => ({
  kind: 'list',
  style: 'plain',
  entries: attachments.map(({ label, name }) => marked(`${label} `, name)),
});

function itemParts(item: MinutesItem, document: MinutesDocument, words: MinutesWords, sayTreatment: boolean): Part[] {
  const level: HeadingLevel = levelBelow(2, item.level);
  const parts: Part[] = [
    {
      kind: 'heading',
      level,
      number: item.number,
      text: item.title === '' ? words.untitled : item.title,
      anchor: `item-${item.id}`,
      listed: true,
    },
  ];
  const presenters = item.presenters.map(({ name, title, organisation }) =>
    [name, title, organisation].filter((part) => part !== '').join(', '),
  );
  if (presenters.length > 0)
    parts.push({ kind: 'note', inlines: [{ text: `${words.presenters}: ${presenters.join('; ')}`, italic: true }] });
  if (sayTreatment && item.treatment !== null)
    parts.push({ kind: 'note', inlines: plain(words.treatment(item.treatment)) });
  if (item.blocks.length > 0) parts.push({ kind: 'blocks', under: level, blocks: item.blocks });
  if (item.summary) parts.push(...summaryParts(item.summary, item.id, level, document, words));
  if (item.nothingToReport) parts.push({ kind: 'paragraph', inlines: plain(words.nothingToReport) });
  for (const decision of item.decisions) parts.push(...decisionParts(decision, level, words));
  for (const { when, by, reason } of item.reopenings)
    parts.push({ kind: 'note', inlines: plain(words.reopened(when, by, reason)) });
  if (item.actions.length > 0)
    parts.push({
      kind: 'table',
      caption: words.actions,
      head: [words.action, words.owner, words.due],
      widths: [6, 4, 2],
      rowHeads: false,
      // Every organisation's is a row for each of them: what is to be done is said at the first.
      rows: item.actions.map(({ text, owner, due, done }, n, all) => [
        [n > 0 && text === all[n - 1]?.text ? '' : text],
        [owner],
        [done ? [due, words.done].filter((part) => part !== '').join(', ') : due],
      ]),
    });
  if (item.attachments.length > 0) parts.push(attachmentList(item.attachments));
  return parts;
}

function summaryParts(
  { sections, revision, by, at }: NonNullable<MinutesItem['summary']>,
  itemId: string,
  level: HeadingLevel,
  { language, meeting }: MinutesDocument,
  words: MinutesWords,
): Part[] {
  const under = levelBelow(level);
  return [
    { kind: 'heading', level: under, number: '', text: words.summary, anchor: `summary-${itemId}`, listed: false },
    ...sections.flatMap(({ heading, blocks }, n): Part[] =>
      blocks.length === 0
        ? []
        : [
            {
              kind: 'heading',
              level: levelBelow(under),
              number: '',
              text: heading,
              anchor: `summary-${itemId}-${n + 1}`,
              listed: false,
            },
            { kind: 'blocks', under: under + 1, blocks },
          ],
    ),
    { kind: 'note', inlines: plain(words.summaryFinal(revision, by, momentWords(at, language, meeting.timeZone))) },
  ];
}

/** The wording as it was decided; what led to it after it. */
function decisionParts(decision: MinutesDecision, level: HeadingLevel, words: MinutesWords): Part[] {
  const { id, label, outcome, lead, clauses, motivation, method, counts, dissents, present } = decision;
  const kind = words.outcome[outcome];
  const paragraph = (...inlines: Inline[]): Part => ({ kind: 'paragraph', inlines });
  const frame: Part[] = [
    {
      kind: 'heading',
      level: levelBelow(level),
      number: '',
      text: outcome === 'decision' && label !== '' ? label : [label, kind].filter((part) => part !== '').join(': '),
      anchor: `decision-${id}`,
      listed: false,
    },
  ];
  if (lead !== '') frame.push(paragraph(...plain(lead)));
  for (const { text } of clauses) frame.push(paragraph(...plain(text)));
  const how = [words.method[method], counts].filter((part) => part !== '').join(', ');
  const parts: Part[] = [{ kind: 'frame', parts: frame }];
  if (motivation !== '') parts.push(paragraph(...marked(`${words.motivation}. `, motivation)));
  const changed = clauses.filter(({ original }) => original !== null);
  if (changed.length > 0)
    parts.push({
      kind: 'table',
      caption: words.changes,
      head: [words.original, words.changed, words.reason],
      widths: [4, 4, 3],
      rowHeads: false,
      rows: changed.map(({ original, text, reason }) => [[original ?? ''], [text], reason === '' ? [] : [reason]]),
    });
  for (const { kind: said, who, text } of dissents)
    parts.push(paragraph(...marked(`${words.dissent[said]}, ${who}. `, text)));
  if (how !== '') parts.push({ kind: 'note', inlines: plain(`${words.methodLabel}: ${how}`) });
  if (present !== '') parts.push({ kind: 'note', inlines: plain(`${words.present}: ${present}`) });
  return parts;
}
