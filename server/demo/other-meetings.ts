/**
 * Why this file exists: nobody has only one meeting. One to come, one whose minutes wait to be verified and one further
 * ahead make the first page of the demo look like somebody's week.
 */
import type { GivenRole } from '#shared/policy.ts';
import { b, h, p, tasks, ul } from './blocks.ts';
import type { MeetingScript } from './play.ts';
import { daysBefore, type ScriptItem, said } from './script.ts';
import { dateIn } from './timetable.ts';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const NOWHERE = { venue: '', room: '', address: '', link: '' };

function roles(list: Record<string, GivenRole[]>): MeetingScript['participants'] {
  return Object.entries(list).map(([key, own]) => ({ key, roles: own, absence: '' }));
}

const WORKING: ScriptItem[] = [
  { key: 'w1', title: 'Läget i försöken', kind: 'information', minutes: 20, presenters: ['oskar'] },
  {
    key: 'w2',
    title: 'Gemensam kalender: vad ska in?',
    kind: 'dialogue',
    minutes: 40,
    presenters: ['dag'],
    notes: [
      said(
        'dag',
        daysBefore(5),
        p('Ta med era tre viktigaste tider på veckan. Vi lägger dem bredvid varandra och ser vad som krockar.'),
      ),
    ],
  },
  { key: 'w3', title: 'Öppettider under vintern', kind: 'report', minutes: 20, presenters: ['kerstin', 'rut'] },
  { key: 'w4', title: 'Nästa gång', kind: 'otherBusiness', minutes: 10 },
];

const STEERING: ScriptItem[] = [
  {
    key: 'v1',
    title: 'Lägesrapport från Norrsele',
    kind: 'report',
    minutes: 30,
    presenters: ['mirja'],
    notes: [
      said(
        'freja',
        2,
        p(
          'Mirja Lahti redovisar besökstalen. Disken har i snitt 31 besök om dagen, flest på torsdagar då macken har paketutlämning.',
        ),
        ul(
          [b('Fungerar: '), 'kvällsöppet, paket och apoteksombud.'],
          [b('Fungerar inte: '), 'bokning av distriktssköterska.'],
        ),
      ),
      said('rut', 11, p('Tallmo svarar för lokalen även under våren.')),
    ],
  },
  {
    key: 'v2',
    title: 'Driftkalkyl inför internatet',
    kind: 'decision',
    minutes: 40,
    presenters: ['jonas'],
    notes: [
      said(
        'freja',
        3,
        h(3, 'Överenskommet'),
        p(
          'Kalkylen ligger till grund för förslaget på internatet. Styrgruppen tar inte ställning till fördelningen mellan parterna.',
        ),
        tasks(
          [true, 'Jonas kompletterar med hyran per plats.'],
          [false, 'Gunvor stämmer av med regionens ekonomidirektör.'],
        ),
      ),
    ],
  },
  { key: 'v3', title: 'Övrigt', kind: 'otherBusiness', minutes: 10, outcome: 'nothing-to-report' },
];

const AUTUMN: ScriptItem[] = [
  { key: 'h1', title: 'Öppnande', kind: 'checkIn', minutes: 10, presenters: ['gunvor'] },
  { key: 'h2', title: 'Föregående protokoll', kind: 'previousMinutes', minutes: 5 },
  { key: 'h3', title: 'Hyresavtal för servicepunkter', kind: 'decision', minutes: 45, presenters: ['sigrid'] },
  { key: 'h4', title: 'Vårens datum', kind: 'decision', minutes: 15 },
];

/** The other meetings as they stand at `now`. */
export function otherMeetings(now: number): MeetingScript[] {
  const steeringDay = now - 21 * DAY;
  return [
    {
      title: 'Arbetsgrupp resor och tider',
      body: 'Nordälvens samråd',
      registryNumber: '',
      template: 'blank',
      creator: 'samir',
      createdAt: now - 12 * DAY,
      startsAt: now + 5 * DAY,
      participants: roles({
        samir: ['facilitator'],
        freja: ['secretary'],
        dag: ['chair', 'presenter'],
        kerstin: ['member', 'presenter'],
        rut: ['member', 'presenter'],
        ville: ['member'],
        elsa: ['member'],
        oskar: ['presenter'],
        agnes: ['observer'],
      }),
      sittings: [
        {
          sitting: {
            ...NOWHERE,
            date: dateIn(5, now),
            start: '13:00',
            end: '14:30',
            venue: 'Digitalt',
            link: 'https://mote.example/nordalven/resor',
          },
          items: WORKING,
        },
      ],
      phases: [],
      openings: new Map(),
      locks: [],
      until: now,
    },
    {
      title: 'Styrgrupp servicepunkter',
      body: 'Styrgruppen för servicepunkter',
      registryNumber: 'RN 2026/118',
      template: 'blank',
      creator: 'freja',
      createdAt: steeringDay - 10 * DAY,
      startsAt: steeringDay,
      participants: roles({
        freja: ['secretary'],
        samir: ['facilitator'],
        gunvor: ['chair'],
        rut: ['member'],
        kerstin: ['member'],
        jonas: ['member', 'presenter'],
        mirja: ['presenter'],
      }),
      sittings: [
        {
          sitting: {
            ...NOWHERE,
            date: dateIn(-21, now),
            start: '09:00',
            end: '11:00',
            venue: 'Regionens hus',
            room: 'Tjärnen',
            address: 'Storgatan 4, Almvik',
          },
          items: STEERING,
        },
      ],
      phases: [
        { at: steeringDay, phase: 'ongoing', by: 'freja' },
        { at: steeringDay + 2 * HOUR, phase: 'verification', by: 'freja' },
      ],
      openings: new Map([
        ['v1', steeringDay + 60_000],
        ['v2', steeringDay + HOUR / 2],
        ['v3', steeringDay + HOUR],
      ]),
      closedAt: steeringDay + HOUR + 5 * 60_000,
      locks: [],
      until: now,
    },
    {
      title: 'Sammanträde i december',
      body: 'Nordälvens samråd',
      registryNumber: 'RN 2026/204',
      template: 'blank',
      creator: 'freja',
      createdAt: now - 4 * DAY,
      startsAt: now + 26 * DAY,
      participants: roles({
        freja: ['secretary'],
        samir: ['facilitator'],
        gunvor: ['chair'],
        torbjorn: ['viceChair', 'member'],
        kerstin: ['member'],
        amina: ['member'],
        majbritt: ['member'],
        lovisa: ['member'],
        rut: ['member'],
        leif: ['member'],
        sigrid: ['presenter'],
        agnes: ['observer'],
      }),
      sittings: [
        {
          sitting: {
            ...NOWHERE,
            date: dateIn(26, now),
            start: '09:00',
            end: '15:00',
            venue: 'Almviks kommunhus',
            room: 'Fullmäktigesalen',
            address: 'Torget 1, Almvik',
          },
          items: AUTUMN,
        },
      ],
      phases: [],
      openings: new Map(),
      locks: [],
      until: now,
    },
  ];
}
