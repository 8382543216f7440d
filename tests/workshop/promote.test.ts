/**
 * Why this file exists: what is put into the summary must be ordinary text of the editor's schema that says what it was
 * made from, and must disturb nothing of what others write there at that moment.
 */
import { getSchema } from '@tiptap/core';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { hardenSchema } from '#shared/editor/attributes.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import { newId } from '#shared/ids.ts';
import { contributionKey } from '#shared/workshop/contribution-keys.ts';
import { coverageOf, sourcedBlocks } from '#shared/workshop/coverage.ts';
import {
  notYetUsed,
  promoteAfter,
  promoteAppendix,
  promoteCluster,
  promoteContributions,
  promptOf,
  takeBack,
} from '#shared/workshop/promote.ts';

const schema = getSchema(notesSchema());
hardenSchema(schema);
const [GROUP, ONE, TWO] = [newId(), newId(), newId()];
const said = ['Bussen fyller fler stolar.', 'Bokbussen stannar vid skolan.', 'En telefon som någon svarar i.'].map(
  (text, n) => ({ key: contributionKey(GROUP, 5, n), text, promptId: ONE }),
);

function summary(): Y.Doc {
  const doc = new Y.Doc();
  const empty = new Y.XmlElement('paragraph');
  empty.insert(0, [new Y.XmlText()]);
  doc.getXmlFragment(ONE).insert(0, [empty]);
  return doc;
}
const shown = (doc: Y.Doc) => {
  const node = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(ONE), schema);
  node.check();
  return node.children.map((block) => `${block.type.name}: ${block.textContent}`);
};

test('a contribution becomes a paragraph, a cluster its name and a list, ahead of the empty line at the end', () => {
  const doc = summary();
  promoteContributions(doc, ONE, [said[0]!]);
  promoteCluster(doc, ONE, 'Resan är service', said.slice(1));
  expect(shown(doc)).toEqual([
    `paragraph: ${said[0]!.text}`,
    'heading: Resan är service',
    `bulletList: ${said[1]!.text}${said[2]!.text}`,
    'paragraph: ',
  ]);
  const blocks = sourcedBlocks(doc, [ONE]);
  expect(blocks.map(({ text, sources }) => [text, ...sources])).toEqual(said.map(({ key, text }) => [text, key]));
  const { used } = coverageOf(said, blocks);
  expect(notYetUsed(said, used)).toEqual({ left: [], already: 3 });
  expect(doc.getXmlFragment(TWO).length).toBe(0);
});

test('what is put in behind a block stands there, ahead of an empty line, and last when the block is gone', () => {
  const doc = summary();
  const fragment = doc.getXmlFragment(ONE);
  promoteContributions(doc, ONE, [said[0]!]);
  const [block, empty] = fragment.toArray();
  promoteAfter(doc, ONE, empty, [said[1]!]);
  const { blocks } = promoteAfter(doc, ONE, block, [said[2]!]);
  expect(shown(doc)).toEqual([
    ...[said[0]!, said[2]!, said[1]!].map(({ text }) => `paragraph: ${text}`),
    'paragraph: ',
  ]);
  expect(sourcedBlocks(doc, [ONE]).map(({ sources }) => sources)).toEqual([
    [said[0]!.key],
    [said[2]!.key],
    [said[1]!.key],
  ]);
  expect(takeBack(doc, ONE, { blocks })).toBe(true);
  promoteAfter(doc, ONE, blocks[0]!.element, [said[2]!]);
  expect(shown(doc).slice(-2)).toEqual([`paragraph: ${said[2]!.text}`, 'paragraph: ']);
});

test('two people put something in while a third writes: all of it is there, and nothing twice', () => {
  const first = summary();
  const docs = [first, new Y.Doc(), new Y.Doc()] as const;
  for (const doc of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
  promoteContributions(docs[0], ONE, [said[0]!]);
  promoteCluster(docs[1], ONE, 'Resan', [said[1]!]);
  ((docs[2].getXmlFragment(ONE).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'Vi skriver här.');
  for (const a of docs) for (const b of docs) Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  const texts = shown(docs[0]);
  for (const doc of docs) expect(shown(doc)).toEqual(texts);
  expect([...texts].sort()).toEqual(
    [
      `paragraph: ${said[0]!.text}`,
      'heading: Resan',
      `bulletList: ${said[1]!.text}`,
      'paragraph: Vi skriver här.',
    ].sort(),
  );
});

test('what was put in is taken out again, but never words that somebody has written in it', () => {
  const doc = summary();
  const before = shown(doc);
  const one = promoteCluster(doc, ONE, 'Resan', said.slice(0, 2));
  expect(takeBack(doc, ONE, one)).toBe(true);
  expect(shown(doc)).toEqual(before);
  const other = promoteContributions(doc, ONE, said.slice(0, 2));
  ((doc.getXmlFragment(ONE).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'Ändrat: ');
  expect(takeBack(doc, ONE, other)).toBe(false);
  expect(shown(doc)).toEqual([`paragraph: Ändrat: ${said[0]!.text}`, 'paragraph: ']);
  expect(takeBack(doc, ONE, other)).toBe(false);
});

test('an appendix has its heading and its parts; without anything in it there is none', () => {
  const doc = summary();
  promoteAppendix(doc, ONE, 'Bidrag i övrigt', [{ heading: 'I dag', contributions: [] }]);
  expect(shown(doc)).toEqual(['paragraph: ']);
  promoteAppendix(doc, ONE, 'Bidrag i övrigt', [
    { heading: 'I dag', contributions: said.slice(0, 2) },
    { heading: 'Vägval', contributions: said.slice(2) },
  ]);
  expect(shown(doc)).toEqual([
    'heading: Bidrag i övrigt',
    'heading: I dag',
    `bulletList: ${said[0]!.text}${said[1]!.text}`,
    'heading: Vägval',
    `bulletList: ${said[2]!.text}`,
    'paragraph: ',
  ]);
  expect(coverageOf(said, sourcedBlocks(doc, [ONE])).unused).toEqual([]);
});

test('a cluster goes under the prompt that most of it answers', () => {
  expect(promptOf([{ promptId: ONE }, { promptId: TWO }, { promptId: TWO }], [ONE, TWO])).toBe(TWO);
  expect(promptOf([{ promptId: TWO }, { promptId: ONE }], [ONE, TWO])).toBe(ONE);
  expect(promptOf([], [ONE, TWO])).toBe(ONE);
  expect(promptOf([], [])).toBeNull();
});
