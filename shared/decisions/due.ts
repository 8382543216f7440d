/**
 * Why this file exists: when something is to be done, as exactly as people said it: a day, a week, a month, a season, or
 * before one of them. It is kept as it was meant and sorted by the last day it can be done on.
 */
export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
export type Season = (typeof SEASONS)[number];

export type DuePeriod =
  | { precision: 'day'; date: string }
  | { precision: 'week'; year: number; week: number }
  | { precision: 'month'; year: number; month: number }
  | { precision: 'season'; year: number; season: Season };
/** `before`: done before the period begins. */
export type Due = DuePeriod & { before: boolean };

const DAY_MS = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const utc = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day);

/** The Monday of an ISO week, milliseconds UTC. */
function monday(year: number, week: number): number {
  const january4 = utc(year, 1, 4);
  return january4 - ((new Date(january4).getUTCDay() + 6) % 7) * DAY_MS + (week - 1) * 7 * DAY_MS;
}

/** How many ISO weeks a year has: 52 or 53. */
export const weeksIn = (year: number): number => Math.round((monday(year + 1, 1) - monday(year, 1)) / (7 * DAY_MS));

/** The seasons as people in the north mean them: spring January to May, summer June to August, and a short winter after. */
const MONTHS_OF: Record<Season, readonly [from: number, to: number]> = {
  spring: [1, 5],
  summer: [6, 8],
  autumn: [9, 11],
  winter: [12, 12],
};

function bounds(due: DuePeriod): readonly [from: number, to: number] {
  switch (due.precision) {
    case 'day': {
      const day = Date.parse(`${due.date}T00:00:00Z`);
      return [day, day];
    }
    case 'week': {
      const from = monday(due.year, due.week);
      return [from, from + 6 * DAY_MS];
    }
    case 'month':
      return [utc(due.year, due.month, 1), utc(due.year, due.month + 1, 1) - DAY_MS];
    case 'season': {
      const [from, to] = MONTHS_OF[due.season];
      return [utc(due.year, from, 1), utc(due.year, to + 1, 1) - DAY_MS];
    }
  }
}

/** The last day on which it can be done in time, YYYY-MM-DD: what it is sorted by. */
export function latestDay(due: Due): string {
  const [from, to] = bounds(due);
  return iso(due.before ? from - DAY_MS : to);
}

const MONTHS = {
  sv: 'januari februari mars april maj juni juli augusti september oktober november december'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
const SEASON_WORDS: Record<'sv' | 'en', Record<Season, string>> = {
  sv: { spring: 'våren', summer: 'sommaren', autumn: 'hösten', winter: 'vintern' },
  en: { spring: 'spring', summer: 'summer', autumn: 'autumn', winter: 'winter' },
};

/** In words, the year always said: "v. 42 2026", "mars 2027", "före våren 2027", "2026-10-14". */
export function dueText(due: Due, language: 'sv' | 'en'): string {
  const before = due.before ? (language === 'sv' ? 'före ' : 'before ') : '';
  switch (due.precision) {
    case 'day':
      return before + due.date;
    case 'week':
      return `${before}${language === 'sv' ? 'v.' : 'week'} ${due.week} ${due.year}`;
    case 'month':
      return `${before}${MONTHS[language][due.month - 1]} ${due.year}`;
    case 'season':
      return `${before}${SEASON_WORDS[language][due.season]} ${due.year}`;
  }
}

/**
 * What somebody wrote about when, in either language; `null` for what is not understood. A year left out is the one in which
 * it comes next after `today` (YYYY-MM-DD).
 */
export function parseDue(words: string, today: string): Due | null {
  let rest = words.toLowerCase().replace(/\s+/gu, ' ').trim();
  const before = /^(före|innan|before) /u.test(rest);
  rest = rest.replace(/^((före|innan|before|senast|by|under|during|in|i) )+/u, '');
  const next = (make: (year: number) => DuePeriod | null, said: string | undefined): Due | null => {
    const from = Number(today.slice(0, 4));
    for (const year of said ? [Number(said)] : [from, from + 1]) {
      const period = make(year);
      const due = period && { ...period, before };
      if (due && (said || latestDay(due) >= today)) return due;
    }
    return null;
  };

  if (/^\d{4}-\d{2}-\d{2}$/.test(rest)) {
    const day = Date.parse(`${rest}T00:00:00Z`);
    return Number.isNaN(day) || iso(day) !== rest ? null : { precision: 'day', date: rest, before };
  }
  const week = /^(?:v\.?|vecka|week|w) ?(\d{1,2})(?:,? (\d{4}))?$/u.exec(rest);
  if (week)
    return next((year) => {
      const n = Number(week[1]);
      return n >= 1 && n <= weeksIn(year) ? { precision: 'week', year, week: n } : null;
    }, week[2]);
  const named = /^(?:the )?(?:(\d{1,2}) )?(\p{L}+)(?: (\d{4}))?$/u.exec(rest);
  if (!named) return null;
  const [, day, word = '', year] = named;
  const month = 1 + Math.max(...Object.values(MONTHS).map((names) => monthIn(names, word)));
  if (month > 0 && day)
    return next((y) => {
      const date = iso(utc(y, month, Number(day)));
      return Number(date.slice(8)) === Number(day) ? { precision: 'day', date } : null;
    }, year);
  if (month > 0) return next((y) => ({ precision: 'month', year: y, month }), year);
  const season = SEASONS.find((one) => [SEASON_WORDS.sv[one], SEASON_WORDS.en[one], SHORT[one]].includes(word));
  if (season && !day) return next((y) => ({ precision: 'season', year: y, season }), year);
  if (word === 'årsskiftet' && !day) return next((y) => ({ precision: 'day', date: `${y}-12-31` }), year);
  return null;
}

const SHORT: Record<Season, string> = { spring: 'vår', summer: 'sommar', autumn: 'höst', winter: 'vinter' };

const monthIn = (names: readonly string[], word: string): number =>
  names.findIndex(
    (name) => name.toLowerCase() === word || (word.length >= 3 && name.toLowerCase().slice(0, 3) === word),
  );
