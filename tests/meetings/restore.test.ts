/**
 * Why this file exists: a restored text must be exactly the older one, whatever lies between, and what is the same in
 * both must not have been touched: that is where other people's carets are.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem, patchItem, readItem, readItems, titleText } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { align } from '#shared/versions/align.ts';
import { saying } from '#shared/versions/blocks.ts';
import { restoreAgenda } from '../../server/meetings/restore-agenda.ts';
import { restoreNotes } from '../../server/meetings/restore-notes.ts';

const notesOf = (doc: Y.Doc) => doc.getXmlFragment(NOTES_FRAGMENT);
const sayings = (doc: Y.Doc) =>
  notesOf(doc)
    .toArray()
    .map((block) => saying(block));

function paragraph(text: string, name = 'paragraph'): Y.XmlElement {
  const block = new Y.XmlElement(name);
  if (text !== '') block.insert(0, [new Y.XmlText(text)]);
  return block;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function textIn(doc: Y.Doc, block: number): Y.XmlText {
  const text = (notesOf(doc).get(block) as Y.XmlElement).get(0);
  if (!(text instanceof Y.XmlText)) throw new Error('no text there');
  return text;
}

/** A document, and the same document after `change`. */
function changed(paragraphs: string[], change: (doc: Y.Doc) => void): { then: Y.Doc; now: Y.Doc } {
  const doc = new Y.Doc();
  notesOf(doc).insert(
    0,
    paragraphs.map((text) => paragraph(text)),
  );
  const then = copyOf(doc);
  change(doc);
  return { then, now: doc };
}

function restore(now: Y.Doc, then: Y.Doc): Uint8Array[] {
  const updates: Uint8Array[] = [];
  now.on('update', (update: Uint8Array) => updates.push(update));
  now.transact(() => restoreNotes(now, then));
  return updates;
}

describe('the likest pairs', () => {
  const alike = (a: string, b: string) => (a === b ? 3 : a.toLowerCase() === b.toLowerCase() ? 2 : 0);

  it('are in order, do not cross, and prefer what is wholly the same', () => {
    const pairs = (before: string, after: string) =>
      align([...before], [...after], alike, 3).map((pair) => `${pair.before}${pair.after}`);
    expect(pairs('abc', 'abc')).toEqual(['00', '11', '22']);
    expect(pairs('abcd', 'ad')).toEqual(['00', '31']);
    expect(pairs('ad', 'abcd')).toEqual(['00', '13']);
    expect(pairs('aA', 'A')).toEqual(['10']);
    expect(pairs('xaby', 'zAbw')).toEqual(['11', '22']);
    expect(pairs('', 'abc')).toEqual([]);
  });

  it('give up on what would take too long, but never on equal beginnings and ends', () => {
    const many = (prefix: string) => Array.from({ length: 3_000 }, (_, n) => `${prefix}${n}`);
    const pairs = align(['a', ...many('x'), 'z'], ['a', ...many('y'), 'z'], alike, 3);
    expect(pairs).toEqual([
      { before: 0, after: 0 },
      { before: 3_001, after: 3_001 },
    ]);
  });
});

