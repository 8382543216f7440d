/** Why this file exists: a protocol with one of everything, of invented people, for the tests of its files. */
import type { Block } from '#shared/document/blocks.ts';
import { newId } from '#shared/ids.ts';
import type { MinutesDocument, MinutesItem } from '#shared/minutes/document.ts';

let clock = 0;
const id = (): string => `1:${clock++}`;
const paragraph = (text: string): Block => ({ id: id(), kind: 'paragraph', inlines: [{ text }], sources: [] });
const bullets = (...texts: string[]): Block => ({
  id: id(),
  kind: 'list',
  style: 'bullet',
  start: 1,
  items: texts.map((text) => ({ id: id(), checked: null, blocks: [paragraph(text)], sources: [] })),
  sources: [],
});
const table = (...rows: string[][]): Block => ({
  id: id(),
  kind: 'table',
  rows: rows.map((cells, n) => ({
    id: id(),
    cells: cells.map((text) => ({ header: n === 0, blocks: [paragraph(text)] })),
    sources: [],
  })),
  sources: [],
});

/** An item with nothing under it but a title. */
export function bareItem(number: string, title: string, more: Partial<MinutesItem> = {}): MinutesItem {
  return {
    id: newId(),
    number,
    level: 0,
    kind: 'information',
    title,
    sittingId: '',
    treatment: null,
    presenters: [],
    blocks: [],
    summary: null,
    nothingToReport: false,
    decisions: [],
    reopenings: [],
    actions: [],
    attachments: [],
    ...more,
  };
}

