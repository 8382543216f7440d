/**
 * Why this file exists: the words a protocol has of its own, in its own language, whatever the reader's is. The page and
 * every file say the same, because they say it from here.
 */
import { CATEGORIES, type Category, type Language } from '../terms.ts';
import type { DecisionMethod, DecisionOutcome, DissentKind, MinutesSignature, MinutesStyle } from './document.ts';

export interface MinutesWords {
  style: Record<MinutesStyle, string>;
  draft: string;
  registryNumber: string;
  time: string;
  place: string;
  day: (n: number) => string;
  when: (date: string, from: string, to: string) => string;
  role: Record<MinutesSignature['role'], string>;
  category: Record<Category, string>;
  participants: string;
  organisation: string;
  categoryLabel: string;
  withoutOrganisation: string;
  name: string;
  attended: string;
  /** What was said beforehand, while presence is not kept. */
  absence: (said: string) => string;
  nobody: string;
  contents: string;
  untitled: string;
  treatment: (n: number) => string;
  presenters: string;
  summary: string;
  summaryFinal: (revision: number, by: string, when: string) => string;
  nothingToReport: string;
  outcome: Record<DecisionOutcome, string>;
  motivation: string;
  changes: string;
  original: string;
  changed: string;
  reason: string;
  method: Record<DecisionMethod, string>;
  methodLabel: string;
  present: string;
  /** Titles of the lists, and what stands beside who is said nothing of. */
  presence: { present: string; excused: string; absent: string; unsaid: string };
  presentCount: (people: number) => string;
  nobodyFrom: (organisations: readonly string[]) => string;
  meetingItself: string;
  decides: Record<'decision' | 'agreement', (body: string) => string>;
  /** What is said where there is no wording; `detail` is where to, or why. */
  settled: Record<Exclude<DecisionOutcome, 'decision' | 'agreement'>, (detail: string) => string>;
  /** Before each clause of a proposal. */
  clause: string;
  counts: (counted: { yes: number; no: number; abstained: number }) => string;
  replaces: (label: string) => string;
  replacedBy: (label: string) => string;
  reopened: (when: string, by: string, reason: string) => string;
  dissent: Record<DissentKind, string>;
  actions: string;
  action: string;
  owner: string;
  due: string;
  done: string;
  attachments: string;
  missingAttachment: string;
  signatures: string;
  signed: (when: string) => string;
  /** Beside a signature that only a file claims. */
  signedElsewhere: (when: string) => string;
  /** Of a protocol that came from a file; `signatures`: its signatures did too. */
  imported: (when: string, by: string, signatures: boolean) => string;
  signatureRoom: string;
  abbreviations: string;
  abbreviation: string;
  meaning: string;
  page: (at: string, of: string) => string;
}

const listing = (parts: readonly string[], and: string): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;

