/**
 * Why this file exists: what a block of a shared summary was made from is an attribute that any client may write. Only
 * keys get in, a bounded number of them; documents from before the attribute are what they were.
 */
import { getSchema } from '@tiptap/core';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { hardenSchema } from '#shared/editor/attributes.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import { newId } from '#shared/ids.ts';
import {
  cleanSources,
  contributionKey,
  MAX_SOURCES,
  parseKey,
  readSources,
} from '#shared/workshop/contribution-keys.ts';
import { random } from '../support/random.ts';

const schema = getSchema(notesSchema());
hardenSchema(schema);
const group = newId();
const key = (clock: number) => contributionKey(group, 4_000_000_001, clock);

describe('keys of contributions', () => {
  test('each names its group and its element, and has one spelling', () => {
    expect(parseKey(key(17))).toEqual({ groupId: group, client: 4_000_000_001, clock: 17 });
    for (const wrong of [
      '',
      group,
      `${group}:1`,
      `${group}:1:2:3`,
      `${group}:01:2`,
      `${group}:1:-2`,
      `${group}:1:2.5`,
      `${group}: 1:2`,
      `${group}:1:9007199254740993`,
      `${group.slice(1)}:1:2`,
      `__proto__:1:2`,
      'x'.repeat(1_000),
      null,
      17,
      [key(1)],
    ])
      expect(parseKey(wrong), String(wrong)).toBeNull();
  });

  test('an attribute of any value becomes at most fifty keys, each once, and stays so', () => {
    const many = Array.from({ length: 80 }, (_, n) => key(n));
    expect(readSources(cleanSources(many.join(',')))).toEqual(many.slice(0, MAX_SOURCES));
    expect(cleanSources(`${key(1)},${key(1)},rubbish,,${key(2)}`)).toBe(`${key(1)},${key(2)}`);
    for (const nothing of ['', 'rubbish', ',,,', null, 3, {}, [key(1)]]) expect(cleanSources(nothing)).toBeNull();
    for (let seed = 1; seed <= 200; seed++) {
      const r = random(seed);
      const parts = Array.from({ length: r.int(0, 120) }, () => r.pick([key(r.int(0, 60)), 'x', '', `${group}:1`]));
      const clean = cleanSources(parts.join(','));
      expect(cleanSources(clean), `seed ${seed}`).toBe(clean);
      expect(new Set(readSources(clean)).size).toBe(readSources(clean).length);
    }
    expect(cleanSources('x,'.repeat(2_000_000))).toBeNull();
  });
});

test('the binding writes it as an attribute of the element, and reads only keys back', () => {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment('p');
  const said = schema.node('doc', null, [
    schema.node('paragraph', { sources: key(1) }, [schema.text('Bussen.')]),
    schema.node('bulletList', null, [
      schema.node('listItem', { sources: `${key(2)},${key(3)}` }, [
        schema.node('paragraph', null, [schema.text('En.')]),
      ]),
    ]),
  ]);
  prosemirrorToYXmlFragment(said, fragment);
  expect((fragment.get(0) as Y.XmlElement).getAttribute('sources')).toBe(key(1));
  expect(yXmlFragmentToProseMirrorRootNode(fragment, schema).toJSON()).toEqual(said.toJSON());
  (fragment.get(0) as Y.XmlElement).setAttribute('sources', '<img src=x onerror=alert(1)>');
  expect(yXmlFragmentToProseMirrorRootNode(fragment, schema).child(0).attrs.sources).toBeNull();
});

test('a document from before the attribute is read and written as it was', () => {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment('notes');
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('Som förr.')]);
  fragment.insert(0, [paragraph]);
  const node = yXmlFragmentToProseMirrorRootNode(fragment, schema);
  expect(node.child(0).attrs).toEqual({ origin: null, sources: null });
  const again = new Y.Doc().getXmlFragment('notes');
  prosemirrorToYXmlFragment(node, again);
  expect((again.get(0) as Y.XmlElement).getAttributes()).toEqual({});
});
