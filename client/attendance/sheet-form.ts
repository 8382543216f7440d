/**
 * Why this file exists: one person's record as a form: times of each sitting as clock times, statuses at items. Pure: from
 * what is recorded to fields, and from fields to what is recorded.
 */
import { momentOf } from '#shared/agenda-time.ts';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceEntry, EntryDraft, ItemEntryKind, TimeKind } from '#shared/attendance/attendance.ts';
import type { AttendanceFrame, SittingSpan } from '#shared/attendance/frame.ts';
import { draftsOf, lineOf } from '#shared/attendance/line.ts';
import type { Id } from '#shared/ids.ts';

export interface TimeRow {
  key: number;
  sittingId: Id | null;
  kind: TimeKind;
  /** "HH:MM", or empty for from the start and until the end. */
  from: string;
  to: string;
  forPersonId: Id | '';
  note: string;
}

export interface ItemRow {
  itemId: Id;
  kind: ItemEntryKind;
  forPersonId: Id | '';
  note: string;
}

export interface RecordForm {
  times: TimeRow[];
  items: ItemRow[];
}

/** "09:15" of a moment in the meeting's zone. */
function fieldOf(at: number | null, timeZone: string): string {
  if (at === null) return '';
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    at,
  );
}

/** What is said of somebody as fields. */
export function formOf(frame: AttendanceFrame, said: readonly AttendanceEntry[]): RecordForm {
  const times = draftsOf(frame, lineOf(frame, said)).map((draft, key) => ({
    key,
    sittingId: draft.sittingId,
    kind: draft.kind as TimeKind,
    from: fieldOf(draft.from, frame.timeZone),
    to: fieldOf(draft.to, frame.timeZone),
    forPersonId: draft.forPersonId ?? '',
    note: draft.note,
  }));
  const items = said.flatMap(({ itemId, kind, forPersonId, note }) =>
    itemId === null ? [] : [{ itemId, kind: kind as ItemEntryKind, forPersonId: forPersonId ?? '', note }],
  );
  return { times, items };
}

/** A clock time of a sitting as a moment: after midnight when that is when it was. `null` for an empty field. */
export function momentIn(meeting: Meeting, frame: AttendanceFrame, sitting: SittingSpan, hhmm: string): number | null {
  if (hhmm === '') return null;
  const date =
    meeting.sittings.find(({ id }) => id === sitting.id)?.date ??
    new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: frame.timeZone }).format(sitting.heldFrom);
  const at = momentOf(date, hhmm, frame.timeZone);
  if (at === null) return null;
  const next = at + 24 * 3_600_000;
  return at < sitting.from && next <= Math.max(sitting.to, sitting.heldTo) ? next : at;
}

/** What the fields say, and which rows end before they begin. */
export function draftsFrom(
  meeting: Meeting,
  frame: AttendanceFrame,
  form: RecordForm,
): { drafts: EntryDraft[]; wrong: number[] } {
  const wrong: number[] = [];
  const times = form.times.flatMap((row): EntryDraft[] => {
    const sitting = frame.sittings.find(({ id }) => id === row.sittingId);
    if (!sitting) return [];
    const from = momentIn(meeting, frame, sitting, row.from);
    const to = momentIn(meeting, frame, sitting, row.to);
    if ((from !== null && to !== null && from >= to) || (to !== null && to <= sitting.from)) {
      wrong.push(row.key);
      return [];
    }
    const forPersonId = row.kind === 'substitute' && row.forPersonId ? row.forPersonId : null;
    return [{ kind: row.kind, from, to, sittingId: row.sittingId, itemId: null, forPersonId, note: row.note }];
  });
  const items = form.items.map(
    ({ itemId, kind, forPersonId, note }): EntryDraft => ({
      kind,
      from: null,
      to: null,
      sittingId: null,
      itemId,
      forPersonId: kind === 'substitute' && forPersonId ? forPersonId : null,
      note,
    }),
  );
  return { drafts: [...times, ...items], wrong };
}

/** A row more in a sitting: after the last one, or the whole of it. */
export function withTime(form: RecordForm, sittingId: Id | null, kind: TimeKind = 'present'): RecordForm {
  const last = form.times.filter((row) => row.sittingId === sittingId).at(-1);
  const key = Math.max(-1, ...form.times.map((row) => row.key)) + 1;
  const row: TimeRow = { key, sittingId, kind, from: last?.to ?? '', to: '', forPersonId: '', note: '' };
  return { ...form, times: [...form.times, row] };
}

/** The whole of a sitting is one status. */
export function wholeDay(form: RecordForm, sittingId: Id | null, kind: TimeKind): RecordForm {
  const rest = { ...form, times: form.times.filter((row) => row.sittingId !== sittingId) };
  return withTime(rest, sittingId, kind);
}
