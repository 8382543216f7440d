/**
 * Why this file exists: the days of a meeting for people's calendars, as RFC 5545 and 5546 (PUBLISH) ask for: one event a
 * sitting under a name that never changes, a sequence that rises with every version, so that a calendar that has an
 * older version takes the newer one; and a sitting that is no more is said to be cancelled.
 *
 * The libraries that were tried write a local time as DTSTAMP, or a zone under another name than the events ask for; this
 * is small enough to be right about.
 */
import { momentOf } from '../agenda-time.ts';
import { minutesWords } from '../minutes/words.ts';
import { type NoticeDocument, type NoticeSitting, placeIn } from './document.ts';
import { offsetAt, timeZoneLines, wallClock } from './time-zone.ts';
import { noticeWords } from './words.ts';

export interface IcsOf {
  document: NoticeDocument;
  /** When the version was published, milliseconds since 1970. */
  at: number;
  /** Makes the events' names unique in the world: the house's host name. */
  host: string;
  /** The meeting's page. */
  url: string;
  /** Where replies by mail would go; `null` when the house sends no mail: then the organiser is the page. */
  mailFrom: string | null;
}

/** A whole calendar file: CRLF, folded, UTF-8. Sittings whose times are no times are left out. */
export function icsOf({ document, at, host, url, mailFrom }: IcsOf): string {
  const { header, meeting, number, withdrawn } = document;
  const zone = meeting.timeZone;
  const words = noticeWords(document.language);
  const events = [
    ...header.sittings.map((sitting) => ({ sitting, cancelled: false })),
    ...withdrawn.map((sitting) => ({ sitting, cancelled: true })),
  ].flatMap(({ sitting, cancelled }) => {
    const hours = hoursOf(sitting, zone);
    return hours ? [{ sitting, cancelled, ...hours }] : [];
  });
  const begin = Math.min(at, ...events.map(({ from }) => from));
  const end = Math.max(at, ...events.map(({ to }) => to));
  const name = header.title === '' ? words.notice : header.title;
  const organizer = `ORGANIZER;CN="${header.body.replace(/["\p{Cc}]/gu, ' ')}":${mailFrom === null ? url : `mailto:${mailFrom}`}`;
  const agenda = document.items
    .filter(({ number: n, kind }) => n !== '' && kind !== 'break')
    .map((item) => ({ sittingId: item.sittingId, line: `${item.number} ${item.title}` }));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Radslag//Kallelse//SV',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...timeZoneLines(zone, begin, end),
    ...events.flatMap(({ sitting, cancelled, from, to }) => [
      'BEGIN:VEVENT',
      `UID:${sitting.id}.${meeting.id}@${host}`,
      `DTSTAMP:${wallClock(at, 0)}Z`,
      `LAST-MODIFIED:${wallClock(at, 0)}Z`,
      `SEQUENCE:${number - 1}`,
      `DTSTART;TZID=${zone}:${wallClock(from, offsetAt(zone, from))}`,
      `DTEND;TZID=${zone}:${wallClock(to, offsetAt(zone, to))}`,
      `SUMMARY:${escaped([sitting.label === '' ? name : `${name}, ${sitting.label.toLowerCase()}`].join(''))}`,
      ...(placeIn(document, sitting) === '' ? [] : [`LOCATION:${escaped(placeIn(document, sitting))}`]),
      `DESCRIPTION:${escaped(descriptionOf(sitting, agenda, document))}`,
      `URL:${url}`,
      organizer,
      `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      'TRANSP:OPAQUE',
      'CLASS:PUBLIC',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** A sitting that ends at an earlier clock time than it starts ends after midnight. */
function hoursOf({ date, start, end }: NoticeSitting, timeZone: string): { from: number; to: number } | null {
  const [from, to] = [momentOf(date, start, timeZone), momentOf(date, end, timeZone)];
  if (from === null || to === null) return null;
  return { from, to: to <= from ? to + 24 * 3600_000 : to };
}

function descriptionOf(
  { id, link }: NoticeSitting,
  agenda: readonly { sittingId: string; line: string }[],
  { header, language }: NoticeDocument,
): string {
  const common = minutesWords(language);
  return [
    header.body,
    header.registryNumber === '' ? '' : `${common.registryNumber} ${header.registryNumber}`,
    link === '' ? '' : `${noticeWords(language).link}: ${link}`,
    ...agenda.filter(({ sittingId }) => sittingId === id || header.sittings.length === 1).map(({ line }) => line),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** A text as a property's value says it (RFC 5545 3.3.11); other control characters have no place in one. */
const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** Lines of at most 75 octets, the end of line left out; no character is divided (RFC 5545 3.1). */
function folded(line: string): string {
  const lines: string[] = [];
  let now = '';
  let octets = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (octets + size > 75) {
      lines.push(now);
      // The space that says "goes on" is an octet of the line.
      now = ' ';
      octets = 1;
    }
    now += letter;
    octets += size;
  }
  return [...lines, now].join('\r\n');
}
