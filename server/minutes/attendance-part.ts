/**
 * Why this file exists: who was there, as a protocol prints it: the roll with the phrases made from what was recorded,
 * grouped as the body does it, then those who could not come and those who stayed away.
 */
import { type Agenda, readAgenda } from '#shared/agenda-tree.ts';
import type { Organisation } from '#shared/api.ts';
import { attends } from '#shared/attendance/attendance.ts';
import { withHolders } from '#shared/attendance/frame.ts';
import { lineOf, saidOf } from '#shared/attendance/line.ts';
import { atItem } from '#shared/attendance/presence.ts';
import { type Grouping, type RollGroup, type RollOf, type RollRow, rollOf } from '#shared/attendance/roll.ts';
import { type AttendanceWarning, attendanceWarnings, type DecisionMoment } from '#shared/attendance/warnings.ts';
import type { Id } from '#shared/ids.ts';
import type { MinutesWarning } from '#shared/minutes/completeness.ts';
import type { MinutesGroup, MinutesList, MinutesPerson } from '#shared/minutes/document.ts';
import { CATEGORY_ORDER, minutesWords } from '#shared/minutes/words.ts';
import { roomName } from '#shared/rooms.ts';
import type { Language } from '#shared/terms.ts';
import { rollInput } from '../attendance/known.ts';
import type { AttendanceStore } from '../attendance/ports.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import { fullName, joined } from './people.ts';
import type { AttendancePort } from './ports.ts';

export interface AttendancePartDeps {
  store: Pick<AttendanceStore, 'get'>;
  relay: Pick<Relay, 'read'>;
  organisations(): Promise<Organisation[]>;
  decisions(meetingId: Id): Promise<readonly DecisionMoment[]>;
  clock: Clock;
}

/** Reads presence for a protocol. Nothing but what was recorded makes a roll: what was announced alone says nobody came. */
export function createAttendancePart(deps: AttendancePartDeps): AttendancePort {
  return {
    async read({ meeting, language }, groupBy) {
      const situation = await deps.store.get(meeting.id);
      if (!situation || situation.attendance.entries.length === 0)
        return { lists: null, known: new Set(), warnings: [] };
      const [agenda, organisations, decisions] = await Promise.all([
        deps.relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) =>
          readAgenda(doc, situation.meeting),
        ),
        deps.organisations(),
        deps.decisions(meeting.id),
      ]);
      const of = rollInput(situation, agenda, organisations, deps.clock());
      return {
        lists: listsOf(of, groupBy, language),
        known: itemsKnown(of, agenda),
        warnings: attendanceWarnings({ ...of, decisions }).map((warning) => named(warning, of)),
      };
    },
  };
}

/** A warning with names instead of ids. */
function named(warning: AttendanceWarning, { participants, organisations }: RollOf): MinutesWarning {
  const person = (id: Id): string => participants.find(({ personId }) => personId === id)?.name ?? '';
  const of = (more: Partial<MinutesWarning>): MinutesWarning => ({
    code: warning.code,
    itemId: '',
    at: null,
    day: null,
    names: [],
    words: '',
    ...more,
  });
  switch (warning.code) {
    case 'presenter-absent':
      return of({ itemId: warning.itemId, names: [person(warning.personId)] });
    case 'no-chair':
      return of({ itemId: warning.itemId, at: warning.at });
    case 'unrepresented': {
      const organisation = organisations.find(({ id }) => id === warning.organisationId)?.name ?? '';
      return of({ itemId: warning.itemId, at: warning.at, names: [organisation] });
    }
    case 'present-and-excused':
      return of({ names: [person(warning.personId)], words: warning.words });
    case 'substitute-beside':
      return of({ names: [person(warning.personId), person(warning.forPersonId)] });
    case 'unsaid':
      return of({ names: warning.personIds.map(person), day: warning.day });
  }
}