const sv: MinutesWords = {
  style: { decisions: 'Beslutsprotokoll', discussion: 'Protokoll', notes: 'Mötesanteckningar' },
  draft: 'Utkast',
  registryNumber: 'Dnr',
  time: 'Tid',
  place: 'Plats',
  day: (n) => `Dag ${n}`,
  when: (date, from, to) => `${date}, kl. ${from}–${to}`,
  role: { chair: 'Ordförande', viceChair: 'Vice ordförande', secretary: 'Sekreterare', verifier: 'Justerare' },
  category: { elected: 'Förtroendevalda', official: 'Tjänstepersoner', presenter: 'Föredragande', guest: 'Gäster' },
  participants: 'Deltagare',
  organisation: 'Organisation',
  categoryLabel: 'Kategori',
  withoutOrganisation: 'Övriga',
  name: 'Namn',
  attended: 'Närvaro',
  absence: (said) => `förhinder ${said}`,
  nobody: '–',
  contents: 'Innehåll',
  untitled: 'Utan rubrik',
  treatment: (n) => `Behandlades som punkt ${n} i ordningen.`,
  presenters: 'Föredragande',
  summary: 'Sammanfattning',
  summaryFinal: (revision, by, when) => `Revision ${revision}, slutförd av ${by} ${when}`,
  nothingToReport: 'Inget att rapportera.',
  outcome: {
    decision: 'Beslut',
    agreement: 'Överenskommelse',
    noted: 'Noteras',
    tabled: 'Bordläggs',
    remitted: 'Återremitteras',
    referred: 'Hänskjuts',
    spunOff: 'Lyfts ur',
    filed: 'Läggs till handlingarna',
    withdrawn: 'Utgår',
  },
  motivation: 'Motivering',
  changes: 'Ändringar av lydelsen',
  original: 'Ursprunglig lydelse',
  changed: 'Beslutad lydelse',
  reason: 'Skäl',
  method: {
    '': '',
    acclamation: 'Acklamation',
    showOfHands: 'Handuppräckning',
    rollCall: 'Votering med namnupprop',
    ballot: 'Sluten votering',
  },
  methodLabel: 'Beslutsgång',
  present: 'Närvarande vid beslutet',
  presence: {
    present: 'Närvarande',
    excused: 'Anmält förhinder',
    absent: 'Frånvarande',
    unsaid: 'närvaro inte antecknad',
  },
  presentCount: (people) => (people === 1 ? '1 person.' : `${people} personer.`),
  nobodyFrom: (organisations) => `Ingen från ${listing(organisations, 'och')}.`,
  meetingItself: 'Mötet',
  decides: { decision: (body) => `${body} beslutar`, agreement: (body) => `${body} är överens om` },
  settled: {
    noted: () => 'Punkten noteras.',
    tabled: () => 'Punkten bordläggs.',
    remitted: (detail) => `Punkten återremitteras: ${detail}.`,
    referred: (detail) => `Punkten hänskjuts till ${detail}.`,
    spunOff: (detail) => `Punkten lyfts ur till ${detail}.`,
    filed: () => 'Punkten läggs till handlingarna.',
    withdrawn: () => 'Punkten utgår.',
  },
  clause: 'att',
  counts: ({ yes, no, abstained }) => `${yes} ja, ${no} nej, ${abstained} avstår`,
  replaces: (label) => `Gäller i stället för ${label}.`,
  replacedBy: (label) => `Gäller inte längre: ersatt av ${label}.`,
  reopened: (when, by, reason) => `Punkten öppnades igen ${when} av ${by}. Skäl: ${reason}`,
  dissent: { reservation: 'Reservation', dissent: 'Avvikande mening', note: 'Protokollsanteckning' },
  actions: 'Uppgifter',
  action: 'Uppgift',
  owner: 'Ansvarig',
  due: 'Klart',
  done: 'utfört',
  attachments: 'Bilagor',
  missingAttachment: '(bilaga saknas)',
  signatures: 'Underskrifter',
  signed: (when) => `Justerat ${when}`,
  signedElsewhere: (when) => `Enligt filen justerat ${when}`,
  imported: (when, by, signatures) =>
    `Inläst från fil ${when} av ${by}. Det som stod i filen är inte antecknat${signatures ? ' eller justerat' : ''} här.`,
  signatureRoom: 'Plats för underskrift',
  abbreviations: 'Förkortningar',
  abbreviation: 'Förkortning',
  meaning: 'Betydelse',
  page: (at, of) => `Sida ${at} av ${of}`,
};

