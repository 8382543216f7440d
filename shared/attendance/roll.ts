/**
 * Why this file exists: the attendance list of the minutes as one value: who was there, in the order bodies have always used:
 * by organisation in their fixed order, where an organisation with nobody there shows "–", or by category with a list of
 * those who could not come. Renderers and pages show it; none of them decides who stands in it.
 */
import type { Category, Organisation, Participant } from '../api.ts';
import type { Id } from '../ids.ts';
import type { Role } from '../policy.ts';
import { CATEGORIES, type Language } from '../terms.ts';
import type { AttendanceEntry } from './attendance.ts';
import type { AttendanceFrame } from './frame.ts';
import { type Phrases, phrasesFor } from './phrases.ts';

export const GROUPINGS = ['organisation', 'category'] as const;
/** How a body lists who was there. */
export type Grouping = (typeof GROUPINGS)[number];

/** What of a participant the list needs. */
export type RollPerson = Pick<
  Participant,
  'personId' | 'name' | 'title' | 'organisationId' | 'category' | 'party' | 'roles'
>;

export interface RollRow extends Phrases {
  personId: Id;
  name: string;
  title: string;
  party: string;
  organisationId: Id | null;
  roles: readonly Role[];
  /** What they announced and nobody could read but people; empty when none. */
  words: string;
}

export interface RollGroup {
  /** The organisation; `null` for people without one, and when grouped by category. */
  organisation: Organisation | null;
  /** The category; `null` when grouped by organisation. */
  category: Category | null;
  rows: RollRow[];
  /** Nobody was there: shown as "–". */
  vacant: boolean;
}

export interface Roll {
  grouping: Grouping;
  /** Those who were there, if only for a while, and those of whom nothing is said yet. */
  present: RollGroup[];
  /** Those who were not there, wholly or in part (förhinder): read `absence`. */
  excused: RollRow[];
  /** Those who stayed away without a word. */
  absent: RollRow[];
}

export interface RollOf {
  frame: AttendanceFrame;
  entries: readonly AttendanceEntry[];
  /** Announcements that are not understood, by person. */
  words: ReadonlyMap<Id, string>;
  participants: readonly RollPerson[];
  organisations: readonly Organisation[];
}

const isScreen = ({ roles }: RollPerson): boolean => roles.includes('screen');
/** Came by the code and stands for nobody. */
const isGuestOnly = ({ roles }: RollPerson): boolean => roles.every((role) => role === 'guest');

/** The organisations that belong to the meeting: those with a seat, and those that sent somebody; in their order. */
export function organisationsOf(
  organisations: readonly Organisation[],
  participants: readonly RollPerson[],
): Organisation[] {
  const sent = new Set(
    participants.filter((one) => !isScreen(one) && !isGuestOnly(one)).map((one) => one.organisationId),
  );
  return organisations
    .filter(({ id, seats }) => seats > 0 || sent.has(id))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

/** Chair first, then vice chair, those elected, the others; the same order at every reading. */
function bySeat(a: RollPerson, b: RollPerson): number {
  const office = ({ roles }: RollPerson) => (roles.includes('chair') ? 0 : roles.includes('viceChair') ? 1 : 2);
  const rank = ({ category }: RollPerson) => CATEGORIES.indexOf(category);
  return (
    office(a) - office(b) ||
    rank(a) - rank(b) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : a.personId < b.personId ? -1 : 1)
  );
}

/** The list of who was there. */
export function rollOf(of: RollOf, grouping: Grouping, language: Language): Roll {
  const { frame, entries, words } = of;
  const people = of.participants.filter((one) => !isScreen(one)).sort(bySeat);
  const nameOf = (id: Id): string | null => of.participants.find(({ personId }) => personId === id)?.name ?? null;
  const rows = people.map((person): RollRow & { category: Category } => ({
    ...phrasesFor(frame, entries, person.personId, nameOf, language),
    personId: person.personId,
    name: person.name,
    title: person.title,
    party: person.party,
    organisationId: person.organisationId,
    roles: person.roles,
    category: person.category,
    words: words.get(person.personId) ?? '',
  }));
  const there = rows.filter(({ standing }) => standing === 'present' || standing === 'unsaid');
  const known = organisationsOf(of.organisations, people);
  const group = (of: Partial<RollGroup>, own: RollRow[]): RollGroup => ({
    organisation: null,
    category: null,
    ...of,
    rows: own,
    vacant: own.length === 0,
  });
  const present =
    grouping === 'organisation'
      ? [
          ...known.map((organisation) =>
            group(
              { organisation },
              there.filter(({ organisationId }) => organisationId === organisation.id),
            ),
          ),
          group(
            {},
            there.filter(({ organisationId }) => !known.some(({ id }) => id === organisationId)),
          ),
        ].filter(({ organisation, vacant }) => organisation !== null || !vacant)
      : CATEGORIES.map((category) =>
          group(
            { category },
            there.filter((row) => row.category === category),
          ),
        ).filter(({ vacant }) => !vacant);
  return {
    grouping,
    present: present.map((one) => ({ ...one, rows: one.rows.map(plain) })),
    // Beside a name in the organisation's row stands when they were there; only who was not there at all is listed apart.
    excused: rows
      .filter(
        (row) =>
          row.standing === 'excused' ||
          (grouping === 'category' && row.missing && row.standing !== 'absent' && expected(row, entries)),
      )
      .map(plain),
    absent: rows.filter(({ standing }) => standing === 'absent').map(plain),
  };
}

/**
 * Whoever came to present an item, or as a guest, was not expected for the rest of the meeting: leaving after it is no
 * absence, unless somebody has said so.
 */
function expected(row: { category: Category; personId: Id }, entries: readonly AttendanceEntry[]): boolean {
  if (row.category !== 'presenter' && row.category !== 'guest') return true;
  return entries.some(({ personId, kind }) => personId === row.personId && (kind === 'excused' || kind === 'absent'));
}

function plain(row: RollRow): RollRow {
  const { personId, name, title, party, organisationId, roles, words, standing, presence, absence, missing } = row;
  return { personId, name, title, party, organisationId, roles, words, standing, presence, absence, missing };
}

/** "Per Ek; Carl Norr, dag 2; Mika Vall och Jörg Pil, från kl. 10.00 dag 2": people with the same phrase together. */
export function absenceSentence(rows: readonly RollRow[], language: Language): string {
  const byPhrase = new Map<string, string[]>();
  for (const { name, absence, words } of rows) {
    const phrase = absence || (words === '' ? '' : `(${words})`);
    byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), name]);
  }
  const and = language === 'sv' ? 'och' : 'and';
  const names = (all: string[]): string =>
    all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${and} ${all.at(-1)}`;
  return [...byPhrase].map(([phrase, all]) => (phrase ? `${names(all)}, ${phrase}` : names(all))).join('; ');
}
