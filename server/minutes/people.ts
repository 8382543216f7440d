/**
 * Why this file exists: who a protocol says was there, who led it, who presented and who is to sign it: names with titles
 * and organisations as they are in this meeting, in the order the house has its organisations in. Pure.
 */
import type { Presenter } from '#shared/agenda.ts';
import { bySittingTime } from '#shared/agenda-tree.ts';
import type { Organisation, Sitting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type {
  MinutesDocument,
  MinutesList,
  MinutesPerson,
  MinutesPresenter,
  MinutesSignature,
} from '#shared/minutes/document.ts';
import { CATEGORY_ORDER, clockWords, dayWords, minutesWords } from '#shared/minutes/words.ts';
import { SIGNING_ROLES } from '#shared/policy.ts';
import type { Language } from '#shared/terms.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';

/** A name with the party's letter. */
export const fullName = ({ name, party }: Pick<ParticipantView, 'name' | 'party'>): string =>
  party === '' ? name : `${name} (${party})`;

const organisationName = (id: Id | null, organisations: readonly Organisation[]): string =>
  organisations.find((one) => one.id === id)?.name ?? '';

/** What there is of `parts`, with commas between. */
export const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(', ');

/** A presenter with title and organisation; of free text only the text. */
export function presenterOf(
  { personId, text }: Presenter,
  meeting: MeetingRecord,
  organisations: readonly Organisation[],
): MinutesPresenter {
  const person = meeting.participants.find((one) => one.personId === personId);
  if (!person) return { name: text, title: '', organisation: '' };
  return {
    name: fullName(person),
    title: person.title,
    organisation: organisationName(person.organisationId, organisations),
  };
}

const placeOf = ({ venue, address, room }: Sitting): string => joined(venue, address, room);

/** What stands above everything. */
export function headerOf(
  meeting: MeetingRecord,
  language: Language,
  organisations: readonly Organisation[],
): MinutesDocument['header'] {
  const words = minutesWords(language);
  const sittings = [...meeting.sittings].sort(bySittingTime).map((sitting, i, all) => ({
    id: sitting.id,
    label: all.length > 1 ? words.day(i + 1) : '',
    date: sitting.date,
    start: sitting.start,
    end: sitting.end,
    when: words.when(
      dayWords(sitting.date, language),
      clockWords(sitting.start, language),
      clockWords(sitting.end, language),
    ),
    place: placeOf(sitting),
  }));
  const places = new Set(sittings.map(({ place }) => place));
  const [place = ''] = places.size === 1 ? places : [];
  return {
    body: meeting.body,
    title: meeting.title,
    registryNumber: meeting.registryNumber,
    sittings: place === '' ? sittings : sittings.map((sitting) => ({ ...sitting, place: '' })),
    place,
    officers: (['chair', 'viceChair', 'secretary'] as const).flatMap((role) =>
      meeting.participants
        .filter(({ roles }) => roles.includes(role))
        .map((one) => ({
          role: words.role[role],
          name: joined(fullName(one), organisationName(one.organisationId, organisations)),
        })),
    ),
  };
}

/** Who takes part, while nobody has kept presence: it says who was called and nothing more. Projectors are nobody. */
export function participantLists(
  meeting: MeetingRecord,
  language: Language,
  organisations: readonly Organisation[],
  groupBy: 'organisation' | 'category',
): MinutesList[] {
  const words = minutesWords(language);
  const people = meeting.participants.filter(({ roles }) => !roles.includes('screen'));
  if (people.length === 0) return [];
  const row = (one: ParticipantView): MinutesPerson => ({
    personId: one.personId,
    name: fullName(one),
    title: joined(one.title, groupBy === 'category' ? organisationName(one.organisationId, organisations) : ''),
    phrase: one.absence === '' ? '' : words.absence(one.absence),
  });
  const groupOf = (label: string, members: ParticipantView[]) => ({ label, people: members.map(row) });
  if (groupBy === 'category') {
    const groups = CATEGORY_ORDER.map((category) =>
      groupOf(
        words.category[category],
        people.filter((one) => one.category === category),
      ),
    ).filter(({ people: members }) => members.length > 0);
    return [{ title: words.participants, by: words.categoryLabel, groups }];
  }
  const known = new Set(organisations.map(({ id }) => id));
  const others = people.filter(({ organisationId }) => organisationId === null || !known.has(organisationId));
  // An organisation that has seats and nobody here keeps its row: that is what the row says.
  const groups = [...organisations]
    .sort((a, b) => a.position - b.position)
    .map((one) => ({
      seats: one.seats,
      ...groupOf(
        one.name,
        people.filter(({ organisationId }) => organisationId === one.id),
      ),
    }))
    .filter(({ seats, people: members }) => seats > 0 || members.length > 0)
    .map(({ label, people: members }) => ({ label, people: members }));
  if (others.length > 0) groups.push(groupOf(words.withoutOrganisation, others));
  return [{ title: words.participants, by: words.organisation, groups }];
}

/** Who signs: once each, by the first of their roles in the order of signing; the vice chair when there is no chair. */
export function signaturesOf(
  meeting: MeetingRecord,
  signed: ReadonlyMap<Id, number>,
  organisations: readonly Organisation[],
): MinutesSignature[] {
  const chaired = meeting.participants.some(({ roles }) => roles.includes('chair'));
  const seen = new Set<Id>();
  return SIGNING_ROLES.filter((role) => role !== 'viceChair' || !chaired).flatMap((role) =>
    meeting.participants.flatMap((one) => {
      if (seen.has(one.personId) || !one.roles.includes(role)) return [];
      seen.add(one.personId);
      const title = joined(one.title, organisationName(one.organisationId, organisations));
      return [
        {
          personId: one.personId,
          name: fullName(one),
          title,
          role,
          capacity: one.capacity,
          signedAt: signed.get(one.personId) ?? null,
        },
      ];
    }),
  );
}
