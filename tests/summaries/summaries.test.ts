/** Why this file exists: a summary is made final, opened again, commented on and read, by those who may and nobody else. */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DraftContent } from '#shared/summary/api.ts';
import { type RevisionContent, type SummaryView, summarySchema } from '#shared/summary/api.ts';
import { openSummaryHouse, type SummaryHouse, vectorOf } from './house.ts';

let h: SummaryHouse;
beforeAll(async () => {
  h = await openSummaryHouse({}, { attacked: true });
}, 30_000);
afterAll(() => h.house.close());

const paragraph = (text: string, sources?: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  if (sources !== undefined) element.setAttribute('sources', sources);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
};
const write = (room: string, promptId: string, ...paragraphs: Y.XmlElement[]) =>
  h.house.server.relay.edit(room, h.members[2].person.id, (doc) => {
    doc.getXmlFragment(promptId).push(paragraphs);
  });
const firstPrompt = () => h.workshop.prompts[0]?.id ?? '';
const groups = () => h.workshop.rounds[0]?.groups ?? [];
const revision = (as: SummaryHouse['chair'], n: number): Promise<RevisionContent> =>
  h.ask(as, 'GET', `${h.summary}/revisions/${n}`);
const summaryAs = (as: SummaryHouse['chair']): Promise<SummaryView> => h.ask(as, 'GET', h.summary);

describe('who may', () => {
  it('make it final or open it: the chair alone', async () => {
    await write(h.room, firstPrompt(), paragraph('Vi träffas varje månad.'));
    for (const visitor of [h.facilitator, h.members[0], h.observer])
      await expect(h.finalise(visitor), visitor.person.name).rejects.toMatchObject({ code: 'forbidden' });
    await expect(h.ask(h.stranger, 'POST', `${h.summary}/finalise`, { revision: 0, stateVector: 'AA==' }))
      .rejects // a stranger
      .toMatchObject({ code: 'not-found' });
    expect((await summaryAs(h.chair)).mayFinalise).toBe(true);
    expect((await summaryAs(h.facilitator)).mayFinalise).toBe(false);
    expect((await h.ask(h.chair, 'GET')).summary).toMatchObject({ status: 'open', revision: 0 });
  });

  it('read the text: its writers and the officers, the others when comments are on', async () => {
    const outside = h.members[3];
    expect((await summaryAs(outside)).mayRead).toBe(false);
    await expect(h.ask(outside, 'GET', `${h.summary}/draft`)).rejects.toMatchObject({ code: 'not-found' });
    expect((await h.ask<DraftContent>(h.facilitator, 'GET', `${h.summary}/draft`)).text).toContain('varje månad');
    await h.ask(h.facilitator, 'PATCH', '', { comments: true });
    expect((await h.ask<DraftContent>(outside, 'GET', `${h.summary}/draft`)).text).toContain('varje månad');
    await h.ask(h.facilitator, 'PATCH', '', { comments: false });
  });
});

