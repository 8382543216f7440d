/** Why this file exists: a refused text is worth nothing if the words are not the author's, in order and whole. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { insertedBy, notCovered } from '../../client/collab/ranges.ts';
import { insertedText, plainText } from '../../client/collab/text.ts';

function paragraph(doc: Y.Doc, text: string): Y.XmlText {
  const block = new Y.XmlElement('paragraph');
  const words = new Y.XmlText(text);
  block.insert(0, [words]);
  const notes = doc.getXmlFragment('notes');
  notes.insert(notes.length, [block]);
  return words;
}

describe('words of a document', () => {
  test('a line per block, mentions and line breaks in their line', () => {
    const doc = new Y.Doc();
    paragraph(doc, 'Första raden');
    const block = new Y.XmlElement('paragraph');
    const mention = new Y.XmlElement('mention');
    mention.setAttribute('label', 'Maj Lindgren');
    block.insert(0, [new Y.XmlText('Fråga '), mention, new Y.XmlText(' om bron'), new Y.XmlElement('hardBreak')]);
    doc.getXmlFragment('notes').insert(1, [block]);
    expect(plainText(doc)).toBe('Första raden\nFråga @Maj Lindgren om bron');
  });

  test('titles in an agenda are words, keys and orders are not', () => {
    const doc = new Y.Doc();
    const item = new Y.Map<unknown>();
    item.set('title', new Y.Text('Öppnande'));
    item.set('order', 'a0');
    doc.getMap('items').set('x', item);
    expect(plainText(doc)).toBe('Öppnande');
  });

  test('only what the updates inserted, also from a document that arrived as bytes', () => {
    const server = new Y.Doc();
    paragraph(server, 'Det som redan stod');
    const mine = new Y.Doc();
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(server));
    const updates: Uint8Array[] = [];
    mine.on('update', (update: Uint8Array) => updates.push(update));
    const words = mine.getXmlFragment('notes').get(0);
    ((words as Y.XmlElement).get(0) as Y.XmlText).insert(3, ' alltid');
    paragraph(mine, 'En ny rad');
    const ranges = updates.flatMap((update) => insertedBy(update).ranges);
    expect(insertedText(mine, ranges)).toBe('alltid\nEn ny rad');
    const known = Y.decodeStateVector(Y.encodeStateVector(server));
    expect(insertedText(mine, notCovered(ranges, known))).toBe('alltid\nEn ny rad');
    const all = Y.decodeStateVector(Y.encodeStateVector(mine));
    expect(notCovered(ranges, all)).toEqual([]);
  });

  test('characters are counted as letters, not as bytes or structures', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    paragraph(doc, 'åäö');
    expect(insertedBy(updates[0]!).characters).toBe(3);
  });
});
