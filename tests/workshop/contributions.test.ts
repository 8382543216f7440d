/**
 * Why this file exists: what people write in a group is read as contributions while they write it. A contribution must
 * keep its key through typing, and what a summary was made of must be told from the summary alone.
 */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import { contributionsOf, MAX_CONTRIBUTION_TEXT } from '#shared/workshop/contributions.ts';
import { coverageOf, sourcedBlocks } from '#shared/workshop/coverage.ts';
import { random, seeds } from '../support/random.ts';

const [GROUP, ONE, TWO] = [newId(), newId(), newId()];

type Child = Y.XmlElement | Y.XmlText;
function el(name: string, attributes: Record<string, string> = {}, ...children: (Child | string)[]): Y.XmlElement {
  const node = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.insert(
    0,
    children.map((child) => (typeof child === 'string' ? new Y.XmlText(child) : child)),
  );
  return node;
}
const p = (...children: (Child | string)[]) => el('paragraph', {}, ...children);
const texts = (doc: Y.Doc) => contributionsOf(doc, GROUP, [ONE, TWO]).map(({ kind, text }) => `${kind}: ${text}`);

test('paragraphs, headings, quotes, entries and rows are contributions; the empty ones and headings of columns are not', () => {
  const doc = new Y.Doc();
  doc
    .getXmlFragment(ONE)
    .insert(0, [
      el('heading', {}, 'I dag'),
      p('Bussen ', el('mention', { label: 'Torbjörn' }), ' beställde.'),
      p('  \u00a0 '),
      p(),
      el('blockquote', {}, p('Vem äger frågan'), p('när båda har rätt?')),
      el(
        'bulletList',
        {},
        el('listItem', {}, p('Fibern'), el('bulletList', {}, el('listItem', {}, p('i nio byar av tio')))),
        el('listItem', {}, p()),
      ),
      el('taskList', {}, el('taskItem', {}, p('Ring hallen'))),
    ]);
  doc
    .getXmlFragment(TWO)
    .insert(0, [
      el(
        'table',
        {},
        el('tableRow', {}, el('tableHeader', {}, p('Ort')), el('tableHeader', {}, p('Dag'))),
        el('tableRow', {}, el('tableCell', {}, p('Ekby')), el('tableCell', {}, p('tisdag'), p('kväll'))),
      ),
    ]);
  doc.getXmlFragment(newId()).insert(0, [p('i en fråga som inte finns')]);
  expect(texts(doc)).toEqual([
    'heading: I dag',
    'paragraph: Bussen @Torbjörn beställde.',
    'quote: Vem äger frågan när båda har rätt?',
    'entry: Fibern',
    'entry: i nio byar av tio',
    'task: Ring hallen',
    'row: Ekby · tisdag kväll',
  ]);
  expect(new Set(contributionsOf(doc, GROUP, [ONE, TWO]).map(({ key }) => key)).size).toBe(7);
});

