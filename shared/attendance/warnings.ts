/**
 * Why this file exists: what does not hold together in who was there, so that it is seen before the minutes are signed and
 * not after. Each warning says where; the page words it and leads there.
 */
import type { Participant } from '../api.ts';
import type { Id } from '../ids.ts';
import { attends } from './attendance.ts';
import { heldOf } from './days.ts';
import { lineOf, saidOf } from './line.ts';
import { atItem, presentAt } from './presence.ts';
import { organisationsOf, type RollOf } from './roll.ts';

/** A moment at which something was decided. */
export interface DecisionMoment {
  /** The decision, for saying which. */
  id: Id;
  at: number;
  itemId: Id;
}

export type AttendanceWarning =
  /** A presenter was not there while the own item was treated. */
  | { code: 'presenter-absent'; itemId: Id; personId: Id }
  /** Decided with neither chair nor vice chair there. */
  | { code: 'no-chair'; itemId: Id; at: number }
  /** Decided while nobody of an organisation was there. */
  | { code: 'unrepresented'; itemId: Id; at: number; organisationId: Id }
  /** Recorded as being there, while an absence they announced in words has not been taken into account. */
  | { code: 'present-and-excused'; personId: Id; words: string }
  /** Serves for somebody who is there. */
  | { code: 'substitute-beside'; personId: Id; forPersonId: Id }
  /** Nothing is said of them in a sitting that has been held. */
  | { code: 'unsaid'; personIds: Id[]; day: number };

export interface Warned extends RollOf {
  participants: readonly Pick<
    Participant,
    'personId' | 'name' | 'title' | 'organisationId' | 'category' | 'party' | 'roles'
  >[];
  decisions: readonly DecisionMoment[];
}

/** What does not hold together, in the order of the meeting. Nothing while nobody has been recorded. */
export function attendanceWarnings(of: Warned): AttendanceWarning[] {
  if (!of.entries.some(({ id }) => id !== '')) return [];
  return [...presenters(of), ...atDecisions(of), ...contradictions(of), ...unsaid(of)];
}

/** Those who belong to the meeting: neither its screen nor who only looks on. */
function seated({ participants }: Warned): Warned['participants'] {
  return participants.filter(({ roles }) => roles.some((role) => !['screen', 'guest', 'observer'].includes(role)));
}

function presenters({ frame, entries, participants }: Warned): AttendanceWarning[] {
  const known = new Set(participants.map(({ personId }) => personId));
  return [...frame.items.values()].flatMap(({ id: itemId, presenters: own }) =>
    own
      .filter((personId) => known.has(personId))
      .filter((personId) => {
        const there = atItem(frame, entries, personId, itemId);
        return there === 'away' || there === 'excused' || there === 'absent';
      })
      .map((personId): AttendanceWarning => ({ code: 'presenter-absent', itemId, personId })),
  );
}

function atDecisions(of: Warned): AttendanceWarning[] {
  const { frame, entries, participants, decisions } = of;
  const members = seated(of);
  const organisations = organisationsOf(of.organisations, participants);
  return decisions.flatMap(({ at, itemId }) => {
    const here = new Set(
      presentAt(
        frame,
        entries,
        participants.map(({ personId }) => personId),
        { at, itemId },
      ).map((one) => one.personId),
    );
    const chair = participants.some(
      ({ personId, roles }) => here.has(personId) && (roles.includes('chair') || roles.includes('viceChair')),
    );
    const found: AttendanceWarning[] = chair ? [] : [{ code: 'no-chair', itemId, at }];
    for (const { id: organisationId } of organisations)
      if (!members.some((one) => one.organisationId === organisationId && here.has(one.personId)))
        found.push({ code: 'unrepresented', itemId, at, organisationId });
    return found;
  });
}

function contradictions({ frame, entries, participants, words }: Warned): AttendanceWarning[] {
  const found: AttendanceWarning[] = [];
  for (const { personId } of participants) {
    const said = words.get(personId);
    const line = lineOf(frame, saidOf(entries, personId));
    if (said !== undefined && line.some((piece) => attends(piece.kind)))
      found.push({ code: 'present-and-excused', personId, words: said });
    const served = new Set<Id>();
    for (const piece of line) {
      const { forPersonId } = piece;
      if (piece.kind !== 'substitute' || forPersonId === null) continue;
      const other = lineOf(frame, saidOf(entries, forPersonId));
      const together = other.some((one) => attends(one.kind) && one.from < piece.to && one.to > piece.from);
      if (together) served.add(forPersonId);
    }
    for (const { kind, itemId, forPersonId } of saidOf(entries, personId)) {
      if (kind !== 'substitute' || itemId === null || forPersonId === null) continue;
      const there = atItem(frame, entries, forPersonId, itemId);
      if (there === 'present' || there === 'part') served.add(forPersonId);
    }
    for (const forPersonId of served) found.push({ code: 'substitute-beside', personId, forPersonId });
  }
  return found;
}

function unsaid(of: Warned): AttendanceWarning[] {
  const { frame, entries, words } = of;
  return frame.sittings.flatMap((sitting): AttendanceWarning[] => {
    const held = heldOf(sitting);
    if (frame.now < held.from) return [];
    const personIds = seated(of)
      .map(({ personId }) => personId)
      .filter((personId) => !words.has(personId))
      .filter((personId) => {
        const said = saidOf(entries, personId);
        if (said.some(({ itemId, kind }) => itemId !== null && attends(kind))) return false;
        return !lineOf(frame, said).some((piece) => piece.sittingId === sitting.id);
      });
    return personIds.length > 0 ? [{ code: 'unsaid', personIds, day: sitting.day }] : [];
  });
}
