/**
 * Why this file exists: before the meeting people say in words when they cannot come ("dag 2", "från kl. 10.00 dag 2", "ej
 * punkten 6"). What can be understood counts as an excused absence until something is recorded about that person; what
 * cannot stays as the words it is. Understood is every sentence that phrases.ts writes of an absence, in both languages.
 */
import { momentOf } from '../agenda-time.ts';
import type { Participant, Sitting } from '../api.ts';
import type { AttendanceEntry, EntryDraft } from './attendance.ts';
import type { AttendanceFrame, SittingSpan } from './frame.ts';

const WHOLE =
  /^(förhinder|hela mötet|hela tiden|båda dagarna|alla dagar|excused|absent|the whole meeting|all days|both days)$/;
const EXCEPT = /^(?:ej|inte|utom|not|except)\s+/;
const ITEMS = /^(?:punkt(?:en|erna)?|p\.|items?)\s+(.+)$/;
const DAYS = /^(?:dag(?:arna)?|days?)\s+(.+)$/;
const CLOCK = '(?:kl\\.?\\s*)?(\\d{1,2})[.:](\\d{2})';
const FROM = new RegExp(`^(?:från|fr\\.?\\s?o\\.?\\s?m\\.?|from)\\s+${CLOCK}$`);
const TO = new RegExp(`^(?:till|t\\.?\\s?o\\.?\\s?m\\.?|until|to)\\s+${CLOCK}$`);
const BETWEEN = new RegExp(`^${CLOCK}\\s*[–-]\\s*${CLOCK}$`);
const ON_DAY = /\s*(?:,\s*)?(?:on\s+)?(?:dag|day)\s+(\d{1,2})$/;
const NUMBER = /^\d{1,3}(?:\.\d{1,3})*[a-z]?$/;

/** "1", "1 och 3", "1, 2 and 3", "1–3" as numbers in words; `null` when it is no such list. */
function listed(text: string): string[] | null {
  const parts = text.split(/\s*,\s*|\s+(?:och|and|&)\s+/).filter(Boolean);
  const all: string[] = [];
  for (const part of parts) {
    const range = /^(\d{1,2})\s*[–-]\s*(\d{1,2})$/.exec(part);
    if (range) {
      const [first, last] = [Number(range[1]), Number(range[2])];
      if (first > last || last - first > 31) return null;
      for (let n = first; n <= last; n += 1) all.push(String(n));
    } else if (NUMBER.test(part)) all.push(part);
    else return null;
  }
  return all.length > 0 ? all : null;
}

/** Sentences are parted by commas and semicolons, except where a list of numbers goes on. */
function sentences(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('\u00a0', ' ')
      // "kl. 10.00, dag 2" is one time.
      .replace(/(\d{2}),\s*(?=(?:dag|day) )/g, '$1 ')
      .split(
        /\s*;\s*|\s*,(?!\s*\d(?!\d?:))\s*|\s+(?:och|and)\s+(?=från|fr|till|t\.|from|until|to|kl|dag|day|punkt|item|ej|not)/,
      )
      .map((part) => part.trim().replace(/\.$/, ''))
      .filter(Boolean)
  );
}

interface Days {
  frame: AttendanceFrame;
  /** The sittings with their dates: a clock time is one of that day. */
  sittings: readonly Pick<Sitting, 'id' | 'date'>[];
}

function momentIn({ frame, sittings }: Days, span: SittingSpan, hours: string, minutes: string): number | null {
  const sitting = sittings.find(({ id }) => id === span.id);
  if (!sitting || Number(hours) > 23 || Number(minutes) > 59) return null;
  const at = momentOf(sitting.date, `${hours.padStart(2, '0')}:${minutes}`, frame.timeZone);
  return at !== null && at < span.from && span.to - span.from > 0 && at + 24 * 3_600_000 <= span.to
    ? at + 24 * 3_600_000
    : at;
}

const away = (said: Partial<EntryDraft>): EntryDraft => ({
  kind: 'excused',
  from: null,
  to: null,
  sittingId: null,
  itemId: null,
  forPersonId: null,
  note: '',
  ...said,
});

function understood(days: Days, sentence: string): EntryDraft[] | null {
  const { frame } = days;
  if (WHOLE.test(sentence)) return [away({})];
  const text = sentence.replace(EXCEPT, '');
  const items = ITEMS.exec(text);
  if (items) {
    const found = listed(items[1] ?? '')?.map((number) =>
      [...frame.items.values()].find((item) => item.number === number),
    );
    return found?.every((item) => item !== undefined) ? found.map((item) => away({ itemId: item!.id })) : null;
  }
  const whole = DAYS.exec(text);
  if (whole) {
    const found = listed(whole[1] ?? '')?.map((day) =>
      frame.sittings.find((span) => span.id && String(span.day) === day),
    );
    return found?.every((span) => span !== undefined) ? found.map((span) => away({ sittingId: span!.id })) : null;
  }
  const onDay = ON_DAY.exec(text);
  const span = onDay
    ? frame.sittings.find(({ day }) => String(day) === onDay[1])
    : frame.sittings.length === 1
      ? frame.sittings[0]
      : undefined;
  if (!span?.id) return null;
  const hours = text.replace(ON_DAY, '');
  const at = (h: string | undefined, m: string | undefined) => (h && m ? momentIn(days, span, h, m) : null);
  const [from, to, both] = [FROM.exec(hours), TO.exec(hours), BETWEEN.exec(hours)];
  const start = from ? at(from[1], from[2]) : both ? at(both[1], both[2]) : null;
  const end = to ? at(to[1], to[2]) : both ? at(both[3], both[4]) : null;
  if ((from || both) && start === null) return null;
  if ((to || both) && end === null) return null;
  if (!from && !to && !both) return null;
  if (start !== null && end !== null && start >= end) return null;
  return [away({ sittingId: span.id, from: start, to: end })];
}

/** What an announced absence means, or `null` when any part of it is not understood. Empty words mean nothing at all. */
export function parseAbsence(
  text: string,
  frame: AttendanceFrame,
  sittings: readonly Pick<Sitting, 'id' | 'date'>[],
): EntryDraft[] | null {
  const drafts: EntryDraft[] = [];
  for (const sentence of sentences(text)) {
    const meaning = understood({ frame, sittings }, sentence);
    if (!meaning) return null;
    drafts.push(...meaning);
  }
  return drafts;
}

export interface Announced {
  /** What is recorded, and for those of whom nothing is, what they announced. */
  entries: AttendanceEntry[];
  /** Announcements that are not understood, by person: to be read by people. */
  words: ReadonlyMap<string, string>;
}

/** What is known of everybody: recorded where anything is recorded, else as announced. */
export function withAnnounced(
  recorded: readonly AttendanceEntry[],
  participants: readonly Pick<Participant, 'personId' | 'absence'>[],
  frame: AttendanceFrame,
  sittings: readonly Pick<Sitting, 'id' | 'date'>[],
): Announced {
  const known = new Set(recorded.map(({ personId }) => personId));
  const entries = [...recorded];
  const words = new Map<string, string>();
  for (const { personId, absence } of participants) {
    if (absence.trim() === '') continue;
    const drafts = parseAbsence(absence, frame, sittings);
    if (drafts === null) words.set(personId, absence.trim());
    else if (!known.has(personId))
      entries.push(...drafts.map((draft) => ({ ...draft, id: '' as const, personId, at: 0, by: '' as const })));
  }
  return { entries, words };
}