/** A protocol that has one of everything. */
export function sampleMinutes(): MinutesDocument {
  clock = 0;
  const people = (...names: string[]) => names.map((name) => ({ personId: null, name, title: '', phrase: '' }));
  return {
    format: 'radslag-minutes',
    version: 1,
    language: 'sv',
    style: 'discussion',
    meeting: { id: newId(), timeZone: 'Europe/Stockholm' },
    header: {
      body: 'Norrälvens samråd',
      title: 'Nära till vården på Åsö',
      registryNumber: 'NS 2026/41',
      sittings: [
        {
          id: newId(),
          label: 'Dag 1',
          date: '2026-11-12',
          start: '08:30',
          end: '16:50',
          when: 'torsdag 12 november 2026, kl. 08.30–16.50',
          place: '',
        },
        {
          id: newId(),
          label: 'Dag 2',
          date: '2026-11-13',
          start: '08:30',
          end: '12:00',
          when: 'fredag 13 november 2026, kl. 08.30–12.00',
          place: '',
        },
      ],
      place: 'Sjövikens kursgård, Strandvägen 4, sal Näcken',
      officers: [
        { role: 'Ordförande', name: 'Gun Åhl (S), Region Norrälven' },
        { role: 'Sekreterare', name: 'Maj Norell, Region Norrälven' },
      ],
    },
    attendance: [
      {
        title: 'Närvarande',
        by: 'Organisation',
        groups: [
          { label: 'Almby', people: people('Kerstin Bo (C)', 'Jon Wik') },
          {
            label: 'Bransjö',
            people: [
              { personId: null, name: 'Tor Äng (M)', title: 'vice ordförande', phrase: '' },
              { personId: null, name: 'Elsa Mård', title: '', phrase: 'från kl. 10.00 dag 2' },
            ],
          },
          { label: 'Granvik', people: [] },
        ],
      },
    ],
    items: [
      bareItem('', 'Inledning', { kind: 'section' }),
      bareItem('1', 'Öppnande', { level: 1, treatment: 1, nothingToReport: true }),
      bareItem('2', 'Servicepunkter: ansvar och drift', {
        level: 1,
        kind: 'decision',
        treatment: 3,
        presenters: [{ name: 'Kerstin Bo (C)', title: 'kommunstyrelsens ordförande', organisation: 'Almby' }],
        blocks: [
          paragraph('SG har bett om en kalkyl. Sekretessen måste vara löst innan avtalet skrivs.'),
          { id: id(), kind: 'heading', level: 2, inlines: [{ text: 'Frågor' }], sources: [] },
          bullets('Vem betalar lokalerna?', 'Hur mäts öppettiderna?'),
          table(['Fråga', 'Hantering', 'Var'], ['1', 'Bereds', 'SG'], ['2a', 'Tas upp', '–']),
          {
            id: id(),
            kind: 'paragraph',
            inlines: [
              { text: 'Läs ' },
              { text: 'kalkylen', bold: true, href: 'https://exempel.se/kalkyl' },
              { break: true },
              { text: 'noga', italic: true },
            ],
            sources: [],
          },
        ],
        summary: {
          revision: 2,
          at: Date.parse('2026-11-13T08:52:00Z'),
          by: 'Gun Åhl',
          sha256: 'b'.repeat(64),
          sections: [
            { heading: 'Riktning och vägval', blocks: [paragraph('Öppettider väger tyngre än antalet orter.')] },
          ],
        },
        decisions: [
          {
            id: newId(),
            label: 'Beslut 2026-11-12 nr 1',
            outcome: 'decision',
            lead: 'Samrådet beslutar',
            clauses: [
              {
                id: newId(),
                text: 'att inrätta bemannade servicepunkter i sju byar, samt',
                original: null,
                reason: '',
              },
              {
                id: newId(),
                text: 'att fördela driftkostnaden efter folkmängd den 1 november.',
                original: 'att fördela driftkostnaden efter invånarantal.',
                reason: 'Så står det i bilagan.',
              },
            ],
            motivation: 'Tolv månaders försök visar att det går.',
            method: 'acclamation',
            counts: '',
            dissents: [{ kind: 'reservation', who: 'Elsa Mård', text: 'Kostnaden är för hög.' }],
            present: 'alla organisationer utom Granvik',
            at: 0,
          },
        ],
        actions: [{ id: newId(), text: 'Skicka kalkylen', owner: 'Jon Wik', due: 'v. 48', done: false, source: '' }],
        attachments: [
          {
            id: newId(),
            label: 'Bilaga 2.1',
            name: 'Driftkalkyl för sju platser.pdf',
            mediaType: 'application/pdf',
            size: 1000,
            sha256: 'c'.repeat(64),
          },
        ],
      }),
      bareItem('2.1', 'Öppettider', { level: 2, treatment: 2, blocks: [paragraph('SG återkommer.')] }),
    ],
    attachments: [],
    signatures: [
      { personId: newId(), name: 'Gun Åhl (S)', title: '', role: 'chair', capacity: '', signedAt: null },
      {
        personId: newId(),
        name: 'Tor Äng (M)',
        title: 'Bransjö',
        role: 'verifier',
        capacity: '',
        signedAt: Date.parse('2026-11-17T10:00:00Z'),
      },
    ],
    abbreviations: [
      { short: 'SG', long: 'strategisk grupp' },
      { short: 'NS', long: 'Norrälvens samråd' },
    ],
    appendix: [],
  };
}

/** A protocol of `count` items that fill pages: notes, a table, a decision each. */
export function longMinutes(count: number): MinutesDocument {
  const sample = sampleMinutes();
  const model = sample.items[2]!;
  const text =
    'Frågan har beretts i två rundor. Kommunerna svarar var för sig, och svaren pekar åt samma håll: närhet går före ' +
    'antal, och ansvaret ska vara ett. Det som återstår är finansieringen av lokalerna och hur uppföljningen görs.';
  return {
    ...sample,
    items: Array.from({ length: count }, (_, n) => ({
      ...model,
      id: newId(),
      number: String(n + 1),
      level: 0,
      title: `Ärende ${n + 1}: åtgärder för närhet`,
      treatment: n + 1,
      blocks: [paragraph(text), ...model.blocks, paragraph(text)],
    })),
  };
}

/** A protocol as meetings write them: `count` items, two thirds of a page each. */
export function pagesOfMinutes(count: number): MinutesDocument {
  const long = longMinutes(count);
  return {
    ...long,
    items: long.items.map((item, n) => ({
      ...item,
      blocks: item.blocks.slice(0, n % 2 === 0 ? 3 : 5),
      summary: n % 10 === 0 ? item.summary : null,
      actions: n % 3 === 0 ? item.actions : [],
      decisions: item.decisions.map((decision) => ({
        ...decision,
        clauses: n % 5 === 0 ? decision.clauses : decision.clauses.slice(0, 1),
        dissents: [],
        present: '',
      })),
    })),
  };
}
