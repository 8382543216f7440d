/**
 * Why this file exists: a hand that goes up and down without end makes the pages of a whole hall ask again and again. Who
 * changes their mind is not stopped; a script is.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { createPace } from '../../server/pace.ts';
import { Refusal } from '../../server/refusal.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';

describe('a pace', () => {
  let now = 1_000_000;
  const refusal = (step: () => void): Refusal | null => {
    try {
      step();
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  };
  const steps = (pace: (personId: string) => void, who: string, n: number): number =>
    Array.from({ length: n }, () => refusal(() => pace(who))).filter((refused) => refused === null).length;

  it('lets somebody take so many steps at once and then one in a while, and says how long that is', () => {
    const pace = createPace({ atOnce: 4, everyMs: 3_000 }, () => now);
    expect(steps(pace, 'asta', 10)).toBe(4);
    expect(refusal(() => pace('asta'))).toMatchObject({ code: 'too-many-attempts', details: { retryAfter: 3 } });
    now += 2_999;
    expect(refusal(() => pace('asta'))).toMatchObject({ details: { retryAfter: 1 } });
    now += 1;
    expect(steps(pace, 'asta', 10)).toBe(1);
    now += 9_000;
    expect(steps(pace, 'asta', 10)).toBe(3);
    now += 3600_000;
    expect(steps(pace, 'asta', 10)).toBe(4);
  });

  it('is each person’s own, and keeps no more people than it must', () => {
    const pace = createPace({ atOnce: 1, everyMs: 1_000 }, () => now);
    expect(steps(pace, 'asta', 2)).toBe(1);
    expect(steps(pace, 'bror', 2)).toBe(1);
    for (let n = 0; n < 10_000; n++) pace(`person ${n}`);
    // Long forgotten: the newest alone are remembered.
    expect(steps(pace, 'asta', 1)).toBe(1);
    expect(steps(pace, 'person 9999', 1)).toBe(0);
  });
});

describe('hands', () => {
  let w: WorkshopHouse;
  let group: string;
  beforeAll(async () => {
    w = await openWorkshopHouse();
    const made = await w.ask(w.facilitator, 'POST', '', { prompts: PROMPTS });
    const groups = made.rounds[0]?.groups ?? [];
    group = groups[0]?.id ?? '';
    const members = w.members.map(({ person }) => person.id);
    await w.ask(w.facilitator, 'PATCH', `/rounds/${made.currentRoundId}`, {
      groups: groups.map(({ id, name }, n) => ({ id, name, members: n === 0 ? members : [] })),
    });
    await w.ask(w.facilitator, 'POST', `/rounds/${made.currentRoundId}/clock`, { do: 'start' });
  });
  afterAll(() => w.house.close());

  it('of one who never stops wait, with the time to wait; another of the group is heard at once', async () => {
    const [asta, bror] = w.members;
    const hand = (n: number, as = asta) =>
      w.house.fetch(`${w.path}/groups/${group}/hand`, { method: 'POST', as, json: { raised: n % 2 === 0 } });
    const answers: Response[] = [];
    for (let n = 0; n < 30; n++) answers.push(await hand(n));
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThanOrEqual(10);
    // Thirty requests do not take a minute.
    expect(taken.length).toBeLessThan(30);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const heard = await hand(0, bror);
    expect(heard.status).toBe(200);
    expect(((await heard.json()) as WorkshopView).hands).toHaveLength(1);
    // Who runs it answers hands as fast as they like.
    expect((await w.ask(w.chair, 'DELETE', `/hands/${group}`)).hands).toEqual([]);
  });
});
