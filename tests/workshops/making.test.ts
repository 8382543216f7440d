/** Why this file exists: a workshop is made, looked at, changed and taken away, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import { workshopSchema } from '#shared/workshop/api.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';

let w: WorkshopHouse;
beforeAll(async () => {
  w = await openWorkshopHouse();
});
afterAll(() => w.house.close());

const shapeOfRoom = (room: string, prompts: { id: string }[]) =>
  w.house.server.relay.read(room, (doc) => prompts.map(({ id }) => doc.getXmlFragment(id).toString()));

describe('a workshop', () => {
  it('is made by an officer from a dialogue, once', async () => {
    expect(await w.ask(w.facilitator, 'GET')).toBeNull();
    const unknown = `/api/meetings/${w.meetingId}/items/${newId()}/workshop`;
    await expect(w.ask(w.facilitator, 'GET', unknown)).rejects.toMatchObject({ status: 404 });
    await expect(w.ask(w.stranger, 'GET')).rejects.toMatchObject({ status: 404 });
    const path = `/api/meetings/${w.meetingId}/items/${w.otherItemId}/workshop`;
    await expect(w.ask(w.facilitator, 'POST', path, { prompts: PROMPTS })).rejects.toMatchObject({
      code: 'conflict',
      fields: { itemId: 'kind' },
    });
    const nowhere = `/api/meetings/${w.meetingId}/items/${newId()}/workshop`;
    await expect(w.ask(w.facilitator, 'POST', nowhere, { prompts: PROMPTS })).rejects.toMatchObject({ status: 404 });
    await expect(w.ask(w.members[0], 'POST', '', { prompts: PROMPTS })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(w.ask(w.stranger, 'POST', '', { prompts: PROMPTS })).rejects.toMatchObject({ code: 'not-found' });

    const made = await w.ask(w.facilitator, 'POST', '', { prompts: PROMPTS, groups: 13 });
    expect(workshopSchema.parse(made)).toEqual(made);
    expect(made.rounds[0]?.groups.map(({ name, colour, state }) => [name, colour, state])).toEqual(
      Array.from({ length: 13 }, (_, i) => [`Grupp ${i + 1}`, i % 12, 'planned']),
    );
    expect(made.summary.scribes.toSorted()).toEqual([w.facilitator.person.id, w.chair.person.id].toSorted());
    expect(made.currentRoundId).toBe(made.rounds[0]?.id);
    for (const { id } of made.rounds[0]?.groups ?? [])
      expect(await shapeOfRoom(`group:${w.meetingId}:${id}`, made.prompts)).toEqual([
        '<paragraph></paragraph>',
        '<paragraph></paragraph>',
      ]);
    expect(await shapeOfRoom(`summary:${w.meetingId}:${w.itemId}`, made.prompts)).toEqual([
      '<paragraph></paragraph>',
      '<paragraph></paragraph>',
    ]);
    await expect(w.ask(w.facilitator, 'POST', '', { prompts: PROMPTS })).rejects.toMatchObject({
      fields: { itemId: 'exists' },
    });
  });

  it('is seen by everybody in the meeting and nobody else', async () => {
    for (const visitor of [w.chair, w.members[0], w.observer])
      expect((await w.ask(visitor, 'GET')).prompts).toHaveLength(2);
    await expect(w.ask(w.stranger, 'GET')).rejects.toMatchObject({ status: 404 });
  });

  it('keeps to itself whom the facilitator keeps apart', async () => {
    const [asta, bror] = w.members;
    await w.ask(w.facilitator, 'PATCH', '', { apart: [[asta.person.id, bror.person.id]] });
    expect((await w.ask(w.chair, 'GET')).apart).toHaveLength(1);
    expect((await w.ask(asta, 'GET')).apart).toEqual([]);
    await expect(
      w.ask(w.facilitator, 'PATCH', '', { together: [[asta.person.id, w.stranger.person.id]] }),
    ).rejects.toMatchObject({ fields: { together: 'not-participant' } });
  });

  it('takes new prompts, in whose place every group can write, and keeps those that are written under', async () => {
    const before = await w.ask(w.chair, 'GET');
    const [first, second] = before.prompts;
    const after = await w.ask(w.facilitator, 'PATCH', '', {
      prompts: [{ ...second, heading: 'Vad saknar vi?' }, first, { heading: 'Vem gör vad?' }],
    });
    expect(after.prompts.map(({ heading }) => heading)).toEqual(['Vad saknar vi?', 'Vad fungerar?', 'Vem gör vad?']);
    expect(after.prompts[0]?.id).toBe(second?.id);
    const room = `group:${w.meetingId}:${after.rounds[0]?.groups[0]?.id}`;
    expect(await shapeOfRoom(room, after.prompts)).toEqual(Array(3).fill('<paragraph></paragraph>'));
    await w.house.server.relay.edit(room, w.facilitator.person.id, (doc) => {
      const paragraph = doc.getXmlFragment(after.prompts[2]?.id).get(0);
      if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText('Vi frågar Bror')]);
    });
    await expect(w.ask(w.facilitator, 'PATCH', '', { prompts: after.prompts.slice(0, 2) })).rejects.toMatchObject({
      fields: { prompts: 'written' },
    });
    expect((await w.ask(w.facilitator, 'PATCH', '', { prompts: after.prompts.slice(1) })).prompts).toHaveLength(2);
    await expect(
      w.ask(w.facilitator, 'PATCH', '', { prompts: [{ id: newId(), heading: 'Främmande' }] }),
    ).rejects.toMatchObject({ fields: { prompts: 'missing' } });
    await expect(w.ask(w.facilitator, 'DELETE')).rejects.toMatchObject({ fields: { workshop: 'written' } });
  });
});
