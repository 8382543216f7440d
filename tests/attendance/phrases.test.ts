// The sentences of the minutes come from the record, and an announced absence in the same words is understood again. The two
// attendance lists below have the form of real ones (a retreat's notes by category, a strategic group's minutes by
// organisation); everybody in them is invented.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAbsence, withAnnounced } from '#shared/attendance/announced.ts';
import type { AttendanceEntry } from '#shared/attendance/attendance.ts';
import { thereFromStart } from '#shared/attendance/changes.ts';
import { phrasesFor } from '#shared/attendance/phrases.ts';
import { absenceSentence, type RollPerson, rollOf } from '#shared/attendance/roll.ts';
import { at, DAYS, idOf, SAYING, said, type Treated, world } from './world.ts';

const ME = idOf('p', 1);
const YOU = idOf('p', 2);
const names = (id: string) => (id === YOU ? 'Karin Ek' : null);
const day = (n: number) => DAYS[n - 1]!.id;

function phrases(entries: AttendanceEntry[], treated: Treated = {}, now?: number) {
  const frame = world(treated, now);
  const sv = phrasesFor(frame, entries, ME, names, 'sv');
  const en = phrasesFor(frame, entries, ME, names, 'en');
  return { ...sv, en: en.presence, enAbsence: en.absence };
}

