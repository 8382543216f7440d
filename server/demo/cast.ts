/**
 * Why this file exists: who takes part in the demo. Six municipalities and a region in the invented Nordälven, and the
 * people they send. Nobody here exists.
 */
import type { Category } from '#shared/api.ts';
import type { GivenRole } from '#shared/policy.ts';

export interface DemoOrganisation {
  key: string;
  name: string;
  shortName: string;
  seats: number;
}

export const ORGANISATIONS: DemoOrganisation[] = [
  { key: 'alm', name: 'Almvik', shortName: 'ALM', seats: 2 },
  { key: 'bra', name: 'Brantsjö', shortName: 'BRA', seats: 2 },
  { key: 'ekf', name: 'Ekforsa', shortName: 'EKF', seats: 2 },
  { key: 'gra', name: 'Granvåg', shortName: 'GRA', seats: 2 },
  { key: 'hed', name: 'Hedåsa', shortName: 'HED', seats: 2 },
  { key: 'tal', name: 'Tallmo', shortName: 'TAL', seats: 2 },
  { key: 'reg', name: 'Region Nordälven', shortName: 'REG', seats: 4 },
];

export interface DemoPerson {
  key: string;
  name: string;
  title: string;
  /** Key of an organisation, or '' for somebody who comes from outside. */
  organisation: string;
  category: Category;
  party: string;
  /** At the retreat. */
  roles: GivenRole[];
  absence: string;
}

type Row = [
  key: string,
  name: string,
  title: string,
  organisation: string,
  party: string,
  roles: GivenRole[],
  absence?: string,
];

function people(category: Category, rows: Row[]): DemoPerson[] {
  return rows.map(([key, name, title, organisation, party, roles, absence = '']) => ({
    key,
    name,
    title,
    organisation,
    category,
    party,
    roles,
    absence,
  }));
}

export const PEOPLE: DemoPerson[] = [
  ...people('elected', [
    ['gunvor', 'Gunvor Ståhlberg', 'Regionråd', 'reg', 'S', ['chair']],
    ['torbjorn', 'Torbjörn Äng', 'Kommunstyrelsens ordförande', 'bra', 'S', ['viceChair', 'member']],
    ['kerstin', 'Kerstin Boman', 'Kommunstyrelsens ordförande', 'alm', 'C', ['member', 'verifier']],
    ['amina', 'Amina Warsame', 'Kommunstyrelsens ordförande', 'ekf', 'S', ['member']],
    ['majbritt', 'Maj-Britt Ekelund', 'Kommunstyrelsens ordförande', 'gra', 'KD', ['member'], 'båda dagarna'],
    ['lovisa', 'Lovisa Tegnér', 'Kommunstyrelsens ordförande', 'hed', 'M', ['member']],
    ['rut', 'Rut Sandgren', 'Kommunstyrelsens ordförande', 'tal', 'C', ['member', 'verifier']],
    ['leif', 'Leif Skog', 'Regionråd i opposition', 'reg', 'M', ['member']],
  ]),
  ...people('official', [
    ['jonas', 'Jonas Wikander', 'Kommundirektör', 'alm', '', ['member', 'presenter']],
    ['elsa', 'Elsa Mårdh', 'Kommundirektör', 'bra', '', ['member']],
    ['perolof', 'Per-Olof Lidman', 'Kommundirektör', 'ekf', '', ['member']],
    ['tomas', 'Tomas Fjällström', 'Kommundirektör', 'gra', '', ['member'], 'dag 2'],
    ['henrik', 'Henrik Ask', 'Kommundirektör', 'hed', '', ['member'], 'från kl. 10.00 dag 2'],
    ['ville', 'Ville Kangas', 'Utvecklingschef', 'tal', '', ['member', 'presenter']],
    ['dag', 'Dag Östlund', 'Trafikdirektör', 'reg', '', ['member', 'presenter']],
    ['sigrid', 'Sigrid Norén', 'Hälso- och sjukvårdsdirektör', 'reg', '', ['member', 'presenter']],
    ['freja', 'Freja Holmlund', 'Nämndsekreterare', 'reg', '', ['secretary']],
    ['samir', 'Samir Haddad', 'Processledare', 'reg', '', ['facilitator']],
    ['agnes', 'Agnes Törnqvist', 'Utredare', 'tal', '', ['observer']],
  ]),
  ...people('presenter', [
    ['mirja', 'Mirja Lahti', 'Projektledare servicepunkter', 'reg', '', ['presenter']],
    ['oskar', 'Oskar Blixt', 'Trafikplanerare', 'reg', '', ['presenter'], 'dag 2'],
    ['birgitta', 'Birgitta Ceder', 'E-hälsostrateg', 'reg', '', ['presenter'], 'dag 1'],
  ]),
  ...people('guest', [
    ['ulf', 'Ulf Dahlgren', 'Ordförande, Nordälvens byaråd', '', '', ['observer']],
    ['nina', 'Nina Sarri', 'Handlare i Norrsele', '', '', ['observer'], 'dag 2'],
  ]),
];

/** Whom the printed sign-in links are for. The facilitator is an administrator too, so that the registers can be seen. */
export const SEATS = {
  facilitator: 'samir',
  chair: 'gunvor',
  secretary: 'freja',
  member1: 'kerstin',
  member2: 'rut',
  observer: 'agnes',
} as const;
export type Seat = keyof typeof SEATS;
