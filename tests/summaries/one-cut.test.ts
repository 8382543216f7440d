/**
 * Why this file exists: F43: people type while the chair makes the summary final, two hundred times at moments drawn by lot.
 * There is one cut: what anybody was told is saved is in the revision, what comes after it is nowhere, and the hash of
 * what was kept is the hash of what is kept. `RUNS=1000` plays so many, `SEED=123` one run again.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RevisionContent, SummaryView } from '#shared/summary/api.ts';
import { readSections, sectionsText } from '#shared/summary/document.ts';
import { random, seeds } from '../support/random.ts';
import { openSummaryHouse, type SummaryHouse, vectorOf, type Writer } from './house.ts';

const RUNS = Number(process.env.RUNS ?? 200);
/** More than anything here takes; a turn is one round of the event loop. */
const MOST_TURNS = 1_000_000;
const used = seeds(RUNS);

let h: SummaryHouse;
let writers: Writer[];
beforeAll(async () => {
  // Late edits are what this is about, and they are refused.
  h = await openSummaryHouse({}, { attacked: true });
  writers = [h.chair, h.members[0], h.members[1], h.members[0]].map((visitor) => h.typist(visitor));
  await move(() => writers.every((writer) => writer.synced));
  writers[0]?.type('r0w9n0');
  await move(() => writers[0]?.saved.size === 1);
}, 30_000);
afterAll(async () => {
  for (const writer of writers) writer.leave();
  await h.house.close();
});

/** Lets everything move until `done`, and people hear what they are told. */
async function move(done: () => boolean): Promise<void> {
  for (let turn = 0; !done(); turn++) {
    if (turn > MOST_TURNS) throw new Error('nothing comes of it');
    await new Promise((resolve) => setImmediate(resolve));
    h.network.pump();
    for (const writer of writers) writer.listen();
  }
}
const turns = async (n: number): Promise<void> => {
  let left = n;
  await move(() => left-- <= 0);
};

const words = (text: string): string[] => text.match(/r\d+w\d+n\d+/g) ?? [];

const wordsOf = ({ doc }: Writer): string[] =>
  words(JSON.stringify(doc.getXmlFragment(h.workshop.prompts[0]!.id).toJSON()));

describe(`F43 typing while a summary becomes final (seeds ${used.join(' ')})`, () => {
  it('has one cut, keeps all that was called saved and lets nothing late in', async () => {
    let late = 0;
    let cutShort = 0;
    for (const [run, seed] of used.entries()) {
      const lots = random(seed);
      const [chair] = writers;
      let typing = true;
      let typed = 0;
      const timetable = (async () => {
        while (typing) {
          const which = lots.int(0, writers.length - 1);
          writers[which]?.type(`r${run}w${which}n${typed++}`);
          await turns(lots.int(0, 3));
        }
      })();
      await turns(lots.int(0, 40));
      // The chair's own words are saved before they ask, as their page sees to.
      const vector = vectorOf(chair!.doc);
      const mine = wordsOf(chair!).filter((word) => word.startsWith(`r${run}w0n`));
      await move(() => mine.every((word) => chair!.saved.has(word)));

      const answer = await h.finalise(h.chair, { revision: run, stateVector: vector });
      expect(answer.revisions.at(-1)?.n, `seed ${seed}`).toBe(run + 1);
      const room = await roomText();
      await turns(lots.int(0, 20));
      typing = false;
      await timetable;
      await turns(20);

      const kept = await revision(run + 1);
      const inside = new Set(words(kept.text));
      // Whenever it was that somebody heard "saved": it is in there.
      for (const writer of writers)
        for (const word of writer.saved) expect(inside.has(word), `seed ${seed}: ${word} was saved`).toBe(true);
      // One cut: the room said just this when the chair was answered, and says it still.
      expect(room).toBe(kept.text);
      expect(await roomText()).toBe(kept.text);
      expect(createHash('sha256').update(JSON.stringify(kept.document)).digest('hex')).toBe(kept.revision.sha256);
      expect(kept.revision.sha256).toBe(answer.revisions.at(-1)?.sha256);
      // Who typed past the cut was told so, and still has the words.
      for (const writer of writers) {
        const outside = wordsOf(writer).filter((word) => !inside.has(word));
        if (outside.length > 0) {
          late += outside.length;
          cutShort += 1;
          expect(writer.told.slice(-2), `seed ${seed}`).toContain('read refused');
        }
        expect(writer.told).toContain('read final');
      }

      // Again: late words are given up by their authors' pages, so the next run begins with fresh copies.
      await h.ask<SummaryView>(h.chair, 'POST', `${h.summary}/reopen`, { revision: run + 1, reason: 'Nästa omgång' });
      for (const writer of writers) writer.leave();
      writers = [h.chair, h.members[0], h.members[1], h.members[0]].map((visitor) => h.typist(visitor));
      await move(() => writers.every((writer) => writer.synced));
      expect(await roomText()).toBe(kept.text);
      if (run % 5 === 4) await clear();
    }
    // Otherwise nothing has been tried.
    expect(late).toBeGreaterThan(used.length);
    expect(cutShort).toBeGreaterThan(used.length / 2);
    const all = (await h.ask<SummaryView>(h.chair, 'GET', h.summary)).revisions;
    expect(all).toHaveLength(used.length);
  }, 600_000);
});

/** Takes the words of the last runs away, so that the two hundredth is as quick as the first. */
const clear = (): Promise<void> =>
  h.house.server.relay.edit(h.room, h.chair.person.id, (doc) => {
    const paragraph = doc.getXmlFragment(h.workshop.prompts[0]!.id).get(0);
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    if (!(text instanceof Y.XmlText)) return;
    text.delete(0, text.length);
    // A summary that says nothing cannot be final.
    text.insert(0, 'Vi började om. ');
  });

const roomText = (): Promise<string> =>
  h.house.server.relay.read(h.room, (doc: Y.Doc) => sectionsText(readSections(doc, h.workshop.prompts)));

const revision = (n: number): Promise<RevisionContent> => h.ask(h.chair, 'GET', `${h.summary}/revisions/${n}`);
