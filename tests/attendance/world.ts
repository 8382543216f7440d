/** Why this file exists: a retreat of two days with six items, as presence sees it, for the tests of presence. */
import { momentOf } from '#shared/agenda-time.ts';
import type { AttendanceEntry, EntryDraft } from '#shared/attendance/attendance.ts';
import type { AttendanceFrame, FrameItem } from '#shared/attendance/frame.ts';
import { frameOf } from '#shared/attendance/frame.ts';

export const ZONE = 'Europe/Stockholm';
/** An id that says what it names: kind and number. */
export const idOf = (kind: 'p' | 'd' | 'i' | 'e' | 'o', n: number): string => `${kind}${String(n).padStart(19, '0')}`;

export const DAYS = [
  { id: idOf('d', 1), date: '2027-02-04', start: '08:30', end: '17:00' },
  { id: idOf('d', 2), date: '2027-02-05', start: '08:30', end: '12:00' },
];

/** A clock time of day 1 or 2 as a moment. */
export function at(day: number, clock: string): number {
  return momentOf(DAYS[day - 1]!.date, clock, ZONE)!;
}

/** Item 1 … with visits "day from–to". */
export type Treated = Record<number, [day: number, from: string, to: string | null][]>;

/** The meeting at a moment; by default long over. */
export function world(treated: Treated = {}, now: number = at(2, '20:00'), days = DAYS): AttendanceFrame {
  const visits = Object.entries(treated).map(([n, of]) => ({
    itemId: idOf('i', Number(n)),
    visits: of.map(([day, from, to]) => ({ from: at(day, from), to: to === null ? null : at(day, to) })),
  }));
  const frame = frameOf({ timeZone: ZONE, sittings: days, items: visits }, null, now);
  const items = new Map<string, FrameItem>();
  for (let n = 1; n <= 8; n += 1) {
    const id = idOf('i', n);
    const known = visits.find(({ itemId }) => itemId === id);
    items.set(id, {
      id,
      number: String(n),
      title: `Punkt ${n}`,
      parent: '',
      presenters: [idOf('p', n)],
      visits: known?.visits ?? [],
    });
  }
  return { ...frame, items };
}

export const SAYING = { by: idOf('p', 99), at: 0 };

/** Entries of one person from drafts. */
export function said(personId: string, ...drafts: Partial<EntryDraft>[]): AttendanceEntry[] {
  return drafts.map((draft, n) => ({
    kind: 'present',
    from: null,
    to: null,
    sittingId: null,
    itemId: null,
    forPersonId: null,
    note: '',
    ...draft,
    id: idOf('e', n + 1),
    personId,
    at: 0,
    by: idOf('p', 99),
  }));
}
