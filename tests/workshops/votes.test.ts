/**
 * Why this file exists: a vote that could be cast twice, or be read by somebody, would be no vote. Everything here goes
 * over HTTP against a real server; what the database holds is looked at past all use cases.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { Vote } from '#shared/workshop/harvest-api.ts';
import type { Visitor } from '../http/house.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';

let w: WorkshopHouse;
let votes: string;
const [BUS, DESK] = [newId(), newId()];
const CHOICES = [
  { id: BUS, label: 'Resan är service' },
  { id: DESK, label: 'En disk' },
];

const list = async (as: Visitor) => (await w.ask<{ votes: Vote[] }>(as, 'GET', votes)).votes;
const newest = async (as: Visitor) => (await list(as))[0]!;
const openVote = async (more: object = {}, as = w.facilitator) =>
  (await w.ask<{ votes: Vote[] }>(as, 'POST', votes, { title: 'Viktigast', dots: 3, choices: CHOICES, ...more }))
    .votes[0]!;
const cast = async (as: Visitor, vote: Vote, dots: Record<string, number>) =>
  (await w.ask<{ votes: Vote[] }>(as, 'PUT', `${votes}/${vote.id}/ballot`, { dots })).votes[0]!;
const close = async (vote: Vote, as = w.facilitator) =>
  (await w.ask<{ votes: Vote[] }>(as, 'POST', `${votes}/${vote.id}/close`)).votes[0]!;
const rows = (query: string) => {
  const db = new DatabaseSync(w.house.file, { readOnly: true });
  try {
    return db.prepare(query).all();
  } finally {
    db.close();
  }
};
/** Roles that no officer can give, straight in the data. */
const makeRole = (visitor: Visitor, role: string) => {
  const db = new DatabaseSync(w.house.file);
  db.prepare('update participant set roles = ? where person_id = ?').run(JSON.stringify([role]), visitor.person.id);
  db.close();
};

beforeAll(async () => {
  w = await openWorkshopHouse();
  votes = `/api/meetings/${w.meetingId}/items/${w.itemId}/votes`;
});
afterAll(() => w.house.close());
beforeEach(async () => {
  if ((await w.ask(w.facilitator, 'GET').catch(() => null)) === null)
    await w.ask(w.facilitator, 'POST', '', { prompts: PROMPTS });
  for (const vote of await list(w.facilitator)) if (vote.state === 'open') await close(vote);
});

