/**
 * Why this file exists: the meeting before the retreat: finished, signed and sealed, so that there is a protocol to take
 * along in every format, with an extract that was handed out and a correction beside it.
 */
import * as Y from 'yjs';
import { b, h, p, table, ul } from './blocks.ts';
import type { MeetingScript, Played, Stage, Step } from './play.ts';
import { type ScriptItem, said } from './script.ts';
import { dateIn } from './timetable.ts';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const MINUTE = 60_000;
/** So long ago, days. */
const AGO = 58;

const ITEMS: ScriptItem[] = [
  {
    key: 'q1',
    title: 'Öppnande',
    kind: 'checkIn',
    minutes: 10,
    presenters: ['gunvor'],
    notes: [said('freja', 1, p('Gunvor Ståhlberg öppnar sammanträdet. Dagordningen godkänns utan ändringar.'))],
  },
  {
    key: 'q2',
    title: 'Besökstal vid servicepunkterna',
    kind: 'report',
    minutes: 30,
    presenters: ['mirja'],
    notes: [
      said(
        'freja',
        2,
        p('Mirja Lahti redovisar sommarens besökstal. Tre av fyra besök gäller paket, apoteksombud eller utskrifter.'),
        table(
          ['Ort', 'Juni', 'Juli', 'Augusti'],
          ['Norrsele', '412', '538', '467'],
          ['Åmynnet', '187', '241', '203'],
          ['Tjärnbäck', '96', '122', '88'],
        ),
        p('Samrådet noterar redovisningen.'),
      ),
    ],
  },
  {
    key: 'q3',
    title: 'Höstinternatets upplägg',
    kind: 'decision',
    minutes: 40,
    presenters: ['samir'],
    notes: [
      said(
        'freja',
        3,
        h(3, 'Överenskommet'),
        ul(
          [b('Tema: '), 'nära till det nödvändiga, två dagar på Lillvikens kursgård.'],
          [b('Form: '), 'korta föredragningar före lunch, gruppsamtal efter.'],
          [b('Underlag: '), 'en driftkalkyl för sju platser tas fram till internatet.'],
        ),
        p('Frågor om internatet ställs till Samir Haddad, samir.haddad@nordalven.example eller 0910-555 01 23.'),
      ),
    ],
  },
  {
    key: 'q4',
    title: 'Restider till vårdcentral',
    kind: 'information',
    minutes: 25,
    presenters: ['dag'],
    notes: [
      said(
        'elsa',
        4,
        p('Dag Östlund visar hur lång tid det tar att nå närmaste vårdcentral med kollektivtrafik från varje by.'),
        p('Från elva byar går det inte att resa fram och tillbaka samma dag.'),
      ),
    ],
  },
  { key: 'q5', title: 'Övriga frågor', kind: 'otherBusiness', minutes: 10, outcome: 'nothing-to-report' },
];

/** When it was held, signed and sealed, as told at `now`. */
export function september(now: number): MeetingScript & { signedAt: number } {
  const startsAt = now - AGO * DAY;
  const participants: Record<string, MeetingScript['participants'][number]['roles']> = {
    freja: ['secretary'],
    samir: ['facilitator'],
    gunvor: ['chair'],
    lovisa: ['member', 'verifier'],
    rut: ['member', 'verifier'],
    kerstin: ['member'],
    amina: ['member'],
    elsa: ['member'],
    leif: ['member'],
    mirja: ['presenter'],
    dag: ['presenter'],
    agnes: ['observer'],
  };
  return {
    title: 'Sammanträde efter sommaren',
    body: 'Nordälvens samråd',
    registryNumber: 'RN 2026/164',
    template: 'blank',
    creator: 'freja',
    createdAt: startsAt - 14 * DAY,
    startsAt,
    participants: Object.entries(participants).map(([key, roles]) => ({
      key,
      roles,
      absence: '',
      capacity: key === 'freja' ? 'i tjänsten' : '',
    })),
    sittings: [
      {
        sitting: {
          date: dateIn(-AGO, now),
          start: '13:00',
          end: '15:30',
          venue: 'Regionens hus',
          room: 'Älven',
          address: 'Storgatan 4, Almvik',
          link: '',
        },
        items: ITEMS,
      },
    ],
    phases: [
      { at: startsAt - MINUTE, phase: 'ongoing', by: 'freja' },
      { at: startsAt + 3 * HOUR, phase: 'verification', by: 'freja' },
    ],
    openings: new Map([
      ['q1', startsAt],
      ['q2', startsAt + 10 * MINUTE],
      ['q3', startsAt + 40 * MINUTE],
      ['q4', startsAt + 80 * MINUTE],
      ['q5', startsAt + 110 * MINUTE],
    ]),
    closedAt: startsAt + 2 * HOUR,
    locks: [],
    until: now,
    signedAt: startsAt + 5 * DAY,
  };
}

/** Who was there, and what was decided, while it was held. */
export function heldSteps(stage: Stage, played: Played, script: MeetingScript): Step[] {
  const { attendances, decisions } = stage.server.services;
  const opened = (key: string): number => script.openings.get(key) ?? script.startsAt;
  const id = (key: string) => stage.mentioned(key).id;
  const LATE = 'leif';
  const AWAY = 'amina';
  const present = script.participants.map(({ key }) => key).filter((key) => key !== LATE && key !== AWAY);
  const record = (at: number, input: Parameters<typeof attendances.change>[2]): Step => ({
    at,
    run: async () => {
      await attendances.change(stage.caller('freja'), played.meetingId, input);
    },
  });
  return [
    record(script.startsAt + MINUTE, { do: 'all-here', personIds: present.map(id) }),
    record(script.startsAt + 2 * MINUTE, { do: 'time', personId: id(AWAY), kind: 'excused' }),
    record(opened('q3') - 5 * MINUTE, { do: 'arrive', personId: id(LATE) }),
    {
      at: opened('q3') + 30 * MINUTE,
      run: async () => {
        await decisions.decide(stage.caller('gunvor'), played.meetingId, played.items.get('q3') ?? '', {
          outcome: 'decided',
          text: 'Samrådet håller höstinternatet på Lillvikens kursgård i november och låter ta fram en driftkalkyl för sju platser.',
          stateVector: Buffer.from(Y.encodeStateVector(new Y.Doc())).toString('base64'),
          seen: 0,
          method: 'acclamation',
          close: true,
        });
      },
    },
  ];
}
