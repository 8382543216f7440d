/** Groups kept under a name: by those who run the meeting, seen by nobody else, with people of the meeting only. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GroupSetList, MOST_GROUP_SETS } from '#shared/workshop/group-sets.ts';
import { openWorkshopHouse, type WorkshopHouse } from './house.ts';

let house: WorkshopHouse;
let sets: string;
beforeAll(async () => {
  house = await openWorkshopHouse();
  sets = `/api/meetings/${house.meetingId}/group-sets`;
});
afterAll(() => house.house.close());

const list = () => house.ask<GroupSetList>(house.facilitator, 'GET', sets);
const save = (name: string, members: string[][]) =>
  house.ask<GroupSetList>(house.facilitator, 'POST', sets, {
    name,
    groups: members.map((of, at) => ({ name: `Bord ${at + 1}`, place: 'Salen', colour: at, members: of })),
  });

beforeEach(async () => {
  for (const { id } of (await list()).sets) await house.ask(house.facilitator, 'DELETE', `${sets}/${id}`);
});

describe('groups kept under a name', () => {
  test('come back as they were, by name, and go when they are taken away', async () => {
    const [asta, bror, cilla] = house.members.map(({ person }) => person.id) as [string, string, string];
    await save('Åtta bord', [[asta], [bror, cilla]]);
    const { sets: kept } = await save('Arbetslag', [[]]);
    expect(kept.map(({ name }) => name)).toEqual(['Arbetslag', 'Åtta bord']);
    expect(kept[1]?.groups).toEqual([
      { name: 'Bord 1', topic: '', place: 'Salen', colour: 0, members: [asta] },
      { name: 'Bord 2', topic: '', place: 'Salen', colour: 1, members: [bror, cilla] },
    ]);
    const left = await house.ask<GroupSetList>(house.chair, 'DELETE', `${sets}/${kept[0]?.id}`);
    expect(left.sets.map(({ name }) => name)).toEqual(['Åtta bord']);
    expect(await list()).toEqual(left);
    await expect(house.ask(house.chair, 'DELETE', `${sets}/${kept[0]?.id}`)).rejects.toThrow('404 not-found');
  });

  test('are for those who run the meeting', async () => {
    const set = { name: 'Smyg', groups: [{ name: 'Ett' }] };
    for (const as of [house.members[0], house.observer]) {
      await expect(house.ask(as, 'GET', sets)).rejects.toThrow('403 forbidden');
      await expect(house.ask(as, 'POST', sets, set)).rejects.toThrow('403 forbidden');
    }
    await expect(house.ask(house.stranger, 'GET', sets)).rejects.toThrow('404 not-found');
    await expect(house.ask(house.stranger, 'POST', sets, set)).rejects.toThrow('404 not-found');
    expect((await list()).sets).toEqual([]);
  });

  test('have a name of their own, people of the meeting, each once', async () => {
    const [asta, bror] = house.members.map(({ person }) => person.id) as [string, string];
    await save('Arbetslag', [[asta]]);
    await expect(save('Arbetslag', [[bror]])).rejects.toThrow('"name":"exists"');
    await expect(save('Främmande', [[house.stranger.person.id]])).rejects.toThrow('"members":"not-participant"');
    await expect(save('Dubbel', [[asta], [asta]])).rejects.toThrow('"members":"twice"');
    expect((await list()).sets.map(({ name, groups }) => [name, groups[0]?.members])).toEqual([['Arbetslag', [asta]]]);
  });

  test('belong to their meeting', async () => {
    const { sets: kept } = await save('Arbetslag', [[]]);
    const { meeting: other } = await house.house.meeting(house.facilitator, []);
    const elsewhere = `/api/meetings/${other.id}/group-sets`;
    expect(await house.ask(house.facilitator, 'GET', elsewhere)).toEqual({ sets: [] });
    const gone = house.ask(house.facilitator, 'DELETE', `${elsewhere}/${kept[0]?.id}`);
    await expect(gone).rejects.toThrow('404 not-found');
    expect((await list()).sets).toEqual(kept);
  });

  test('are as many as there is room for', async () => {
    for (let n = 0; n < MOST_GROUP_SETS; n++) await save(`Lag ${n}`, [[]]);
    await expect(save('Ett till', [[]])).rejects.toThrow('"name":"full"');
    expect((await list()).sets).toHaveLength(MOST_GROUP_SETS);
  });
});