test('several write at once: keys stay, everybody reads the same, and letters are counted once', () => {
  for (const seed of seeds(30)) {
    const r = random(seed);
    const first = new Y.Doc();
    first.getXmlFragment(ONE).insert(
      0,
      Array.from({ length: 5 }, (_, n) => p(`stycke ${n}`)),
    );
    const docs = [first, new Y.Doc(), new Y.Doc()];
    for (const doc of docs.slice(1)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
    const before = contributionsOf(first, GROUP, [ONE]).map(({ key }) => key);
    for (let n = 0; n < 60; n++) {
      const fragment = r.pick(docs).getXmlFragment(ONE);
      const block = fragment.get(r.int(0, fragment.length - 1)) as Y.XmlElement;
      const text = block.get(0) as Y.XmlText;
      if (r.next() < 0.2) fragment.insert(r.int(0, fragment.length), [p(`nytt ${n}`)]);
      else if (r.next() < 0.3 && text.length > 4) text.delete(1, 2);
      else text.insert(r.int(0, text.length), r.pick(['å', 'ord ', ' ']));
    }
    for (const a of docs) for (const b of docs) Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
    const read = contributionsOf(first, GROUP, [ONE]);
    for (const doc of docs) expect(contributionsOf(doc, GROUP, [ONE]), `seed ${seed}`).toEqual(read);
    const keys = new Set(read.map(({ key }) => key));
    for (const key of before) expect(keys.has(key), `seed ${seed}`).toBe(true);
    for (const { text, letters } of read)
      expect(
        letters.reduce((sum, { from, to }) => sum + to - from, 0),
        `seed ${seed}`,
      ).toBeGreaterThanOrEqual(text.length);
  }
});

test('a hostile document costs neither a stack nor a page', () => {
  const doc = new Y.Doc();
  let deep = el('listItem', {}, p('botten'));
  for (let n = 0; n < 200; n++) deep = el('listItem', {}, el('bulletList', {}, deep));
  doc.getXmlFragment(ONE).insert(0, [el('bulletList', {}, deep), el('marquee', {}, 'x'), p('😀'.repeat(4_000))]);
  const read = contributionsOf(doc, GROUP, [ONE]);
  expect(read.map(({ kind }) => kind)).toEqual(['paragraph']);
  expect(read[0]!.text.length).toBeLessThanOrEqual(MAX_CONTRIBUTION_TEXT);
  expect(read[0]!.text).toMatch(/^(😀)+…$/u);
});

describe('coverage', () => {
  const group = new Y.Doc();
  group.getXmlFragment(ONE).insert(
    0,
    ['ett', 'två', 'tre', 'fyra', 'fem'].map((word) => p(word)),
  );
  const contributions = contributionsOf(group, GROUP, [ONE]);
  const [one, two, three, four] = contributions.map(({ key }) => key) as [string, string, string, string];

  test('follows what the blocks say, wherever in them it is said; blocks without words use nothing', () => {
    const summary = new Y.Doc();
    summary
      .getXmlFragment(ONE)
      .insert(0, [
        el('paragraph', { sources: one }, 'Först.'),
        el(
          'bulletList',
          { sources: two },
          el('listItem', { sources: three }, p('Sedan.')),
          el('listItem', {}, el('paragraph', { sources: one }, 'Och åter.')),
        ),
        el('paragraph', { sources: four }),
        el('paragraph', { sources: `${GROUP}:9:9,rubbish` }, 'Ur något borttaget.'),
        p('Utan källa.'),
      ]);
    const blocks = sourcedBlocks(summary, [ONE]);
    expect(blocks.map(({ text, sources }) => [text, ...sources])).toEqual([
      ['Först.', one],
      ['Sedan.', two, three],
      ['Och åter.', two, one],
      ['Ur något borttaget.', `${GROUP}:9:9`],
    ]);
    const { used, unused, gone } = coverageOf(contributions, blocks);
    expect([...used.keys()].sort()).toEqual([one, two, three].sort());
    expect(used.get(one)!.map(({ text }) => text)).toEqual(['Först.', 'Och åter.']);
    expect(unused.map(({ text }) => text)).toEqual(['fyra', 'fem']);
    expect([...gone]).toEqual([`${GROUP}:9:9`]);
  });

  test('each contribution is either used or not, whatever is written', () => {
    for (const seed of seeds(50)) {
      const r = random(seed);
      const summary = new Y.Doc();
      const pool = [...contributions.map(({ key }) => key), `${GROUP}:9:9`, 'rubbish'];
      const some = () => Array.from({ length: r.int(0, 3) }, () => r.pick(pool)).join(',');
      const blocks = Array.from({ length: r.int(0, 6) }, () =>
        r.next() < 0.5
          ? el('paragraph', { sources: some() }, r.pick(['', 'ord']))
          : el('bulletList', {}, el('listItem', { sources: some() }, p(r.pick(['', 'ord'])))),
      );
      summary.getXmlFragment(ONE).insert(0, blocks);
      const { used, unused } = coverageOf(contributions, sourcedBlocks(summary, [ONE]));
      expect([...used.keys(), ...unused.map(({ key }) => key)].sort(), `seed ${seed}`).toEqual(
        contributions.map(({ key }) => key).sort(),
      );
    }
  });
});
