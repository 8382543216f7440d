/** Why this file exists: which day comes next, which day a new meeting is proposed for, and what is wrong with a day written down. */
import type { Sitting } from '#shared/api.ts';

function shifted(date: string, days: number): string {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** The day after `date`, both `YYYY-MM-DD`. */
export function dayAfter(date: string): string {
  return shifted(date, 1);
}

function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The first date at least a week after `today` from which `length` days in a row (at most five) are Monday to Friday. */
export function proposedDate(today: string, length: number): string {
  let date = shifted(today, 7);
  const fits = (first: string) => Array.from({ length }, (_, day) => shifted(first, day)).every(isWorkingDay);
  while (!fits(date)) date = dayAfter(date);
  return date;
}

/** What is wrong with a sitting, by the field where it is put right. */
export type DayFault = 'ends-before' | 'link';

/** Faults the server would refuse, by `<sitting id>.<field>`: hours that run backwards, links that are no web address. */
export function dayFaults(sittings: readonly Sitting[]): Map<string, DayFault> {
  const faults = new Map<string, DayFault>();
  for (const { id, start, end, link } of sittings) {
    // HH:MM compares as text; what is empty is asked for by the field itself.
    if (start && end && end <= start) faults.set(`${id}.end`, 'ends-before');
    if (link && !/^https?:\/\//i.test(link.trim())) faults.set(`${id}.link`, 'link');
  }
  return faults;
}