describe('what stands beside a name, and in the list of those who were not there', () => {
  test('there all the time: nothing', () => {
    expect(phrases(said(ME, {}))).toMatchObject({ standing: 'present', presence: '', absence: '', missing: false });
  });

  test('a whole day', () => {
    expect(phrases(said(ME, { sittingId: day(1) }, { kind: 'excused', sittingId: day(2) }))).toMatchObject({
      presence: 'dag 1',
      absence: 'dag 2',
      en: 'day 1',
      enAbsence: 'day 2',
    });
  });

  test('came late, left early, and both', () => {
    expect(phrases(said(ME, { sittingId: day(1) }, { sittingId: day(2), to: at(2, '10:00') }))).toMatchObject({
      presence: 'dag 1, till kl. 10.00 dag 2',
      absence: 'från kl. 10.00 dag 2',
      en: 'day 1, until 10:00 on day 2',
      enAbsence: 'from 10:00 on day 2',
    });
    expect(phrases(said(ME, { sittingId: day(1), from: at(1, '09:15') }, { sittingId: day(2) }))).toMatchObject({
      presence: 'från kl. 09.15 dag 1, dag 2',
      absence: 'till kl. 09.15 dag 1',
    });
    const short = said(ME, { sittingId: day(1), from: at(1, '10:00'), to: at(1, '15:30') });
    expect(phrases(short).presence).toBe('kl. 10.00–15.30 dag 1');
    expect(phrases(short).absence).toBe('till kl. 10.00 dag 1, från kl. 15.30 dag 1, dag 2');
  });

  test('in a meeting of one day the day is not named', () => {
    const frame = world({}, at(1, '20:00'), [DAYS[0]!]);
    const late = said(ME, { sittingId: day(1), from: at(1, '09:15') });
    expect(phrasesFor(frame, late, ME, names, 'sv')).toMatchObject({
      presence: 'från kl. 09.15',
      absence: 'till kl. 09.15',
    });
  });

  test('away in the middle: by the items that were wholly missed, else by the clock', () => {
    const out = said(
      ME,
      { sittingId: day(1), to: at(1, '10:00') },
      { sittingId: day(1), from: at(1, '10:30') },
      { sittingId: day(2) },
    );
    const treated: Treated = { 5: [[1, '08:30', '10:00']], 6: [[1, '10:00', '10:30']], 7: [[1, '10:30', '17:00']] };
    expect(phrases(out, treated)).toMatchObject({ presence: 'ej punkten 6', absence: 'punkten 6', en: 'not item 6' });
    expect(phrases(out, { ...treated, 6: [[1, '10:00', '10:45']] })).toMatchObject({
      presence: 'ej kl. 10.00–10.30 dag 1',
      absence: 'kl. 10.00–10.30 dag 1',
      en: 'not 10:00–10:30 on day 1',
    });
    expect(
      phrases(out, { 5: [[1, '10:00', '10:10']], 6: [[1, '10:10', '10:30']], 7: [[1, '10:30', '17:00']] }).presence,
    ).toBe('ej punkterna 5 och 6');
  });

  test('an item said as such, a conflict of interest, a guest for one item', () => {
    expect(phrases(said(ME, {}, { kind: 'excused', itemId: idOf('i', 6) }))).toMatchObject({
      presence: 'ej punkten 6',
      absence: 'punkten 6',
    });
    expect(phrases(said(ME, {}, { kind: 'conflict', itemId: idOf('i', 3) }))).toMatchObject({
      presence: 'jäv punkten 3',
      en: 'conflict of interest, item 3',
    });
    expect(phrases(said(ME, { kind: 'guest', itemId: idOf('i', 4) }))).toMatchObject({
      standing: 'present',
      presence: 'punkten 4',
    });
  });

  test('serving for somebody, all the time or for a while', () => {
    const all = said(ME, { kind: 'substitute', forPersonId: YOU });
    expect(phrases(all)).toMatchObject({ presence: 'tjänstgör för Karin Ek', en: 'serving for Karin Ek' });
    const later = said(ME, { sittingId: day(1) }, { kind: 'substitute', forPersonId: YOU, sittingId: day(2) });
    expect(phrases(later).presence).toBe('tjänstgör för Karin Ek dag 2');
    const item = said(ME, {}, { kind: 'substitute', forPersonId: YOU, itemId: idOf('i', 3) });
    expect(phrases(item).presence).toBe('tjänstgör för Karin Ek punkten 3');
  });

  test('the sitting counts as it was held: opened late or closed early nobody missed anything', () => {
    const held: Treated = { 1: [[1, '08:40', '12:00']], 2: [[1, '12:00', '16:40']] };
    const there = said(ME, { sittingId: day(1), from: at(1, '08:38'), to: at(1, '16:45') }, { sittingId: day(2) });
    expect(phrases(there, held).presence).toBe('');
    // Over time: who went at the hour of the notice missed the rest.
    const long: Treated = { 1: [[1, '08:30', '17:25']] };
    const punctual = said(ME, { sittingId: day(1), to: at(1, '17:00') }, { sittingId: day(2) });
    expect(phrases(punctual, long).presence).toBe('till kl. 17.00 dag 1, dag 2');
  });

  test('while the first day goes on nobody misses the second', () => {
    const there = said(ME, { sittingId: day(1) });
    expect(phrases(there, {}, at(1, '11:00')).presence).toBe('');
    expect(phrases(there, {}, at(2, '11:00')).presence).toBe('dag 1');
    const left = said(ME, { sittingId: day(1), to: at(1, '10:00') });
    expect(phrases(left, {}, at(1, '11:00')).presence).toBe('till kl. 10.00 dag 1');
    const excused = said(ME, { kind: 'excused', sittingId: day(1) });
    expect(phrases(excused, {}, at(1, '11:00'))).toMatchObject({ standing: 'excused', absence: 'dag 1' });
  });

  test('away the whole time is a standing of its own', () => {
    expect(phrases(said(ME, { kind: 'excused' }))).toMatchObject({ standing: 'excused', absence: '', missing: true });
    expect(phrases(said(ME, { kind: 'absent' }))).toMatchObject({ standing: 'absent', absence: '' });
    expect(phrases([])).toMatchObject({ standing: 'unsaid', presence: '', missing: false });
  });
});

