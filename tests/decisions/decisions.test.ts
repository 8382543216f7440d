/** Why this file exists: deciding on a real server: what is frozen, how it is numbered, who may, and what stays closed. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ActionList, BodyView } from '#shared/decisions/api.ts';
import { newId } from '#shared/ids.ts';
import type { Visitor } from '../http/house.ts';
import { type DecisionHouse, openDecisionHouse } from './house.ts';

let at: DecisionHouse;
beforeAll(async () => {
  at = await openDecisionHouse();
});
afterAll(() => at.house.close());

const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error) => error.message,
  );
const numbering = (as: Visitor, patch: object) => at.ask<BodyView>(as, 'PATCH', `${at.root}/body`, patch);

describe('a decision', () => {
  it('freezes wording, what it was, reasons, alternatives and who was there, and locks the item', async () => {
    const itemId = await at.item();
    const { proposalId, clauses, alternative } = await at.proposal(itemId);
    const { decisions, decided } = await at.decide(at.chair, itemId, { proposalId, clauses, text: '' });
    expect(decided).toBe(true);
    expect(decisions).toHaveLength(1);
    const decision = decisions[0]!;
    expect(decision).toMatchObject({
      outcome: 'decided',
      proposal: { id: proposalId, title: 'Samrådet föreslås besluta', by: 'Ordföranden' },
      method: 'acclamation',
      counts: null,
      date: '2026-10-14',
      by: 'Olof Ahl',
    });
    expect(
      decision.wording.map(({ id, original, text, reason, reasonBy }) => [id, original, text, reason, reasonBy]),
    ).toEqual([
      [clauses[0], 'inrätta servicepunkter i sex byar,', 'inrätta servicepunkter i sex byar,', '', ''],
      [
        clauses[1],
        'fördela kostnaden lika, samt',
        'fördela kostnaden efter invånarantal, samt',
        'Lika slår hårdast mot de minsta.',
        'Asta Berg',
      ],
      [clauses[2], 'följa upp varje år.', 'följa upp varje år.', '', ''],
    ]);
    expect(decision.wording[1]?.alternatives).toEqual([{ text: 'låta regionen betala, samt', reason: '' }]);
    expect(alternative).not.toBe('');
    const names = decision.present.map(({ name }) => name);
    expect(names).toContain('Asta Berg');
    // Who only looks on was not there to decide.
    expect(names).not.toContain('Ines Vik');

    // Nobody writes in it any more: neither the notes nor the wording, which stays as it is whatever comes later.
    await expect(at.relay.read(at.room(itemId), (doc) => doc.getXmlFragment(clauses[0]).toString())).resolves.toContain(
      'sex',
    );
    for (const kind of ['item', 'proposal'])
      expect(
        await at.house.server.services.access.authorize(
          {
            personId: at.members[0].person.id,
            sessionId: at.members[0].caller.sessionId,
            user: { id: '', name: '', colour: 0, organisation: '' },
          },
          `${kind}:${at.meetingId}:${itemId}`,
        ),
      ).toEqual({ access: 'read', reason: 'locked' });
  });

  it('is compared with what an alternative stands instead of, when the alternative is decided', async () => {
    const itemId = await at.item();
    const { proposalId, clauses, alternative } = await at.proposal(itemId);
    const view = await at.decide(at.chair, itemId, { proposalId, clauses: [clauses[0], alternative], text: '' });
    expect(view.decisions[0]?.wording[1]).toMatchObject({
      original: 'fördela kostnaden lika, samt',
      text: 'låta regionen betala, samt',
      alternatives: [{ text: 'fördela kostnaden efter invånarantal, samt' }],
    });
  });

  it('is several in one item, the item closed by the last, and one may stand instead of another', async () => {
    const itemId = await at.item();
    const first = await at.decide(at.chair, itemId, { close: false });
    expect(first.decided).toBe(false);
    const second = await at.decide(at.chair, itemId, {
      seen: 1,
      text: 'I stället så.',
      replaces: first.decisions[0]!.id,
    });
    expect(second.decided).toBe(true);
    expect(second.decisions.map(({ replacedBy }) => replacedBy)).toEqual([second.decisions[1]!.id, null]);
    expect(
      await refusal(at.decide(at.chair, itemId, { seen: 2, text: 'Igen.', replaces: first.decisions[0]!.id })),
    ).toContain('409');
  });

  it('needs what its kind needs', async () => {
    const itemId = await at.item();
    const tries: [object, string][] = [
      [{ text: '' }, 'text'],
      [{ outcome: 'referred', text: '' }, 'detail'],
      [{ method: 'showOfHands' }, 'counts'],
      [{ counts: { yes: 1, no: 0, abstained: 0 } }, 'counts'],
      [{ clauses: [newId()] }, 'proposalId'],
      [{ stateVector: '!' }, 'stateVector'],
    ];
    for (const [more, field] of tries)
      expect(await refusal(at.decide(at.chair, itemId, more))).toMatch(new RegExp(`400.*${field}`));
    expect((await at.decisions(at.chair, itemId)).decisions).toEqual([]);
  });

  it('is refused when the wording the chair saw is not saved, and the room is open again', async () => {
    const itemId = await at.item();
    const { proposalId, clauses } = await at.proposal(itemId);
    const doc = new Y.Doc();
    doc.getMap('x').set('y', 1);
    const stateVector = Buffer.from(Y.encodeStateVector(doc)).toString('base64');
    expect(await refusal(at.decide(at.chair, itemId, { proposalId, clauses, text: '', stateVector }))).toContain(
      'unsaved',
    );
    expect(await refusal(at.decide(at.chair, itemId, { proposalId, clauses: [newId()], text: '' }))).toContain('gone');
    expect((await at.decisions(at.chair, itemId)).decided).toBe(false);
  });

  it('is made by chair and secretary while the meeting goes on, and seen by everybody who takes part', async () => {
    const itemId = await at.item();
    expect(await refusal(at.decide(at.members[0], itemId))).toContain('403');
    expect(await refusal(at.decide(at.observer, itemId))).toContain('403');
    expect(await refusal(at.decide(at.stranger, itemId))).toContain('404');
    expect(await refusal(at.decisions(at.stranger, itemId))).toContain('404');
    expect(await refusal(at.decide(at.chair, newId()))).toContain('404');
    await at.decide(at.facilitator, itemId);
    expect((await at.decisions(at.observer, itemId)).decisions).toHaveLength(1);
  });

  it('keeps who was there as presence knows it: not who has left or has a conflict of interest', async () => {
    const itemId = await at.item();
    const [asta, bror] = at.members;
    const record = (json: object) => at.ask(at.facilitator, 'PATCH', `${at.root}/attendance`, json);
    await record({ do: 'item', personId: asta.person.id, itemId, kind: 'conflict' });
    const { decisions } = await at.decide(at.chair, itemId);
    const names = decisions[0]!.present.map(({ name }) => name);
    expect(names).not.toContain(asta.person.name);
    expect(names).toContain(bror.person.name);
  });

  it('keeps who was there when it was written, not when it was asked for', async () => {
    const itemId = await at.item();
    const [, bror, cilla] = at.members;
    const record = (json: object) => at.ask(at.facilitator, 'PATCH', `${at.root}/attendance`, json);
    await record({ do: 'all-here', personIds: [at.chair.person.id, bror.person.id, cilla.person.id] });
    at.time.now += 60_000;
    // Bror leaves when everything is read and only the writing is left.
    const agenda = `agenda:${at.meetingId}`;
    const read = at.relay.read;
    let reads = 0;
    at.relay.read = async <T>(room: string, from: (doc: Y.Doc) => T): Promise<T> => {
      const found = await read(room, from);
      if (room === agenda && ++reads === 2) {
        await record({ do: 'leave', personId: bror.person.id });
      }
      return found;
    };
    const { decisions } = await at.decide(at.chair, itemId).finally(() => {
      at.relay.read = read;
    });
    const names = decisions[0]!.present.map(({ name }) => name);
    expect(names).toContain(cilla.person.name);
    expect(names).not.toContain(bror.person.name);
    await record({ do: 'arrive', personId: bror.person.id });
  });

  it('cannot be changed even past all use cases', async () => {
    const itemId = await at.item();
    await at.decide(at.chair, itemId);
    const db = new DatabaseSync(at.house.file, { timeout: 5_000 });
    expect(() => db.exec("update decision set data = '{}'")).toThrow('a decision is never changed');
    db.close();
  });
});

describe('numbers', () => {
  const label = async (more: object = {}) => {
    const view = await at.decide(at.chair, await at.item(), more);
    return view.decisions.at(-1)?.number?.label ?? null;
  };

  it('follow the body, and what is refused takes none', async () => {
    const [, n] = /Beslut (\d+)/.exec((await label()) ?? '') ?? [];
    expect(await refusal(at.decide(at.chair, await at.item(), { seen: 3 }))).toContain('changed');
    expect(await label({ outcome: 'noted', text: '' })).toBeNull();
    expect(await label()).toBe(`Beslut ${Number(n) + 1}`);
    expect(await refusal(numbering(at.members[0], { numbering: 'paragraph' }))).toContain('403');
    await numbering(at.facilitator, { numbering: 'paragraph', first: { year: 2026, n: 130 } });
    expect([await label(), await label({ outcome: 'noted', text: '' })]).toEqual(['§ 130', '§ 131']);
    await numbering(at.facilitator, { numbering: 'date' });
    expect([await label(), await label()]).toEqual(['Beslut 2026-10-14', 'Beslut 2026-10-14 (2)']);
    await numbering(at.facilitator, { numbering: 'paragraph' });
    expect(await label()).toBe('§ 132');
    at.time.now = Date.parse('2027-01-01T09:00:00Z');
    expect(await label()).toBe('§ 1');
  });

  it('are given without gaps to those who decide at once, and on one item only the first decides', async () => {
    const items = await Promise.all(Array.from({ length: 6 }, () => at.item()));
    const views = await Promise.all(items.map((itemId) => at.decide(at.chair, itemId)));
    const given = views.map(({ decisions }) => decisions[0]!.number!.n).sort((a, b) => a - b);
    expect(given).toEqual(given.map((_, i) => given[0]! + i));
    const same = await at.item();
    const said = await Promise.all([at.chair, at.facilitator].map((as) => refusal(at.decide(as, same))));
    expect(said.filter((one) => one === 'done')).toHaveLength(1);
    expect(said.find((one) => one !== 'done')).toContain('changed');
    expect((await at.decisions(at.chair, same)).decisions[0]!.number!.n).toBe(given.at(-1)! + 1);
  });

  it('are the day where the meeting is', async () => {
    at.time.now = Date.parse('2027-03-01T23:30:00Z');
    await numbering(at.facilitator, { numbering: 'date' });
    expect(await label()).toBe('Beslut 2027-03-02');
  });
});

describe('a decided item', () => {
  it('is opened by the desk alone, with a reason that stands in the record', async () => {
    const itemId = await at.item();
    expect(await refusal(at.decisions(at.chair, itemId, 'POST', '/reopen', { reason: 'Fel' }))).toContain('open');
    await at.decide(at.chair, itemId);
    const unlock = () => at.ask(at.facilitator, 'DELETE', `${at.root}/items/${itemId}/lock`);
    expect(await refusal(unlock())).toContain('decided');
    expect(await refusal(at.decisions(at.members[0], itemId, 'POST', '/reopen', { reason: 'Fel' }))).toContain('403');
    expect(await refusal(at.decisions(at.chair, itemId, 'POST', '/reopen', { reason: ' ' }))).toContain('400');
    const view = await at.decisions(at.chair, itemId, 'POST', '/reopen', { reason: 'Fel summa lästes upp' });
    expect(view.decided).toBe(false);
    expect(view.reopenings).toMatchObject([{ person: 'Olof Ahl', reason: 'Fel summa lästes upp' }]);
    // What was decided stands.
    expect(view.decisions).toHaveLength(1);
  });

  it("takes dissents: one's own by anybody who takes part, others' by the desk", async () => {
    const itemId = await at.item();
    const { decisions } = await at.decide(at.chair, itemId);
    const path = `/${decisions[0]!.id}/dissents`;
    const [asta, bror] = at.members;
    const say = (as: Visitor, personId: string) =>
      at.decisions(as, itemId, 'POST', path, { kind: 'reservation', personId, text: 'Kostnaden är inte utredd.' });
    const said = await say(asta, asta.person.id);
    expect(said.decisions[0]?.dissents).toMatchObject([{ kind: 'reservation', person: 'Asta Berg' }]);
    expect(said.decisions[0]?.sha256).toBe(decisions[0]?.sha256);
    expect(await refusal(say(asta, bror.person.id))).toContain('403');
    expect((await say(at.facilitator, bror.person.id)).decisions[0]?.dissents).toHaveLength(2);
    expect(await refusal(say(at.observer, at.observer.person.id))).toContain('not-allowed-now');
  });
});

describe('what is to be done', () => {
  it('is a line for a person or for every organisation, and whose it is says how far it has come', async () => {
    const { organisations, meetings } = at.house.server.services;
    const system = { ...at.facilitator.caller, isAdmin: true };
    const alm = await organisations.create(system, { name: 'Almvik', shortName: 'ALM' });
    const bra = await organisations.create(system, { name: 'Brantsjö', shortName: 'BRA' });
    const [asta, bror, cilla] = at.members;
    for (const [who, organisationId] of [
      [asta, alm.id],
      [bror, bra.id],
      [cilla, bra.id],
    ] as const)
      await meetings.updateParticipant(at.facilitator.caller, at.meetingId, who.person.id, { organisationId });
    const itemId = await at.item();
    const ask = (as: Visitor, method: string, path: string, json?: unknown) =>
      at.ask<ActionList>(as, method, `${at.root}/items/${itemId}/actions${path}`, json);

    await ask(at.facilitator, 'POST', '', {
      title: 'Utse kontaktperson',
      owner: { kind: 'organisations' },
      due: { precision: 'week', year: 2026, week: 49 },
      source: { block: '1:2', text: 'Varje part utser en kontakt.' },
    });
    const { actions } = await ask(at.facilitator, 'POST', '', {
      title: 'Påminn',
      owner: { kind: 'person', personId: asta.person.id },
      due: { precision: 'day', date: '2026-11-20', before: true },
    });
    expect(actions.map(({ title }) => title)).toEqual(['Påminn', 'Utse kontaktperson']);
    const all = actions[1]!;
    expect(all.lines.map(({ organisation, person, status }) => [organisation, person, status])).toEqual([
      ['Almvik', '', 'open'],
      ['Brantsjö', '', 'open'],
    ]);
    const line = (n: number) => `/${all.id}/lines/${all.lines[n]!.id}`;
    expect(await refusal(ask(bror, 'PATCH', line(0), { status: 'done' }))).toContain('403');
    expect(await refusal(ask(bror, 'PATCH', line(1), { personId: cilla.person.id }))).toContain('403');
    await ask(at.facilitator, 'PATCH', line(1), { personId: bror.person.id });
    const done = await ask(cilla, 'PATCH', line(1), { status: 'done', answer: 'Bror är det.' });
    expect(done.actions[1]?.lines[1]).toMatchObject({ person: 'Bror Lund', status: 'done', answer: 'Bror är det.' });
    expect(await refusal(ask(asta, 'PATCH', `/${all.id}`, { title: 'Annat' }))).toContain('403');
    expect(await refusal(ask(at.facilitator, 'PATCH', `/${newId()}`, { title: 'Annat' }))).toContain('404');
    const left = await ask(at.facilitator, 'DELETE', `/${all.id}`);
    expect(left.actions.map(({ title }) => title)).toEqual(['Påminn']);
    expect((await at.ask<ActionList>(at.observer, 'GET', `${at.root}/actions`)).actions).toHaveLength(1);
    expect(await refusal(at.ask(at.stranger, 'GET', `${at.root}/actions`))).toContain('404');
  });
});
