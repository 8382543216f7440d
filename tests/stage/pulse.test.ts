/** Why this file exists: what the wall says of a group at first glance must be true of its text. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import { wallColumns } from '../../client/stage/layout.ts';
import { countWords, moodOf, PACE_MINUTES, Pace } from '../../client/stage/pulse.ts';

const MINUTE = 60_000;

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

describe('words', () => {
  const [first, second, third] = [newId(), newId(), newId()];

  it('are counted under each question, in lists too, and tell which are answered', () => {
    const doc = new Y.Doc();
    const list = new Y.XmlElement('bulletList');
    const entry = new Y.XmlElement('listItem');
    entry.insert(0, [paragraph('Skolans matsal är byns matsal efter kl. 15.00')]);
    list.insert(0, [entry]);
    doc.getXmlFragment(first).insert(0, [list, paragraph('')]);
    doc.getXmlFragment(second).insert(0, [paragraph('Två ord')]);
    expect(countWords(doc, [first, second, third])).toEqual({ words: 10, answers: ['answered', 'begun', 'none'] });
  });

  it('a word that is bold in the middle is one word, and two paragraphs are never joined to one', () => {
    const doc = new Y.Doc();
    const element = paragraph('samverkan');
    doc.getXmlFragment(first).insert(0, [element, paragraph('ja'), paragraph('nej')]);
    (element.get(0) as Y.XmlText).format(0, 3, { bold: true });
    expect(countWords(doc, [first]).words).toBe(3);
  });
});

describe('the pace', () => {
  it('is counted by the minute, and old minutes fall out', () => {
    const pace = new Pace(0);
    expect(pace.last).toBeNull();
    pace.note(10);
    pace.note(20);
    pace.note(MINUTE + 5);
    expect(pace.read(MINUTE + 6).slice(-2)).toEqual([2, 1]);
    expect(pace.last).toBe(MINUTE + 5);
    expect(pace.read((PACE_MINUTES + 5) * MINUTE)).toEqual(new Array(PACE_MINUTES).fill(0));
  });

  it('tells who types, else for how long nobody has', () => {
    expect(moodOf(['Elsa'], 0, 0, 10 * MINUTE)).toEqual({ kind: 'writing', names: ['Elsa'] });
    expect(moodOf([], 5 * MINUTE, 0, 7.5 * MINUTE)).toEqual({ kind: 'quiet', minutes: 2 });
    expect(moodOf([], null, 0, 30_000)).toEqual({ kind: 'still' });
  });
});

describe('the columns of the wall', () => {
  it('let twelve groups be seen at once on a wide screen, and none be too narrow to read', () => {
    expect([1, 2, 3, 4, 6, 8, 9, 12].map((groups) => wallColumns(groups, 1400))).toEqual([1, 2, 3, 2, 3, 4, 3, 4]);
    expect(wallColumns(12, 500)).toBe(2);
    expect(wallColumns(12, 200)).toBe(1);
  });
});