describe('absences announced in words', () => {
  const frame = world();
  const parse = (text: string) => parseAbsence(text, frame, DAYS);

  test.each([
    ['dag 2', 'dag 2'],
    ['Dag 2.', 'dag 2'],
    ['från kl. 10.00 dag 2', 'från kl. 10.00 dag 2'],
    ['fr.o.m. kl 10:00, dag 2', 'från kl. 10.00 dag 2'],
    ['till kl. 9.15 dag 1', 'till kl. 09.15 dag 1'],
    ['kl. 10.00–11.00 dag 1', 'kl. 10.00–11.00 dag 1'],
    ['ej punkten 6', 'punkten 6'],
    ['inte punkterna 5 och 6', 'punkterna 5 och 6'],
    ['dag 2 och från kl. 15.00 dag 1', 'från kl. 15.00 dag 1, dag 2'],
    ['from 10:00 on day 2', 'från kl. 10.00 dag 2'],
    ['not items 5 and 6', 'punkterna 5 och 6'],
    ['båda dagarna', ''],
    ['hela mötet', ''],
    ['dag 1 och 2', ''],
  ])('%s', (text, phrase) => {
    const drafts = parse(text)!;
    expect(drafts).not.toBeNull();
    const rest = said(ME, {}, ...drafts);
    expect(phrasesFor(frame, rest, ME, names, 'sv').absence).toBe(phrase);
  });

  test.each([
    'på semester',
    'dag 3',
    'från kl. 10.00',
    'ej punkten 77',
    'kommer kanske dag 2',
    'från kl. 25.00 dag 1',
    'dag 2 om tåget går',
  ])('is left as words: %s', (text) => {
    expect(parse(text)).toBeNull();
    const { entries, words } = withAnnounced([], [{ personId: ME, absence: text }], frame, DAYS);
    expect(entries).toEqual([]);
    expect(words.get(ME)).toBe(text);
  });

  test('every absence phrase is understood as what it was made from', () => {
    const times = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }));
    const part = fc.oneof(
      fc.record({ sittingId: fc.constantFrom(day(1), day(2)) }),
      fc
        .record({ n: fc.constantFrom(1, 2), times, edge: fc.constantFrom('from', 'to', 'both') })
        .map(({ n, times: [a, b], edge }) => {
          const start = at(n, '08:30');
          const [first, last] = [start + Math.min(a, b) * 4 * 60_000, start + (Math.max(a, b) + 1) * 4 * 60_000];
          return {
            sittingId: day(n),
            ...(edge === 'to' ? {} : { from: first }),
            ...(edge === 'from' ? {} : { to: last }),
          };
        }),
      fc.integer({ min: 1, max: 8 }).map((n) => ({ itemId: idOf('i', n) })),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('sv' as const, 'en' as const),
        (parts, language) => {
          const entries = said(ME, {}, ...parts.map((one) => ({ kind: 'excused' as const, ...one })));
          const { absence, standing } = phrasesFor(frame, entries, ME, names, language);
          if (standing !== 'present') return;
          const again = parse(absence);
          expect(again).not.toBeNull();
          const told = phrasesFor(frame, said(ME, {}, ...again!), ME, names, language);
          expect(told.absence).toBe(absence);
          expect(told.presence).toBe(phrasesFor(frame, entries, ME, names, language).presence);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('what is recorded of somebody goes before what they announced', () => {
    const recorded = said(ME, {});
    const both = withAnnounced(
      recorded,
      [
        { personId: ME, absence: 'dag 2' },
        { personId: YOU, absence: 'dag 2' },
      ],
      frame,
      DAYS,
    );
    expect(both.entries.filter(({ personId }) => personId === ME)).toEqual(recorded);
    expect(both.entries.filter(({ personId }) => personId === YOU)).toMatchObject([
      { id: '', kind: 'excused', by: '' },
    ]);
  });
});

const ORGANISATIONS = ['Lövsta kommun', 'Region Sundarna', 'Viks kommun', 'Åmunds kommun'].map((name, n) => ({
  id: idOf('o', n + 1),
  name,
  shortName: name.slice(0, 3).toUpperCase(),
  seats: 2,
  position: n,
}));

type Row = [name: string, organisation: number, party: string, absence: string, role?: RollPerson['roles'][number]];

function people(category: RollPerson['category'], first: number, rows: Row[]) {
  return rows.map(([name, organisation, party, absence, role = 'member'], n) => ({
    personId: idOf('p', first + n),
    name,
    title: '',
    organisationId: organisation === 0 ? null : ORGANISATIONS[organisation - 1]!.id,
    category,
    party,
    roles: [role],
    absence,
  }));
}

/** Everybody else came both days. */
function recorded(participants: ReturnType<typeof people>, frame: ReturnType<typeof world>) {
  let entries = withAnnounced([], participants, frame, DAYS).entries;
  for (const { personId, category } of participants)
    for (const n of frame.sittings.keys())
      entries = thereFromStart(
        frame,
        entries,
        personId,
        { at: frame.sittings[n]!.from, as: category === 'guest' ? 'guest' : 'present' },
        SAYING,
      );
  return entries;
}

describe('whole lists', () => {
  test('a retreat by category: who could not come is listed with when', () => {
    const frame = world();
    const participants = [
      ...people('elected', 10, [
        ['Mia Walter', 2, 'M', 'från kl. 10.00 dag 2'],
        ['Ronny Löv', 1, 'S', '', 'chair'],
        ['Eva Bo', 4, 'S', ''],
      ]),
      ...people('official', 20, [
        ['Carl Barr', 3, '', 'dag 2'],
        ['Jörgen Pre', 2, '', 'från kl. 10.00 dag 2'],
        ['Per Both', 1, '', 'hela mötet'],
      ]),
      ...people('presenter', 30, [['Martin Eng', 0, '', '', 'presenter']]),
    ];
    const entries = recorded(participants, frame);
    const roll = rollOf(
      { frame, entries, words: new Map(), participants, organisations: ORGANISATIONS },
      'category',
      'sv',
    );
    expect(roll.present.map(({ category, rows }) => [category, rows.map(({ name }) => name)])).toEqual([
      ['elected', ['Ronny Löv', 'Eva Bo', 'Mia Walter']],
      ['official', ['Carl Barr', 'Jörgen Pre']],
      ['presenter', ['Martin Eng']],
    ]);
    expect(absenceSentence(roll.excused, 'sv')).toBe(
      'Mia Walter och Jörgen Pre, från kl. 10.00 dag 2; Carl Barr, dag 2; Per Both',
    );
    // And the sentences, announced for another meeting, come out as the same sentences.
    for (const { absence } of roll.excused) if (absence) expect(parseAbsence(absence, frame, DAYS)).not.toBeNull();
  });

  test('who came for an item and left was not expected for the rest, unless somebody said so', () => {
    const frame = world();
    const participants = people('presenter', 30, [
      ['Martin Eng', 0, '', '', 'presenter'],
      ['Ann Bäck', 0, '', 'dag 2', 'presenter'],
    ]);
    const entries = [
      ...recorded(participants.slice(1), frame),
      ...said(participants[0]!.personId, { sittingId: DAYS[0]!.id, to: at(1, '10:00') }),
    ];
    const of = { frame, entries, words: new Map(), participants, organisations: ORGANISATIONS };
    const roll = rollOf(of, 'category', 'sv');
    expect(roll.present.flatMap(({ rows }) => rows.map(({ name, presence }) => [name, presence]))).toContainEqual([
      'Martin Eng',
      'till kl. 10.00 dag 1',
    ]);
    expect(roll.excused.map(({ name }) => name)).toEqual(['Ann Bäck']);
  });

  test('minutes by organisation in the fixed order: one with nobody there shows a dash, an item is excepted', () => {
    const frame = world({ 6: [[1, '10:00', '10:30']] }, at(1, '20:00'), [DAYS[0]!]);
    const participants = [
      ...people('elected', 10, [
        ['Mia Walter', 4, 'M', ''],
        ['Ronny Löv', 1, 'S', '', 'chair'],
      ]),
      ...people('official', 20, [
        ['Carl Barr', 1, '', 'ej punkten 6'],
        ['Per Both', 3, '', 'förhinder'],
      ]),
      ...people('guest', 30, [['Nils Kvist', 0, '', '']]),
    ];
    const entries = recorded(participants, frame);
    const roll = rollOf(
      { frame, entries, words: new Map(), participants, organisations: ORGANISATIONS },
      'organisation',
      'sv',
    );
    const shown = roll.present.map(({ organisation, rows, vacant }) => [
      organisation?.name ?? '',
      vacant ? '–' : rows.map(({ name, presence }) => (presence ? `${name} (${presence})` : name)).join(', '),
    ]);
    expect(shown).toEqual([
      ['Lövsta kommun', 'Ronny Löv, Carl Barr (ej punkten 6)'],
      ['Region Sundarna', '–'],
      ['Viks kommun', '–'],
      ['Åmunds kommun', 'Mia Walter'],
      ['', 'Nils Kvist'],
    ]);
    expect(absenceSentence(roll.excused, 'sv')).toBe('Per Both');
  });
});