describe('a vote', () => {
  it('is opened and closed by officers, one at a time, and seen by everybody in the meeting', async () => {
    await expect(openVote({}, w.members[0])).rejects.toMatchObject({ code: 'forbidden' });
    await expect(openVote({}, w.stranger)).rejects.toMatchObject({ code: 'not-found' });
    const vote = await openVote();
    expect(vote).toMatchObject({ state: 'open', dots: 3, counts: 'hidden', voted: 0, voters: 6, choices: CHOICES });
    await expect(openVote()).rejects.toMatchObject({ fields: { vote: 'open' } });
    expect((await newest(w.members[0])).mayVote).toBe(true);
    expect((await newest(w.observer)).mayVote).toBe(false);
    await expect(list(w.stranger)).rejects.toMatchObject({ status: 404 });
    await expect(close(vote, w.members[0])).rejects.toMatchObject({ code: 'forbidden' });
    expect(await close(vote, w.chair)).toMatchObject({ state: 'closed', voted: 0, voters: 6 });
    await expect(close(vote)).rejects.toMatchObject({ fields: { vote: 'closed' } });
    await expect(cast(w.members[0], vote, { [BUS]: 1 })).rejects.toMatchObject({ fields: { vote: 'closed' } });
  });

  it('takes only its own choices and no more dots than there are', async () => {
    const vote = await openVote();
    const [asta] = w.members;
    await expect(cast(asta, vote, { [BUS]: 2, [DESK]: 2 })).rejects.toMatchObject({ fields: { dots: 'too-many' } });
    await expect(cast(asta, vote, { [newId()]: 1 })).rejects.toMatchObject({ fields: { dots: 'missing' } });
    for (const wrong of [{ [BUS]: -1 }, { [BUS]: 1.5 }, { [BUS]: 1e9 }, { [BUS]: '1' }, [], null])
      await expect(cast(asta, vote, wrong as Record<string, number>)).rejects.toMatchObject({ status: 400 });
    await expect(cast(w.observer, vote, { [BUS]: 1 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cast(w.stranger, vote, { [BUS]: 1 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(cast(asta, { ...vote, id: newId() }, { [BUS]: 1 })).rejects.toMatchObject({ code: 'not-found' });
    expect((await newest(asta)).mine).toEqual({});
  });

  it('gives one ballot to each, however many requests are sent at once, and the last one counts', async () => {
    const vote = await openVote();
    const [asta, bror] = w.members;
    const again = await w.house.again(asta);
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => cast(n % 2 ? asta : again, vote, { [n % 3 ? BUS : DESK]: 1 + (n % 3) })),
    );
    await cast(asta, vote, { [BUS]: 1, [DESK]: 2 });
    expect((await cast(bror, vote, { [BUS]: 3 })).mine).toEqual({ [BUS]: 3 });
    expect((await newest(again)).mine).toEqual({ [BUS]: 1, [DESK]: 2 });
    expect((await newest(w.chair)).voted).toBe(2);
    expect(await cast(bror, vote, {})).toMatchObject({ mine: {}, voted: 1 });
    await cast(bror, vote, { [BUS]: 3, [DESK]: 0 });
    expect(await close(vote)).toMatchObject({ voted: 2, results: { [BUS]: 4, [DESK]: 2 } });
  });

  it('closed while people vote, counts each ballot wholly or not at all', async () => {
    const vote = await openVote();
    const people = [...w.members, w.chair];
    const casting = people.map((person) =>
      cast(person, vote, { [BUS]: 2, [DESK]: 1 }).then(
        () => 1,
        () => 0,
      ),
    );
    const closed = close(vote);
    const taken = (await Promise.all(casting)).reduce((a: number, b) => a + b, 0);
    const { voted, results } = await closed;
    expect(voted).toBe(taken);
    expect(results).toEqual({ [BUS]: 2 * taken, [DESK]: taken });
  });

  it('shows hidden counts to nobody before it is closed, and live ones to all', async () => {
    const hidden = await openVote({ counts: 'hidden' });
    await cast(w.members[0], hidden, { [BUS]: 3 });
    for (const visitor of [w.facilitator, w.chair, ...w.members, w.observer]) {
      const seen = await newest(visitor);
      expect(seen.results).toBeNull();
      expect(seen.mine).toEqual(visitor === w.members[0] ? { [BUS]: 3 } : {});
    }
    expect((await close(hidden)).results).toEqual({ [BUS]: 3, [DESK]: 0 });
    const live = await openVote({ counts: 'live' });
    await cast(w.members[1], live, { [DESK]: 2 });
    for (const visitor of [w.facilitator, w.observer])
      expect((await newest(visitor)).results).toEqual({ [BUS]: 0, [DESK]: 2 });
  });

  it('is the guests’ or not, as it was opened; a projector never votes', async () => {
    const [, , , doris] = w.members;
    try {
      makeRole(doris, 'guest');
      const without = await openVote({ guests: false });
      expect(without.voters).toBe(5);
      expect((await newest(doris)).mayVote).toBe(false);
      await expect(cast(doris, without, { [BUS]: 1 })).rejects.toMatchObject({ code: 'forbidden' });
      await close(without);
      const with_ = await openVote({ guests: true });
      expect(with_.voters).toBe(6);
      expect((await cast(doris, with_, { [BUS]: 1 })).voted).toBe(1);
      makeRole(doris, 'screen');
      await expect(cast(doris, with_, { [BUS]: 2 })).rejects.toMatchObject({ code: 'forbidden' });
    } finally {
      makeRole(doris, 'member');
    }
  });

  it('counts the ballots of those who are its voters: not of a guest who was shown out', async () => {
    const [asta, , , doris] = w.members;
    const vote = await openVote({ counts: 'live', guests: false });
    await cast(asta, vote, { [BUS]: 1 });
    await cast(doris, vote, { [BUS]: 2 });
    expect(await newest(asta)).toMatchObject({ voted: 2, results: { [BUS]: 3 } });
    try {
      makeRole(doris, 'guest');
      expect(await newest(asta)).toMatchObject({ voted: 1, voters: 5, results: { [BUS]: 1 } });
      expect(await close(vote)).toMatchObject({ voted: 1, voters: 5, results: { [BUS]: 1, [DESK]: 0 } });
    } finally {
      makeRole(doris, 'member');
    }
  });

  it('closed, has nothing in the data that leads from a person to what they voted for', async () => {
    const vote = await openVote();
    for (const person of w.members) await cast(person, vote, { [BUS]: 1 });
    const secret = rows(`select secret from vote where id = '${vote.id}'`)[0]?.secret as string;
    const voters = rows(`select voter from ballot where vote_id = '${vote.id}'`).map(({ voter }) => voter as string);
    expect(voters).toHaveLength(4);
    // Not even open ballots name anybody.
    for (const visitor of w.members) expect(JSON.stringify(voters)).not.toContain(visitor.person.id);
    await close(vote);
    expect(rows(`select * from ballot where vote_id = '${vote.id}'`)).toEqual([]);
    expect(rows(`select secret from vote where id = '${vote.id}'`)).toEqual([{ secret: null }]);
    for (const visitor of w.members) expect((await newest(visitor)).mine).toEqual({});
    const after = new DatabaseSync(w.house.file);
    after.exec('pragma wal_checkpoint(truncate)');
    after.close();
    const bytes = readFileSync(w.house.file).toString('latin1');
    for (const trace of [secret, ...voters]) expect(bytes.includes(trace)).toBe(false);
    expect(w.house.log.join('\n')).not.toContain(secret);
  });

  it('needs a workshop on the item', async () => {
    const path = `/api/meetings/${w.meetingId}/items/${w.otherItemId}/votes`;
    await expect(w.ask(w.facilitator, 'GET', path)).rejects.toMatchObject({ status: 404 });
  });
});

describe('who wrote the contributions', () => {
  it('is told of the groups one may read, and of the others nothing', async () => {
    const workshop = await w.ask(w.facilitator, 'GET');
    const [first, second] = workshop.rounds[0]!.groups;
    const room = `group:${w.meetingId}:${first!.id}`;
    await w.house.server.relay.edit(room, w.members[0].person.id, (doc) => {
      doc.getText('x').insert(0, 'Bussen');
    });
    const path = `${w.path}/authorship`;
    const groups = async (as: Visitor) => (await w.ask<{ groups: Record<string, unknown> }>(as, 'GET', path)).groups;
    const all = await groups(w.facilitator);
    expect(Object.keys(all).sort()).toEqual(workshop.rounds[0]!.groups.map(({ id }) => id).sort());
    expect(JSON.stringify(all[first!.id])).toContain('Asta Berg');
    expect(await groups(w.members[0])).toEqual({});
    await w.ask(w.facilitator, 'PATCH', '', { opened: true });
    expect(Object.keys(await groups(w.members[0]))).toContain(second!.id);
    await w.ask(w.facilitator, 'PATCH', '', { opened: false });
    await expect(groups(w.stranger)).rejects.toMatchObject({ status: 404 });
  });
});