/** The roll as lists. Pure. */
export function listsOf(of: RollOf, groupBy: Grouping, language: Language): MinutesList[] {
  const words = minutesWords(language);
  const roll = rollOf(of, groupBy, language);
  const nameOfOrganisation = (id: Id | null): string => of.organisations.find((one) => one.id === id)?.name ?? '';
  const personOf = (row: RollRow, phrase: string): MinutesPerson => ({
    personId: row.personId,
    name: fullName(row),
    title: joined(
      row.title,
      ...(['chair', 'viceChair', 'secretary'] as const)
        .filter((role) => row.roles.includes(role))
        .map((role) => words.role[role].toLowerCase()),
      groupBy === 'category' ? nameOfOrganisation(row.organisationId) : '',
    ),
    phrase,
  });
  const labelOf = ({ organisation, category }: RollGroup): string =>
    organisation?.name ?? (category ? words.category[category] : words.withoutOrganisation);
  const by = groupBy === 'category' ? words.categoryLabel : words.organisation;

  const here = (row: RollRow): string => {
    if (row.standing !== 'unsaid') return row.presence;
    return joined(row.presence, row.words === '' ? words.presence.unsaid : words.absence(row.words));
  };
  const lists: MinutesList[] = [
    {
      title: words.presence.present,
      by,
      groups: roll.present.map((group) => ({
        label: labelOf(group),
        people: group.rows.map((row) => personOf(row, here(row))),
      })),
    },
  ];

  const away = (title: string, rows: readonly RollRow[]): void => {
    if (rows.length === 0) return;
    lists.push({ title, by, groups: grouped(rows) });
  };
  /** In the same order as the first list; only groups somebody of whom is missing. */
  const grouped = (rows: readonly RollRow[]): MinutesGroup[] => {
    const people = (own: readonly RollRow[]) => own.map((row) => personOf(row, row.absence));
    if (groupBy === 'category')
      return CATEGORY_ORDER.map((category) => {
        const own = new Set(of.participants.filter((one) => one.category === category).map((one) => one.personId));
        return { label: words.category[category], people: people(rows.filter(({ personId }) => own.has(personId))) };
      }).filter((group) => group.people.length > 0);
    const ordered = [...of.organisations].sort((a, b) => a.position - b.position);
    const ids = new Set(ordered.map(({ id }) => id));
    return [
      ...ordered.map(({ id, name }) => ({
        label: name,
        people: people(rows.filter(({ organisationId }) => organisationId === id)),
      })),
      {
        label: words.withoutOrganisation,
        people: people(rows.filter(({ organisationId }) => organisationId === null || !ids.has(organisationId))),
      },
    ].filter((group) => group.people.length > 0);
  };
  away(words.presence.excused, roll.excused);
  away(words.presence.absent, roll.absent);
  return lists;
}

/**
 * The items of which it is known who was there: somebody was recorded as being there while it was treated, or something
 * is said of the item itself. Of one that never was the current item, its sitting's presence is what is known.
 */
export function itemsKnown({ frame, entries, participants }: RollOf, agenda: Agenda): ReadonlySet<Id> {
  const people = participants.map(({ personId }) => personId);
  const sittings = new Set(
    people.flatMap((personId) =>
      lineOf(frame, saidOf(entries, personId)).flatMap(({ kind, sittingId }) => (attends(kind) ? [sittingId] : [])),
    ),
  );
  const spoken = new Set(entries.flatMap(({ itemId }) => (itemId === null ? [] : [itemId])));
  const known = agenda.rows.filter(({ item, sitting }) => {
    if (withHolders(frame, item.id).some((id) => spoken.has(id))) return true;
    if ((frame.items.get(item.id)?.visits ?? []).length === 0) return sittings.has(sitting === '' ? null : sitting);
    return people.some((personId) => {
      const how = atItem(frame, entries, personId, item.id);
      return how !== null && (how === 'part' || (how !== 'away' && attends(how)));
    });
  });
  return new Set(known.map(({ item }) => item.id));
}
