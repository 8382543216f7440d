/**
 * Why this file exists: dates, weeks and clock times the way they are written where the meeting is held: "torsdag 12
 * november", "kl. 08.30", "v. 46"; in English "Thursday 12 November", "08:30", "week 46".
 */

const locale = (language: string): string => (language.startsWith('en') ? 'en-GB' : 'sv-SE');

/** "13.07" in Swedish, "13:07" in English, of a moment in milliseconds; in the given zone, else the machine's. */
export function clock(at: number, language: string, timeZone?: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(at);
  return language.startsWith('en') ? text : text.replace(':', '.');
}

/** A sitting's "08:30" as it is written in the language. */
export function clockText(hhmm: string, language: string): string {
  return language.startsWith('en') ? hhmm : hhmm.replace(':', '.');
}

/** Noon of a calendar date, in UTC, so that formatting in UTC shows the same date everywhere. */
function noon(date: string): number {
  return Date.parse(`${date}T12:00:00Z`);
}

/** "torsdag 12 november" of `YYYY-MM-DD`; with the year when it is asked for, "tors 12 nov" when it is to be short. */
export function dayText(date: string, language: string, options: { year?: boolean; short?: boolean } = {}): string {
  return new Intl.DateTimeFormat(locale(language), {
    weekday: options.short ? 'short' : 'long',
    day: 'numeric',
    month: options.short ? 'short' : 'long',
    ...(options.year && { year: 'numeric' }),
    timeZone: 'UTC',
  })
    .format(noon(date))
    .replace(',', '')
    .replace(/\.$/, '');
}

/** Today's date `YYYY-MM-DD` at a moment, in a zone. */
export function dateAt(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(timeZone && { timeZone }) }).format(at);
}

/** ISO 8601 week of a date: the week that holds its Thursday. */
export function isoWeek(date: string): number {
  const thursday = new Date(noon(date));
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const firstThursday = new Date(Date.UTC(thursday.getUTCFullYear(), 0, 4, 12));
  firstThursday.setUTCDate(firstThursday.getUTCDate() + 3 - ((firstThursday.getUTCDay() + 6) % 7));
  return 1 + Math.round((thursday.getTime() - firstThursday.getTime()) / (7 * 24 * 3600 * 1000));
}

/** "12–13 november" of a meeting's dates, "12 november" of one, "30 november–1 december" across months. */
export function spanText(dates: readonly string[], language: string): string {
  const sorted = [...dates].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return '';
  const format = new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return first === last ? format.format(noon(first)) : format.formatRange(noon(first), noon(last));
}

/** "torsdag 12 november" → "Torsdag 12 november", for the beginning of a line. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