describe('notes that are restored', () => {
  it('say what they said, and paragraphs that are the same have not been touched', () => {
    const { then, now } = changed(['Ett', 'Två', 'Tre', 'Fyra'], (doc) => {
      notesOf(doc).delete(1, 1);
      notesOf(doc).insert(3, [paragraph('Fem')]);
    });
    const stay = [0, 1, 2].map((n) => textIn(now, n));
    const caret = Y.createRelativePositionFromTypeIndex(textIn(now, 1), 2);
    restore(now, then);
    expect(sayings(now)).toEqual(sayings(then));
    expect([0, 2, 3].map((n) => textIn(now, n))).toEqual(stay);
    const found = Y.createAbsolutePositionFromRelativePosition(caret, now);
    expect(found?.type).toBe(stay[1]);
    expect(found?.index).toBe(2);
  });

  it('get a rewritten paragraph back in place: its equal beginning and end stay, whole letters come back', () => {
    const { then, now } = changed(['Vi är överens 👍🏽 om detta.'], (doc) => {
      const text = textIn(doc, 0);
      text.delete(7, text.length - 7);
      text.insert(7, 'inte alls 👎🏽 om detta.', { bold: true });
    });
    const text = textIn(now, 0);
    const before = Y.createRelativePositionFromTypeIndex(text, 3);
    restore(now, then);
    expect(sayings(now)).toEqual(sayings(then));
    expect(textIn(now, 0)).toBe(text);
    expect(Y.createAbsolutePositionFromRelativePosition(before, now)?.index).toBe(3);
  });

  it('get attributes and nested blocks back', () => {
    const doc = new Y.Doc();
    const list = new Y.XmlElement('taskList');
    const [one, two] = [paragraph('Ring kommunen', 'taskItem'), paragraph('Boka salen', 'taskItem')];
    one.setAttribute('checked', false as unknown as string);
    list.insert(0, [one, two]);
    notesOf(doc).insert(0, [paragraph('Uppgifter', 'heading'), list]);
    const then = copyOf(doc);
    one.setAttribute('checked', true as unknown as string);
    one.setAttribute('extra', 'x');
    list.delete(1, 1);
    restore(doc, then);
    expect(sayings(doc)).toEqual(sayings(then));
    expect((notesOf(doc).get(1) as Y.XmlElement).get(0)).toBe(one);
  });

  it('that say it already are not edited', () => {
    const { then, now } = changed(['Ett', 'Två'], (doc) => {
      textIn(doc, 0).insert(3, ' till');
      textIn(doc, 0).delete(3, 5);
    });
    expect(restore(now, then)).toEqual([]);
  });

  it('are the older ones after any edits, formatting included', () => {
    const word = fc.constantFrom('bifalla', 'återremittera', 'å', '👩‍👩‍👧', ' ', 'x y');
    const step = fc.record({
      act: fc.constantFrom('add', 'drop', 'type', 'erase', 'bold', 'retype'),
      at: fc.nat(1_000),
      more: fc.nat(9),
      word,
    });
    const apply = (
      doc: Y.Doc,
      { act, at, more, word: words }: { act: string; at: number; more: number; word: string },
    ) => {
      const notes = notesOf(doc);
      if (act === 'add' || notes.length === 0) {
        notes.insert(at % (notes.length + 1), [paragraph(words)]);
        return;
      }
      const place = at % notes.length;
      const text = textIn(doc, place);
      if (act === 'drop') notes.delete(place, 1);
      if (act === 'retype') {
        notes.delete(place, 1);
        notes.insert(place, [paragraph(words)]);
      }
      if (act === 'type') text.insert(at % (text.length + 1), words, more > 5 ? { italic: true } : {});
      if (act === 'erase' && text.length > 0)
        text.delete(at % text.length, Math.min(more, text.length - (at % text.length)));
      if (act === 'bold' && text.length > 0)
        text.format(at % text.length, Math.min(more, text.length - (at % text.length)), { bold: true });
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 12 }), (first, second) => {
        const doc = new Y.Doc();
        for (const one of first) apply(doc, one);
        const then = copyOf(doc);
        for (const one of second) apply(doc, one);
        restore(doc, then);
        expect(sayings(doc)).toEqual(sayings(then));
      }),
      { numRuns: 300 },
    );
  });
});

describe('an agenda that is restored', () => {
  const agenda = () => {
    const doc = new Y.Doc();
    const ids = [newId(), newId()];
    addItem(doc, {
      id: ids[0] ?? '',
      title: 'Budget',
      kind: 'decision',
      minutes: 20,
      presenters: [{ text: 'Eva Lind' }],
    });
    addItem(doc, { id: ids[1] ?? '', title: 'Övrigt', kind: 'otherBusiness' });
    return { doc, ids: ids as [string, string] };
  };

  it('has its titles, order, nesting, minutes and presenters again; what came later is put away, not lost', () => {
    const { doc, ids } = agenda();
    const then = copyOf(doc);
    const later = newId();
    titleText(doc, ids[0])?.insert(6, ' och plan');
    patchItem(doc, ids[0], { minutes: 5, parent: ids[1], order: 'b0', archived: true });
    addItem(doc, { id: later, title: 'Nytt förslag', kind: 'dialogue' });
    const presenters = doc.getMap<Y.Map<unknown>>('items').get(ids[0])?.get('presenters') as Y.Map<unknown>;
    for (const key of [...presenters.keys()]) presenters.delete(key);
    const title = titleText(doc, ids[0]);
    doc.transact(() => restoreAgenda(doc, then));
    const rest = readItems(doc).filter((item) => item.id !== later);
    expect(rest).toEqual(readItems(then));
    expect(readItem(doc, later)).toMatchObject({ title: 'Nytt förslag', archived: true });
    expect(titleText(doc, ids[0])).toBe(title);
  });

  it('that is the same already is not edited, and an entry somebody took out by force comes back', () => {
    const { doc, ids } = agenda();
    const then = copyOf(doc);
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.transact(() => restoreAgenda(doc, then));
    expect(updates).toEqual([]);
    doc.getMap('items').delete(ids[0]);
    doc.transact(() => restoreAgenda(doc, then));
    expect(readItem(doc, ids[0])).toEqual(readItem(then, ids[0]));
  });
});
