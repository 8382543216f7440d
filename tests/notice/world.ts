/** Why this file exists: notices by hand and by chance, for the tests of what is done with them. */
import fc from 'fast-check';
import type { NoticeDocument, NoticeItem, NoticeSitting } from '#shared/notice/document.ts';

/** An id that says what it names. */
export const idOf = (kind: 'p' | 'd' | 'i' | 'o', n: number): string => `${kind}${String(n).padStart(19, '0')}`;

export const sitting = (n: number, more: Partial<NoticeSitting> = {}): NoticeSitting => ({
  id: idOf('d', n),
  label: `Dag ${n}`,
  date: `2026-11-${10 + n}`,
  start: '08:30',
  end: '16:30',
  when: `dag ${n} november 2026, kl. 08.30–16.30`,
  place: '',
  link: '',
  ...more,
});

export const item = (n: number, more: Partial<NoticeItem> = {}): NoticeItem => ({
  id: idOf('i', n),
  number: String(n),
  level: 0,
  kind: 'information',
  title: `Punkt ${n}`,
  sittingId: idOf('d', 1),
  start: '',
  minutes: 0,
  presenters: [],
  attachments: [],
  ...more,
});

/** A notice of a meeting of two days. */
export function notice(
  more: Partial<NoticeDocument> = {},
  header: Partial<NoticeDocument['header']> = {},
): NoticeDocument {
  return {
    format: 'radslag-notice',
    version: 1,
    language: 'sv',
    number: 1,
    meeting: { id: idOf('o', 1), timeZone: 'Europe/Stockholm' },
    header: {
      body: 'Nordälvens samråd',
      title: 'Vägen vidare',
      registryNumber: 'NS 2026/14',
      sittings: [sitting(1), sitting(2)],
      place: 'Åsgården, Norrsele',
      officers: [{ role: 'Ordförande', name: 'Olof Ahl' }],
      ...header,
    },
    message: '',
    replyBy: '',
    items: [item(1), item(2), item(3)],
    attachments: [],
    called: [{ label: 'Älvdals kommun', names: ['Asta Berg', 'Ines Vik'] }],
    withdrawn: [],
    changes: [],
    ...more,
  };
}

/** Numbers the items as they stand. */
export const numbered = (items: readonly NoticeItem[]): NoticeItem[] =>
  items.map((one, n) => ({ ...one, number: String(n + 1) }));

/** Agendas over two days, in the order of the days as every agenda is. */
export const agendas: fc.Arbitrary<NoticeItem[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 10 })
  .chain((ids) =>
    fc.tuple(
      fc.constant(ids),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.string({ maxLength: 8 })), {
        minLength: ids.length,
        maxLength: ids.length,
      }),
    ),
  )
  .map(([ids, rest]) =>
    numbered(
      ids
        .map((n, at) => item(n, { sittingId: idOf('d', rest[at]?.[0] ?? 1), title: rest[at]?.[1] ?? '' }))
        .sort((a, b) => (a.sittingId < b.sittingId ? -1 : a.sittingId > b.sittingId ? 1 : 0)),
    ),
  );
