/** Why this file exists: which of three questions a meeting answers: what is now, what comes soon, what is to finish. */

import { momentOf } from '#shared/agenda-time.ts';
import type { MeetingSummary } from '#shared/api.ts';
import { isOfficer } from '#shared/policy.ts';

export interface Lists {
  now: MeetingSummary[];
  soon: MeetingSummary[];
  toFinish: MeetingSummary[];
  /** Signed off, cancelled, archived. */
  rest: MeetingSummary[];
}

const HOUR = 3600_000;

/** First and last moment of a meeting; `null` without days. */
export function spanOf(meeting: Pick<MeetingSummary, 'sittings' | 'timeZone'>): { from: number; to: number } | null {
  const starts = meeting.sittings.map((s) => momentOf(s.date, s.start, meeting.timeZone)).filter((at) => at !== null);
  const ends = meeting.sittings.map((s) => momentOf(s.date, s.end, meeting.timeZone)).filter((at) => at !== null);
  return starts.length > 0 && ends.length > 0 ? { from: Math.min(...starts), to: Math.max(...ends) } : null;
}

/** Sorts what one takes part in. A meeting that runs, or has a sitting this very hour, is now. */
export function listsOf(meetings: readonly MeetingSummary[], now: number): Lists {
  const lists: Lists = { now: [], soon: [], toFinish: [], rest: [] };
  for (const meeting of meetings) {
    const span = spanOf(meeting);
    const running = meeting.sittings.some((sitting) => {
      const from = momentOf(sitting.date, sitting.start, meeting.timeZone);
      const to = momentOf(sitting.date, sitting.end, meeting.timeZone);
      return from !== null && to !== null && now >= from - HOUR / 2 && now <= to + HOUR;
    });
    if (meeting.archivedAt !== null || meeting.cancelledAt !== null || meeting.phase === 'verified')
      lists.rest.push(meeting);
    else if (meeting.phase === 'verification') lists.toFinish.push(meeting);
    else if (meeting.phase === 'ongoing' || running) lists.now.push(meeting);
    else if (span && span.to < now) (isOfficer(meeting.myRoles) ? lists.toFinish : lists.rest).push(meeting);
    else lists.soon.push(meeting);
  }
  const byStart = (a: MeetingSummary, b: MeetingSummary) =>
    (spanOf(a)?.from ?? Number.POSITIVE_INFINITY) - (spanOf(b)?.from ?? Number.POSITIVE_INFINITY) ||
    a.title.localeCompare(b.title, 'sv');
  lists.now.sort(byStart);
  lists.soon.sort(byStart);
  lists.toFinish.sort(byStart);
  lists.rest.sort((a, b) => byStart(b, a));
  return lists;
}

/** The sitting that comes next or runs; the last one when all are past. */
export function nextSitting(meeting: MeetingSummary, now: number) {
  const sorted = [...meeting.sittings].sort((a, b) => `${a.date}${a.start}`.localeCompare(`${b.date}${b.start}`));
  return sorted.find((s) => (momentOf(s.date, s.end, meeting.timeZone) ?? 0) >= now) ?? sorted.at(-1);
}
