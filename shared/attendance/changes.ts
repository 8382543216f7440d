/**
 * Why this file exists: everything that can be done to the presence of a meeting, as pure decisions: one arrives, one leaves,
 * something is said of a time or of an item, and a person's record is put back as it was. Each keeps the rule that nobody
 * is two things at one moment.
 */
import { type Id, newId } from '../ids.ts';
import {
  type AttendanceEntry,
  attends,
  type EntryDraft,
  type ItemEntryKind,
  saysTheSame,
  type TimeKind,
} from './attendance.ts';
import { type AttendanceFrame, sittingAt, toMinute } from './frame.ts';
import { draftsOf, erase, lineOf, type Piece, paint, pieceAt, piecesOf, saidOf } from './line.ts';

/** Who says it, and when. */
export interface Saying {
  by: Id;
  at: number;
}

/** `entries` with what is said of one person replaced. What was said already keeps its id, who said it and when. */
export function sayOf(
  entries: readonly AttendanceEntry[],
  personId: Id,
  drafts: readonly EntryDraft[],
  saying: Saying,
): AttendanceEntry[] {
  const before = saidOf(entries, personId);
  const kept = new Set<AttendanceEntry>();
  const said = drafts.map((draft): AttendanceEntry => {
    const same = before.find((entry) => entry.id !== '' && !kept.has(entry) && saysTheSame(entry, draft));
    if (same) {
      kept.add(same);
      return same;
    }
    return { ...draft, id: newId(), personId, at: saying.at, by: saying.by };
  });
  return [...entries.filter((entry) => entry.personId !== personId), ...said];
}

const ofItems = (said: readonly EntryDraft[]): EntryDraft[] => said.filter(({ itemId }) => itemId !== null);

function withLine(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  change: (line: readonly Piece[]) => readonly Piece[],
  saying: Saying,
): AttendanceEntry[] {
  const said = saidOf(entries, personId);
  const drafts = [...draftsOf(frame, change(lineOf(frame, said))), ...ofItems(said)];
  return sayOf(entries, personId, drafts, saying);
}

/**
 * Somebody comes in at `at`: is there from then until the sitting ends, or until an absence that was announced begins. Who
 * served for somebody, or came as a guest, comes back as that. Nothing happens to who is there already.
 */
export function arrive(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  { at, as }: { at: number; as: 'present' | 'guest' },
  saying: Saying,
): AttendanceEntry[] {
  const sitting = sittingAt(frame, at);
  return withLine(
    frame,
    entries,
    personId,
    (line) => {
      const moment = at <= sitting.from ? sitting.begins : toMinute(at);
      const there = pieceAt(line, moment);
      if (there && attends(there.kind)) return line;
      const here = line.filter((piece) => piece.sittingId === sitting.id);
      const next = here.find((piece) => piece.from > moment);
      const before = here.filter((piece) => piece.from < moment && attends(piece.kind)).at(-1);
      return paint(line, {
        kind: before?.kind ?? as,
        from: moment,
        to: next ? next.from : sitting.ends,
        sittingId: sitting.id,
        forPersonId: before?.forPersonId ?? null,
        note: before?.note ?? '',
      });
    },
    saying,
  );
}

/** Was there from the start of the sitting `at` belongs to, unless something is said of them in it already. */
export function thereFromStart(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  { at, as }: { at: number; as: 'present' | 'guest' },
  saying: Saying,
): AttendanceEntry[] {
  const sitting = sittingAt(frame, at);
  const line = lineOf(frame, saidOf(entries, personId));
  const next = line.find((piece) => piece.sittingId === sitting.id);
  if (next && (next.from <= sitting.begins || attends(next.kind))) return [...entries];
  const { begins: from, ends } = sitting;
  const piece: Piece = { kind: as, from, to: next?.from ?? ends, sittingId: sitting.id, forPersonId: null, note: '' };
  return withLine(frame, entries, personId, (known) => paint(known, piece), saying);
}

/**
 * Somebody goes at `at`: is no longer there in this sitting, until an announced return. Who was never said to have come was
 * there from the start of the sitting.
 */
export function leave(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  { at, as }: { at: number; as: 'present' | 'guest' },
  saying: Saying,
): AttendanceEntry[] {
  const sitting = sittingAt(frame, at);
  return withLine(
    frame,
    entries,
    personId,
    (line) => {
      const moment = at <= sitting.from ? sitting.begins : toMinute(at);
      const there = pieceAt(line, moment);
      if (there) return attends(there.kind) ? erase(line, { from: moment, to: there.to }) : line;
      const said = line.some((piece) => piece.sittingId === sitting.id && piece.to <= moment);
      if (said || moment <= sitting.begins) return line;
      const { begins: from, id: sittingId } = sitting;
      return paint(line, { kind: as, from, to: moment, sittingId, forPersonId: null, note: '' });
    },
    saying,
  );
}

/** What is said of a time; `kind` `null` takes back what was said of it. */
export interface TimeSaying {
  kind: TimeKind | null;
  /** `null` for every sitting that `from` and `to` reach. */
  sittingId: Id | null;
  from: number | null;
  to: number | null;
  forPersonId: Id | null;
  note: string;
}

/** Says something of a time, in the place of whatever was said of it. */
export function sayOfTime(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  said: TimeSaying,
  saying: Saying,
): AttendanceEntry[] {
  const { kind, forPersonId } = said;
  const draft: EntryDraft = {
    ...said,
    kind: kind ?? 'present',
    forPersonId: kind === 'substitute' ? forPersonId : null,
    itemId: null,
  };
  const pieces = piecesOf(frame, draft);
  const change = kind === null ? erase : paint;
  return withLine(frame, entries, personId, (line) => pieces.reduce<Piece[]>(change, [...line]), saying);
}

/** What is said of an item; `kind` `null` takes it back. There is one thing said of a person at an item. */
export interface ItemSaying {
  kind: ItemEntryKind | null;
  itemId: Id;
  forPersonId: Id | null;
  note: string;
}

/** Says something of an item, in the place of whatever was said of it. */
export function sayOfItem(
  entries: readonly AttendanceEntry[],
  personId: Id,
  { kind, itemId, forPersonId, note }: ItemSaying,
  saying: Saying,
): AttendanceEntry[] {
  const drafts: EntryDraft[] = saidOf(entries, personId).filter((entry) => entry.itemId !== itemId);
  if (kind !== null) {
    const servesFor = kind === 'substitute' ? forPersonId : null;
    drafts.push({ kind, from: null, to: null, sittingId: null, itemId, forPersonId: servesFor, note });
  }
  return sayOf(entries, personId, drafts, saying);
}

/** A person's whole record in other words, brought into order: what an undo and a written correction do. */
export function rewrite(
  frame: AttendanceFrame,
  entries: readonly AttendanceEntry[],
  personId: Id,
  drafts: readonly EntryDraft[],
  saying: Saying,
): AttendanceEntry[] {
  const items = new Map(
    ofItems(drafts).map((draft) => [draft.itemId, { ...draft, from: null, to: null, sittingId: null }]),
  );
  const times = draftsOf(frame, lineOf(frame, drafts));
  return sayOf(entries, personId, [...times, ...items.values()], saying);
}

/** The ids of what is recorded of a person, for saying what one changes. */
export function recordedIds(entries: readonly AttendanceEntry[], personId: Id): Id[] {
  return saidOf(entries, personId).flatMap(({ id }) => (id === '' ? [] : [id]));
}