const en: MinutesWords = {
  style: { decisions: 'Record of decisions', discussion: 'Minutes', notes: 'Meeting notes' },
  draft: 'Draft',
  registryNumber: 'Reg. no.',
  time: 'Time',
  place: 'Place',
  day: (n) => `Day ${n}`,
  when: (date, from, to) => `${date}, ${from}–${to}`,
  role: { chair: 'Chair', viceChair: 'Vice chair', secretary: 'Secretary', verifier: 'Verifier' },
  category: { elected: 'Elected members', official: 'Officials', presenter: 'Presenters', guest: 'Guests' },
  participants: 'Participants',
  organisation: 'Organisation',
  categoryLabel: 'Category',
  withoutOrganisation: 'Others',
  name: 'Name',
  attended: 'Presence',
  absence: (said) => `absent: ${said}`,
  nobody: '–',
  contents: 'Contents',
  untitled: 'Untitled',
  treatment: (n) => `Dealt with as item ${n} in order.`,
  presenters: 'Presented by',
  summary: 'Summary',
  summaryFinal: (revision, by, when) => `Revision ${revision}, finalised by ${by}, ${when}`,
  nothingToReport: 'Nothing to report.',
  outcome: {
    decision: 'Decision',
    agreement: 'Agreement',
    noted: 'Noted',
    tabled: 'Tabled',
    remitted: 'Remitted',
    referred: 'Referred',
    spunOff: 'Taken out',
    filed: 'Filed',
    withdrawn: 'Withdrawn',
  },
  motivation: 'Reasons',
  changes: 'Changes to the wording',
  original: 'Original wording',
  changed: 'Wording decided',
  reason: 'Why',
  method: {
    '': '',
    acclamation: 'Acclamation',
    showOfHands: 'Show of hands',
    rollCall: 'Roll call',
    ballot: 'Secret ballot',
  },
  methodLabel: 'How it was decided',
  present: 'Present at the decision',
  presence: { present: 'Present', excused: 'Excused', absent: 'Absent', unsaid: 'presence not recorded' },
  presentCount: (people) => (people === 1 ? '1 person.' : `${people} people.`),
  nobodyFrom: (organisations) => `Nobody from ${listing(organisations, 'and')}.`,
  meetingItself: 'The meeting',
  decides: { decision: (body) => `${body} decides`, agreement: (body) => `${body} agrees` },
  settled: {
    noted: () => 'The item is noted.',
    tabled: () => 'The item is tabled.',
    remitted: (detail) => `The item is remitted: ${detail}.`,
    referred: (detail) => `The item is referred to ${detail}.`,
    spunOff: (detail) => `The item is taken out to ${detail}.`,
    filed: () => 'The item is filed.',
    withdrawn: () => 'The item is withdrawn.',
  },
  clause: 'that',
  counts: ({ yes, no, abstained }) => `${yes} for, ${no} against, ${abstained} abstaining`,
  replaces: (label) => `In place of ${label}.`,
  replacedBy: (label) => `No longer in force: replaced by ${label}.`,
  reopened: (when, by, reason) => `The item was opened again on ${when} by ${by}. Reason: ${reason}`,
  dissent: { reservation: 'Reservation', dissent: 'Dissenting opinion', note: 'Statement for the record' },
  actions: 'Actions',
  action: 'Action',
  owner: 'Owner',
  due: 'Due',
  done: 'done',
  attachments: 'Attachments',
  missingAttachment: '(missing attachment)',
  signatures: 'Signatures',
  signed: (when) => `Verified ${when}`,
  signedElsewhere: (when) => `Verified ${when}, according to the file`,
  imported: (when, by, signatures) =>
    `Taken in from a file on ${when} by ${by}. What the file said was not recorded${signatures ? ' or verified' : ''} here.`,
  signatureRoom: 'Room for a signature',
  abbreviations: 'Abbreviations',
  abbreviation: 'Abbreviation',
  meaning: 'Meaning',
  page: (at, of) => `Page ${at} of ${of}`,
};

/** The words of a protocol in a language. */
export const minutesWords = (language: Language): MinutesWords => (language === 'sv' ? sv : en);

/** The tag of a language as documents name it. */
export const languageTag = (language: Language): string => (language === 'sv' ? 'sv-SE' : 'en-GB');

/** The categories in the order in which lists have them. */
export const CATEGORY_ORDER = CATEGORIES;

/** "torsdag 12 november 2026" of YYYY-MM-DD. */
export function dayWords(date: string, language: Language): string {
  return new Intl.DateTimeFormat(languageTag(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(Date.parse(`${date}T12:00:00Z`))
    .replace(' den ', ' ');
}

/** "08.30" of HH:MM in Swedish, "08:30" in English. */
export const clockWords = (clock: string, language: Language): string =>
  language === 'sv' ? clock.replace(':', '.') : clock;

/** "13 november 2026" of a moment in a zone. */
export function momentWords(at: number, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(languageTag(language), { dateStyle: 'long', timeZone }).format(at);
}

/** "2026-11-12–13" of the days a meeting is held. */
export function spanWords(dates: readonly string[]): string {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0] ?? '', sorted.at(-1) ?? ''];
  if (first === last) return first;
  if (first.slice(0, 7) === last.slice(0, 7)) return `${first}–${last.slice(8)}`;
  return `${first} – ${last}`;
}
