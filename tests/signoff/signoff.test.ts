/** Why this file exists: a protocol is approved as it is and not otherwise, by those who sign it, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MinutesView } from '#shared/minutes/api.ts';
import type { SignOffInput } from '#shared/signoff/api.ts';
import { HEAD } from '#shared/signoff/parts.ts';
import { OPENING, openSignHouse, type SignHouse } from './house.ts';

let h: SignHouse;
beforeAll(async () => {
  h = await openSignHouse();
  await h.phase('ongoing');
}, 60_000);
afterAll(() => h.house.close());

const partOf = async (id: string) => {
  const part = (await h.view()).parts.find((one) => one.id === id);
  if (!part) throw new Error('no such part');
  return part;
};
const blockOf = async (itemId: string, n = 0): Promise<{ id: string; text: string }> => {
  const { document } = await h.ask<MinutesView>(h.secretary, 'GET', `${h.minutes}?style=discussion`);
  const block = document.items.find(({ id }) => id === itemId)?.blocks[n];
  if (block?.kind !== 'paragraph') throw new Error('no such paragraph');
  return { id: block.id, text: block.inlines.map((one) => ('text' in one ? one.text : '')).join('') };
};

describe('approving', () => {
  it('is asked of the chair and the verifiers, for every item and for what belongs to none', async () => {
    const { parts, signers, may } = await h.view(h.verifiers[0]);
    expect(parts[0]?.id).toBe(HEAD);
    expect(parts.map(({ id }) => id)).toEqual(expect.arrayContaining([...h.items]));
    expect(signers.map(({ name, role }) => [name, role])).toEqual([
      ['Olof Ahl', 'chair'],
      ['Vera Norr', 'verifier'],
      ['Jonas Ek', 'verifier'],
    ]);
    expect(may).toMatchObject({ sign: true, answer: false, seal: false });
  });

  it('counts for what was seen: another text makes it outdated, the same text again does not', async () => {
    const [first] = h.items;
    const { hash } = await partOf(first);
    await h.step(h.chair, { do: 'approve', parts: [{ id: first, hash }] });
    expect((await partOf(first)).approvals).toMatchObject([{ personId: h.chair.person.id, current: true }]);
    await h.write(first, 'En rad till.');
    const changed = await partOf(first);
    expect(changed.approvals).toMatchObject([{ personId: h.chair.person.id, current: false }]);
    expect(changed.approved).toBe(false);
    await expect(h.step(h.chair, { do: 'approve', parts: [{ id: first, hash }] })).rejects.toThrow('409');
    await h.step(h.chair, { do: 'approve', parts: [{ id: first, hash: changed.hash }] });
    expect((await partOf(first)).approvals).toMatchObject([{ current: true }]);
    await h.step(h.chair, { do: 'withdraw', part: first });
    expect((await partOf(first)).approvals).toEqual([]);
  });

  it('is of the capacity, too, in which somebody signs; it stands by the name', async () => {
    const { hash } = await partOf(HEAD);
    await h.step(h.chair, { do: 'approve', parts: [{ id: HEAD, hash }] });
    const patch = `/api/meetings/${h.meetingId}/participants/${h.verifiers[1].person.id}`;
    await h.ask(h.secretary, 'PATCH', patch, { capacity: 'På uppdrag av nämnden' });
    expect((await partOf(HEAD)).approvals).toMatchObject([{ current: false }]);
    const text = await (await h.house.fetch(`${h.minutes}/files/md`, { as: h.member })).text();
    expect(text).toMatch(/Jonas Ek.*På uppdrag av nämnden/);
    await h.ask(h.secretary, 'PATCH', patch, { capacity: '' });
    expect((await partOf(HEAD)).approvals).toMatchObject([{ current: true }]);
    await h.step(h.chair, { do: 'withdraw', part: HEAD });
  });

  it('is nobody else’s', async () => {
    const { hash } = await partOf(HEAD);
    const input: SignOffInput = { do: 'approve', parts: [{ id: HEAD, hash }] };
    for (const one of [h.secretary, h.facilitator, h.member, h.observer])
      await expect(h.step(one, input)).rejects.toThrow('403');
    await expect(h.step(h.stranger, input)).rejects.toThrow('404');
    expect((await partOf(HEAD)).approvals).toEqual([]);
  });
});

describe('a suggestion', () => {
  it('that is accepted is an edit of those words alone, by the one who accepts it', async () => {
    const [first] = h.items;
    const { id, text } = await blockOf(first);
    expect(text).toBe(OPENING);
    const after = OPENING.replace('välkomna', 'hjärtligt välkomna');
    await h.step(h.verifiers[0], { do: 'suggest', part: first, block: id, before: text, after, reason: 'Så var det.' });
    const { suggestions } = await h.view();
    expect(suggestions).toMatchObject([{ person: 'Vera Norr', state: 'open', after }]);
    const suggestionId = suggestions[0]?.id ?? '';
    await expect(h.step(h.verifiers[0], { do: 'accept', suggestionId })).rejects.toThrow('403');
    await h.step(h.secretary, { do: 'accept', suggestionId });
    expect((await blockOf(first)).text).toBe(after);
    expect((await blockOf(first)).id).toBe(id);
    expect((await h.view()).suggestions[0]).toMatchObject({ state: 'accepted', closedBy: 'Sara Lo' });
    const spans = await h.house.server.relay.authorship(`item:${h.meetingId}:${first}`);
    expect(new Set(spans.map(({ personId }) => personId))).toEqual(new Set([h.secretary.person.id]));
    await expect(h.step(h.secretary, { do: 'accept', suggestionId })).rejects.toThrow('409');
  });

  it('never swaps a text that was written on meanwhile', async () => {
    const [, second] = h.items;
    const { id, text } = await blockOf(second);
    const suggest = { do: 'suggest', part: second, block: id, reason: '' } as const;
    await h.step(h.chair, { ...suggest, before: text, after: 'Läget är mycket gott.' });
    await h.house.server.relay.edit(`item:${h.meetingId}:${second}`, h.secretary.person.id, (doc) => {
      const paragraph = doc.getXmlFragment('notes').get(0) as unknown as {
        get(n: number): { insert(n: number, t: string): void };
      };
      paragraph.get(0).insert(0, 'I stort: ');
    });
    const open = (await h.view()).suggestions.find(({ state }) => state === 'open');
    await expect(h.step(h.secretary, { do: 'accept', suggestionId: open?.id ?? '' })).rejects.toThrow('409');
    expect((await blockOf(second)).text).toBe('I stort: Läget är gott.');
    await expect(h.step(h.chair, { ...suggest, before: text, after: 'Nej' })).rejects.toThrow('409');
    await h.step(h.secretary, { do: 'answer', suggestionId: open?.id ?? '', text: 'Det står så nu.' });
    expect((await h.view()).suggestions.at(-1)).toMatchObject({ state: 'answered', answer: 'Det står så nu.' });
  });

  it('may be words alone, and is taken back only by the one who made it', async () => {
    await h.step(h.verifiers[1], { do: 'suggest', part: HEAD, reason: 'Rut var med på förmiddagen.' });
    const id = (await h.view()).suggestions.at(-1)?.id ?? '';
    await expect(h.step(h.chair, { do: 'retract', suggestionId: id })).rejects.toThrow('403');
    await h.step(h.verifiers[1], { do: 'retract', suggestionId: id });
    await expect(h.step(h.verifiers[1], { do: 'suggest', part: HEAD })).rejects.toThrow('400');
  });
});

describe('immediate sign-off', () => {
  it('is of one item while the meeting goes on; when all have approved it, it is locked', async () => {
    const [first] = h.items;
    await expect(h.step(h.chair, { do: 'now', itemId: 'x'.repeat(20), on: true })).rejects.toThrow('404');
    await h.step(h.secretary, { do: 'now', itemId: first, on: true });
    const { hash } = await partOf(first);
    for (const one of [h.chair, ...h.verifiers]) await h.step(one, { do: 'approve', parts: [{ id: first, hash }] });
    const part = await partOf(first);
    expect(part).toMatchObject({ now: true, approved: true });
    expect(part.approvals.every(({ immediate }) => immediate)).toBe(true);
    const { items } = await h.ask<{ items: { itemId: string; locked: { reason: string } | null }[] }>(
      h.chair,
      'GET',
      `/api/meetings/${h.meetingId}`,
    );
    expect(items.filter(({ locked }) => locked)).toMatchObject([
      { itemId: first, locked: { reason: 'Omedelbart justerad' } },
    ]);
    expect((await h.view()).log.map(({ kind }) => kind)).toContain('in-force');
  });

  it('takes no accepted suggestion any more', async () => {
    const [first] = h.items;
    const { id, text } = await blockOf(first);
    await h.step(h.chair, { do: 'suggest', part: first, block: id, before: text, after: 'Nytt', reason: '' });
    const open = (await h.view()).suggestions.find(({ state }) => state === 'open');
    await expect(h.step(h.secretary, { do: 'accept', suggestionId: open?.id ?? '' })).rejects.toThrow('409');
    expect((await blockOf(first)).text).toBe(text);
    await h.step(h.chair, { do: 'retract', suggestionId: open?.id ?? '' });
  });
});

it('shows in the draft who has signed all of it, as long as they have', async () => {
  await h.approveAll(h.chair);
  const signedBy = async (): Promise<string[]> => {
    const { document } = await h.ask<MinutesView>(h.secretary, 'GET', h.minutes);
    return document.signatures.filter(({ signedAt }) => signedAt !== null).map(({ name }) => name);
  };
  expect(await signedBy()).toEqual(['Olof Ahl']);
  await h.write(h.items[1], 'Sist.');
  expect(await signedBy()).toEqual([]);
});
