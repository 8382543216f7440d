/** Why this file exists: presence, decisions, what is to be done and the body's habits stand in the protocol as they were kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttendanceInput } from '#shared/attendance/api.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import { minutesPrint } from '#shared/minutes/print.ts';
import { SYSTEM } from '../../server/services.ts';
import { type DecisionHouse, openDecisionHouse } from '../decisions/house.ts';

let at: DecisionHouse;
let itemId: string;
const minutes = (query = '?style=discussion'): Promise<MinutesView> =>
  at.ask<MinutesView>(at.chair, 'GET', `${at.root}/minutes${query}`);
const keep = (input: AttendanceInput) => at.ask(at.chair, 'PATCH', `${at.root}/attendance`, input);
const personOf = (n: number): string => at.members[n]!.person.id;
const MINUTE = 60_000;

beforeAll(async () => {
  at = await openDecisionHouse();
  const { organisations, meetings } = at.house.server.services;
  const place = async (name: string) =>
    (await organisations.create(SYSTEM, { name, shortName: name.slice(0, 3), seats: 2 })).id;
  const [north, south, empty] = [await place('Norrby'), await place('Söderby'), await place('Tomby')];
  for (const [person, organisationId, title] of [
    [at.chair, north, 'regionråd'],
    [at.members[0], north, ''],
    [at.members[1], south, ''],
    [at.members[2], south, 'ekonomichef'],
  ] as const)
    await meetings.updateParticipant(at.facilitator.caller, at.meetingId, person.person.id, { organisationId, title });
  expect(empty).not.toBe(north);
  await meetings.update(at.facilitator.caller, at.meetingId, {
    sittings: [
      { date: '2026-10-14', start: '11:00', end: '16:00', venue: '', room: '', address: '', link: '' },
      { date: '2026-10-15', start: '09:00', end: '12:00', venue: '', room: '', address: '', link: '' },
    ],
  });
  itemId = await at.item();
}, 60_000);
afterAll(() => at.house.close());

const rows = ({ document }: MinutesView, n = 0) =>
  document.attendance[n]?.groups.map(({ label, people }) => [
    label,
    ...people.map(({ name, title, phrase }) => [name, title, phrase].filter(Boolean).join(' | ')),
  ]);

describe('presence in the protocol', () => {
  it('is a list of who was called until somebody keeps it', async () => {
    const view = await minutes();
    expect(view.document.attendance[0]?.title).toBe('Deltagare');
    expect(view.completeness.every(({ marks }) => marks.attendance === 'missing')).toBe(true);
  });

  it('says when somebody was there, by organisation in their order, and keeps the row of the one with nobody', async () => {
    await keep({ do: 'all-here', personIds: [at.chair.person.id, personOf(0), personOf(1)] });
    at.time.now += 60 * MINUTE;
    await keep({ do: 'leave', personId: personOf(1) });
    await keep({ do: 'time', personId: personOf(2), kind: 'excused', sittingId: null });
    at.time.now += 30 * MINUTE;
    const view = await minutes();
    expect(view.document.attendance.map(({ title, by }) => [title, by])).toEqual([
      ['Närvarande', 'Organisation'],
      ['Anmält förhinder', 'Organisation'],
    ]);
    expect(rows(view)).toEqual([
      ['Norrby', 'Olof Ahl | regionråd, ordförande', 'Asta Berg'],
      ['Söderby', 'Bror Lund | till kl. 12.30 dag 1'],
      ['Tomby'],
      [
        'Övriga',
        'Doris Ask | närvaro inte antecknad',
        'Frida Holm | sekreterare | närvaro inte antecknad',
        'Ines Vik | närvaro inte antecknad',
      ],
    ]);
    expect(rows(view, 1)).toEqual([['Söderby', 'Cilla Ek | ekonomichef']]);
    const english = await minutes('?style=discussion&lang=en');
    expect(english.document.attendance[0]?.title).toBe('Present');
    expect(rows(english)?.[1]).toEqual(['Söderby', 'Bror Lund | until 12:30 on day 1']);
  });

  it('is by category with everybody who was away, if only in part, where the body has it so', async () => {
    await at.ask(at.chair, 'PATCH', `${at.root}/body`, { grouping: 'category' });
    const view = await minutes();
    expect(view.document.attendance.map(({ by }) => by)).toEqual(['Kategori', 'Kategori']);
    expect(rows(view)?.flat()).toContain('Olof Ahl | regionråd, ordförande, Norrby');
    const away = rows(view, 1)?.flat() ?? [];
    expect(away).toContain('Cilla Ek | ekonomichef, Söderby');
    expect(away.find((row) => row.startsWith('Bror Lund'))).toMatch(/Söderby \| från kl\. 12\.30 dag 1/);
    await at.ask(at.chair, 'PATCH', `${at.root}/body`, { grouping: 'organisation' });
  });

  it('is known of an item that was treated while somebody was there', async () => {
    await at.ask(at.facilitator, 'POST', `${at.root}/current-item`, { itemId });
    const mark = async () => (await minutes()).completeness.find((one) => one.itemId === itemId)?.marks.attendance;
    at.time.now += 20 * MINUTE;
    await at.ask(at.facilitator, 'POST', `${at.root}/current-item`, { itemId: at.otherItemId });
    const before = await mark();
    await keep({ do: 'item', personId: personOf(0), itemId, kind: 'conflict' });
    expect([before, await mark()]).toEqual(['done', 'done']);
    expect(rows(await minutes())?.[0]?.find((row) => row.startsWith('Asta'))).toMatch(/jäv punkten \d+$/);
  });
});

describe('what was decided in the protocol', () => {
  it('stands verbatim, with what it was, why, how, what was said against it and who was missing', async () => {
    const { proposalId, clauses } = await at.proposal(itemId);
    const { decisions } = await at.decide(at.chair, itemId, {
      proposalId,
      clauses,
      text: '',
      method: 'showOfHands',
      counts: { yes: 3, no: 1, abstained: 0 },
      motivation: 'Det är nära.',
    });
    await at.decisions(at.members[3], itemId, 'POST', `/${decisions[0]!.id}/dissents`, {
      kind: 'dissentingOpinion',
      personId: personOf(3),
      text: 'Det blir för dyrt.',
    });
    const view = await minutes();
    const item = view.document.items.find(({ id }) => id === itemId);
    expect(item?.decisions).toMatchObject([
      {
        label: 'Beslut 1',
        outcome: 'decision',
        lead: 'Nordälvens samråd beslutar',
        clauses: [
          { text: 'att inrätta servicepunkter i sex byar,', original: null, reason: '' },
          {
            text: 'att fördela kostnaden efter invånarantal, samt',
            original: 'att fördela kostnaden lika, samt',
            reason: 'Lika slår hårdast mot de minsta.',
          },
          { text: 'att följa upp varje år.', original: null },
        ],
        method: 'showOfHands',
        counts: '3 ja, 1 nej, 0 avstår',
        motivation: 'Det är nära.',
        dissents: [{ kind: 'dissent', who: 'Doris Ask', text: 'Det blir för dyrt.' }],
      },
    ]);
    expect(item?.decisions[0]?.present).toMatch(/^\d+ person(er)?\. Ingen från .*Söderby/);
    expect(view.completeness.find((one) => one.itemId === itemId)?.marks.outcome).toBe('done');
  });

  it('says which decision stands instead of which, and that the item was opened again', async () => {
    const { decisions: before } = await at.decisions(at.chair, itemId);
    await at.decisions(at.chair, itemId, 'POST', '/reopen', { reason: 'Fel årtal i första satsen.' });
    await at.decide(at.chair, itemId, { seen: 1, replaces: before[0]!.id, text: 'Samrådet avvaktar.' });
    const item = (await minutes()).document.items.find(({ id }) => id === itemId);
    expect(item?.decisions.map(({ lead }) => lead)).toEqual([
      'Gäller inte längre: ersatt av Beslut 2. Nordälvens samråd beslutar',
      'Gäller i stället för Beslut 1.',
    ]);
    expect(item?.reopenings).toMatchObject([{ by: 'Olof Ahl', reason: 'Fel årtal i första satsen.' }]);
    expect(item?.reopenings[0]?.when).toMatch(/2026, kl\. \d\d\.\d\d$/);
  });

  it('says outcomes without a wording in a sentence', async () => {
    const other = await at.item('Remissen');
    await at.decide(at.chair, other, { outcome: 'referred', text: '', detail: 'arbetsutskottet.', method: null });
    const item = (await minutes()).document.items.find(({ id }) => id === other);
    expect(item?.decisions).toMatchObject([{ outcome: 'referred', lead: 'Punkten hänskjuts till arbetsutskottet.' }]);
  });
});

describe('what is to be done', () => {
  it('has its owner, its due time as it was meant, and a row for every organisation', async () => {
    const add = (json: object) => at.ask(at.chair, 'POST', `${at.root}/items/${itemId}/actions`, json);
    await add({
      title: 'Skicka kalkylen',
      owner: { kind: 'person', personId: personOf(0) },
      due: { precision: 'week', year: 2026, week: 48 },
      source: { block: '7:12', text: 'Asta skickar kalkylen.' },
    });
    at.time.now += MINUTE;
    await add({ title: 'Utse kontaktperson', owner: { kind: 'organisations' } });
    const view = await minutes();
    const item = view.document.items.find(({ id }) => id === itemId);
    expect(item?.actions.map(({ text, owner, due, source }) => [text, owner, due, source])).toEqual([
      ['Skicka kalkylen', 'Asta Berg, Norrby', 'v. 48 2026', '7:12'],
      ['Utse kontaktperson', 'Norrby', '', ''],
      ['Utse kontaktperson', 'Söderby', '', ''],
    ]);
    expect(view.checks.find(({ check }) => check === 'actions')).toMatchObject({ ok: false, items: [itemId] });
    // On paper what is to be done is said once.
    const table = minutesPrint(view.document).parts.find(
      (part) => part.kind === 'table' && part.caption === 'Uppgifter',
    );
    expect(table?.kind === 'table' && table.rows.map(([what]) => what)).toEqual([
      ['Skicka kalkylen'],
      ['Utse kontaktperson'],
      [''],
    ]);
  });
});

describe('how the body keeps its records', () => {
  it('decides style and abbreviations of every meeting that has not chosen otherwise', async () => {
    await at.ask(at.chair, 'PATCH', `${at.root}/body`, {
      style: 'decisions',
      abbreviations: [{ short: 'KSO', long: 'kommunstyrelsens ordförande' }],
    });
    const { document, chosen } = await minutes('');
    expect([chosen, document.style]).toEqual([null, 'decisions']);
    expect(document.abbreviations).toEqual([{ short: 'KSO', long: 'kommunstyrelsens ordförande' }]);
  });
});