describe('what was said of it', () => {
  const anchor = () => ({ promptId: firstPrompt(), from: 'AQID', to: 'AQIE', quote: 'varje månad' });

  it('is a thread that those who read may begin and answer', async () => {
    const [scribe, , , reader] = h.members;
    const threads = `${h.summary}/threads`;
    await expect(h.ask(reader, 'POST', threads, { ...anchor(), text: 'Hur ofta?' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await h.ask(h.facilitator, 'PATCH', '', { comments: true });
    const begun = await h.ask<SummaryView>(reader, 'POST', threads, { ...anchor(), text: 'Hur ofta?' });
    expect(summarySchema.parse(begun)).toEqual(begun);
    const [thread] = begun.threads;
    expect(thread).toMatchObject({ quote: 'varje månad', resolved: null, mayResolve: true });
    const id = thread?.id ?? '';
    const answered = await h.ask<SummaryView>(scribe, 'POST', `${threads}/${id}/remarks`, {
      text: 'Den första tisdagen.',
    });
    expect(answered.threads[0]?.remarks.map(({ person, text }) => [person, text])).toEqual([
      ['Doris Ask', 'Hur ofta?'],
      ['Asta Berg', 'Den första tisdagen.'],
    ]);
    const other = h.members[2];
    expect((await summaryAs(other)).threads[0]?.mayResolve).toBe(false);
    await expect(h.ask(other, 'PATCH', `${threads}/${id}`, { resolved: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const resolved = await h.ask<SummaryView>(scribe, 'PATCH', `${threads}/${id}`, { resolved: true });
    expect(resolved.threads[0]?.resolved?.person).toBe('Asta Berg');
    const again = await h.ask<SummaryView>(reader, 'PATCH', `${threads}/${id}`, { resolved: false });
    expect(again.threads[0]?.resolved).toBeNull();
  });

  it('names a prompt of this workshop and a range of bounded size', async () => {
    const threads = `${h.summary}/threads`;
    for (const wrong of [
      { promptId: h.meetingId },
      { from: 'inte base64!' },
      { to: 'A'.repeat(404) },
      { quote: '' },
      { text: ' ' },
      { more: true },
    ])
      await expect(
        h.ask(h.chair, 'POST', threads, { ...anchor(), text: 'Hm', ...wrong }),
        JSON.stringify(wrong),
      ).rejects.toMatchObject({ code: 'bad-request' });
    await expect(h.ask(h.chair, 'PATCH', `${threads}/${h.meetingId}`, { resolved: true })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a final summary', () => {
  it('is refused when there is nothing, or something the chair saw is not saved', async () => {
    const unsaved = new Y.Doc();
    unsaved.getMap('x').set('y', 1);
    await expect(h.finalise(h.chair, { stateVector: vectorOf(unsaved) })).rejects.toMatchObject({
      code: 'conflict',
      fields: { stateVector: 'unsaved' },
    });
    await expect(h.finalise(h.chair, { stateVector: '/////w==' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(h.finalise(h.chair, { revision: 4 })).rejects.toMatchObject({ fields: { revision: 'changed' } });
    // What did not succeed leaves nothing: it can be written in.
    await write(h.room, firstPrompt(), paragraph('Och med en dagordning.'));
  });

  it('keeps what it was made of as that was then, by those who wrote it', async () => {
    const [first, second] = groups();
    const source = `group:${h.meetingId}:${first?.id}`;
    await write(source, firstPrompt(), paragraph('Träffas oftare'));
    const key = await h.house.server.relay.read(source, (doc) => {
      const id = doc.getXmlFragment(firstPrompt()).get(1)._item?.id;
      return `${first?.id}:${id?.client}:${id?.clock}`;
    });
    const foreign = `${h.meetingId}:1:2`;
    await write(h.room, firstPrompt(), paragraph('Oftare än nu.', `${key},${foreign},${second?.id}:9:9,skräp`));
    const view = await h.finalise(h.chair);
    expect(view).toMatchObject({
      final: true,
      mayWrite: false,
      mayComment: false,
      mayFinalise: false,
      mayReopen: true,
    });
    // The group goes on.
    await h.house.server.relay.edit(source, h.members[3].person.id, (doc) => {
      doc.getXmlFragment(firstPrompt()).delete(1, 1);
    });
    const kept = await revision(h.chair, 1);
    expect(kept.revision).toMatchObject({ n: 1, person: 'Olof Ahl', reopened: null });
    expect(kept.text).toBe(
      'Vad fungerar?\n\nVi träffas varje månad.\nOch med en dagordning.\nOftare än nu.\n\nVad saknas?'.replace(
        'fungerar?\n\n',
        'fungerar?\n',
      ),
    );
    expect(kept.sources).toEqual([
      {
        key,
        groupId: first?.id,
        group: 'Grupp 1',
        colour: 0,
        prompt: 'Vad fungerar?',
        text: 'Träffas oftare',
        authors: ['Cilla Ek'],
        mayRead: true,
      },
    ]);
    const hash = createHash('sha256').update(JSON.stringify(kept.document)).digest('hex');
    expect(kept.revision.sha256).toBe(hash);
  });

  it('is for everybody, and tells of a group only what its reader may read', async () => {
    const outside = await revision(h.members[3], 1);
    expect(outside.text).toContain('Oftare än nu.');
    expect(outside.sources).toMatchObject([
      { group: 'Grupp 1', prompt: 'Vad fungerar?', text: '', authors: [], mayRead: false },
    ]);
    expect(JSON.stringify(outside)).not.toContain('Träffas oftare');
    await h.ask(h.facilitator, 'PATCH', '', { opened: true });
    expect((await revision(h.members[3], 1)).sources[0]?.text).toBe('Träffas oftare');
    await h.ask(h.facilitator, 'PATCH', '', { opened: false });
    await expect(revision(h.stranger, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(revision(h.chair, 2)).rejects.toMatchObject({ code: 'not-found' });
    await expect(h.ask(h.chair, 'GET', `${h.summary}/revisions/0`)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes no comments and is made final once', async () => {
    const id = (await summaryAs(h.chair)).threads[0]?.id ?? '';
    await expect(
      h.ask(h.chair, 'POST', `${h.summary}/threads/${id}/remarks`, { text: 'För sent' }),
    ).rejects.toMatchObject({ code: 'not-allowed-now' });
    await expect(h.finalise(h.chair)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is not rewritten, whoever asks the database', () => {
    const raw = new DatabaseSync(h.house.file, { timeout: 5_000 });
    try {
      expect(() => raw.exec("update summary_revision set text = 'Annat'")).toThrow('not rewritten');
      expect(() => raw.exec("update summary_event set reason = ''")).toThrow('not rewritten');
    } finally {
      raw.close();
    }
  });

  it('is opened for a reason, keeps its revision and gets the next number', async () => {
    const reopen = (json: unknown) => h.ask<SummaryView>(h.chair, 'POST', `${h.summary}/reopen`, json);
    await expect(reopen({ revision: 1, reason: '  ' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(
      h.ask(h.facilitator, 'POST', `${h.summary}/reopen`, { revision: 1, reason: 'Jag vill' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const open = await reopen({ revision: 1, reason: 'Fel datum' });
    expect(open.revisions[0]?.reopened).toMatchObject({ person: 'Olof Ahl', reason: 'Fel datum' });
    await expect(reopen({ revision: 1, reason: 'Igen' })).rejects.toMatchObject({ code: 'conflict' });
    const before = await revision(h.chair, 1);
    await write(h.room, firstPrompt(), paragraph('Från och med mars.'));
    const final = await h.finalise(h.chair);
    expect(final.revisions.map(({ n }) => n)).toEqual([1, 2]);
    expect((await revision(h.chair, 2)).text).toContain('Från och med mars.');
    expect(await revision(h.chair, 1)).toEqual(before);
    await expect(h.ask(h.facilitator, 'DELETE')).rejects.toMatchObject({ fields: { workshop: 'written' } });
  });

  it('of two chairs at once one succeeds, the other hears of it', async () => {
    await h.ask(h.chair, 'POST', `${h.summary}/reopen`, { revision: 2, reason: 'Två på en gång' });
    const tries = await Promise.allSettled([h.finalise(h.chair), h.finalise(h.chair), h.finalise(h.chair)]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
    expect((await summaryAs(h.chair)).revisions).toHaveLength(3);
  });
});
