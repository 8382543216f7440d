/**
 * Why this file exists: a guest who voted and then turns out to have an account is one person, and has one ballot: over
 * HTTP, by their own claim and by an officer's merge, whether the account has voted too or not.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GuestPlace, Guests } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import type { Vote } from '#shared/workshop/harvest-api.ts';
import type { Visitor } from '../http/house.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';

let w: WorkshopHouse;
let code: string;
const [BUS, DESK] = [newId(), newId()];
const PASSWORD = 'korrekt häst batteri';

interface Guest {
  id: string;
  cookie: string;
}

beforeAll(async () => {
  w = await openWorkshopHouse();
  await w.ask(w.facilitator, 'POST', '', { prompts: PROMPTS });
  const opened = await w.ask<Guests>(w.facilitator, 'PATCH', `/api/meetings/${w.meetingId}/guests`, { open: true });
  code = opened.code ?? '';
});
afterAll(() => w.house.close());

const votes = () => `/api/meetings/${w.meetingId}/items/${w.itemId}/votes`;
const names = ['Gun Ås', 'Gerd Bo', 'Gill Mo', 'Göte Ry'];

async function comeIn(): Promise<Guest> {
  const answer = await w.house.fetch('/api/guests/join', {
    method: 'POST',
    json: { code, name: names.shift(), key: newId() + newId() },
  });
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as GuestPlace).state).toBe('in');
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const session = await w.house.fetch('/api/session', { headers: { cookie } });
  return { id: ((await session.json()) as { person: { id: string } }).person.id, cookie };
}

const openVote = async (): Promise<Vote> => {
  const json = {
    title: 'Viktigast',
    dots: 3,
    guests: true,
    choices: [
      { id: BUS, label: 'Bussen' },
      { id: DESK, label: 'En disk' },
    ],
  };
  return (await w.ask<{ votes: Vote[] }>(w.facilitator, 'POST', votes(), json)).votes[0]!;
};
const cast = async (cookie: string, vote: Vote, dots: Record<string, number>): Promise<Vote> => {
  const answer = await w.house.fetch(`${votes()}/${vote.id}/ballot`, {
    method: 'PUT',
    json: { dots },
    headers: { cookie },
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { votes: Vote[] }).votes[0]!;
};
const newest = async (as: Visitor): Promise<Vote> => (await w.ask<{ votes: Vote[] }>(as, 'GET', votes())).votes[0]!;
const close = async (vote: Vote): Promise<Vote> =>
  (await w.ask<{ votes: Vote[] }>(w.facilitator, 'POST', `${votes()}/${vote.id}/close`)).votes[0]!;
const merge = (guest: Guest, into: Visitor) =>
  w.ask(w.facilitator, 'POST', `/api/meetings/${w.meetingId}/guests/${guest.id}/merge`, { personId: into.person.id });

describe('one person, one ballot', () => {
  it('the guest’s becomes the account’s, and voting again only changes it', async () => {
    const [asta, bror] = w.members;
    const vote = await openVote();
    const guest = await comeIn();
    await cast(guest.cookie, vote, { [BUS]: 3 });
    await cast(bror.cookie, vote, { [DESK]: 1 });
    await merge(guest, asta);
    expect(await newest(asta)).toMatchObject({ voted: 2, mine: { [BUS]: 3 } });
    await cast(asta.cookie, vote, { [DESK]: 2 });
    expect(await close(vote)).toMatchObject({ voted: 2, results: { [BUS]: 0, [DESK]: 3 } });
  });

  it('what the account has cast itself stays, and the guest’s goes', async () => {
    const [, , cilla] = w.members;
    const vote = await openVote();
    const guest = await comeIn();
    await cast(guest.cookie, vote, { [BUS]: 3 });
    await cast(cilla.cookie, vote, { [DESK]: 1 });
    await merge(guest, cilla);
    expect(await newest(cilla)).toMatchObject({ voted: 1, mine: { [DESK]: 1 } });
    expect(await close(vote)).toMatchObject({ voted: 1, results: { [BUS]: 0, [DESK]: 1 } });
  });

  it('also for who signs in by themselves, and a vote that is closed is left as it was', async () => {
    const account = await w.house.add('Gudrun Alm', { email: 'gudrun@exempel.se' });
    const { services } = w.house.server;
    const { url } = await services.links.password({ ...w.facilitator.caller, isAdmin: true }, account.person.id);
    await services.links.use({ token: url.split('#')[1] ?? '', password: PASSWORD });
    const before = await openVote();
    const guest = await comeIn();
    await cast(guest.cookie, before, { [BUS]: 2 });
    const closed = await close(before);
    const vote = await openVote();
    await cast(guest.cookie, vote, { [BUS]: 1 });
    const claimed = await w.house.fetch('/api/guests/claim', {
      method: 'POST',
      json: { email: 'gudrun@exempel.se', password: PASSWORD },
      headers: { cookie: guest.cookie },
    });
    const cookie = claimed.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await cast(cookie, vote, { [DESK]: 3 })).mine).toEqual({ [DESK]: 3 });
    expect(await close(vote)).toMatchObject({ voted: 1, results: { [BUS]: 0, [DESK]: 3 } });
    const kept = (await w.ask<{ votes: Vote[] }>(w.facilitator, 'GET', votes())).votes.find(
      ({ id }) => id === before.id,
    );
    expect(kept).toMatchObject({ voted: closed.voted, results: closed.results });
  });
});
