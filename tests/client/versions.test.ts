/** Why this file exists: what somebody is shown when they compare a version with now: every change, and nothing else. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem, patchItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type Change, compare, countChanges, folded } from '../../client/versions/comparison.ts';
import { linesOfAgenda, linesOfNotes } from '../../client/versions/lines.ts';

function block(name: string, ...inside: (Y.XmlElement | string)[]): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(
    0,
    inside.map((one) => (typeof one === 'string' ? new Y.XmlText(one) : one)),
  );
  return element;
}

function notesWith(...blocks: Y.XmlElement[]): { doc: Y.Doc; then: Y.Doc } {
  const doc = new Y.Doc();
  doc.getXmlFragment(NOTES_FRAGMENT).insert(0, blocks);
  const then = new Y.Doc();
  Y.applyUpdate(then, Y.encodeStateAsUpdate(doc));
  return { doc, then };
}
const lines = (doc: Y.Doc) => linesOfNotes(doc.getXmlFragment(NOTES_FRAGMENT));
const shown = (changes: Change[]) =>
  changes.map((change) => {
    if (change.kind === 'rewritten')
      return change.words
        .map(({ text, change: how }) => (how === 'same' ? text : how === 'gone' ? `[-${text}-]` : `{+${text}+}`))
        .join('');
    return `${{ same: ' ', gone: '-', new: '+' }[change.kind]}${change.line.text}`;
  });

describe('lines', () => {
  it('are paragraphs, points of lists, rows of tables, at any depth', () => {
    const task = block('taskItem', block('paragraph', 'Boka salen'), block('paragraph', 'senast fredag'));
    task.setAttribute('checked', true as unknown as string);
    const { doc } = notesWith(
      block('heading', 'Beslut'),
      block(
        'bulletList',
        block(
          'listItem',
          block('paragraph', 'Ett'),
          block('bulletList', block('listItem', block('paragraph', 'Under ett'))),
        ),
      ),
      block('taskList', task),
      block(
        'table',
        block('tableRow', block('tableCell', block('paragraph', 'Vem')), block('tableCell', block('paragraph', 'När'))),
      ),
      block('blockquote', block('paragraph', 'Så sade hon.')),
    );
    expect(lines(doc).map(({ look, depth, text }) => [look, depth, text])).toEqual([
      ['heading', 0, 'Beslut'],
      ['point', 0, '– Ett'],
      ['point', 1, '– Under ett'],
      ['point', 0, '☑ Boka salen'],
      ['point', 0, '\u2003senast fredag'],
      ['row', 0, 'Vem | När'],
      ['text', 1, 'Så sade hon.'],
    ]);
  });

  it('of an agenda say title, minutes and presenters, and no numbers', () => {
    const doc = new Y.Doc();
    const [a, b] = [newId(), newId()];
    addItem(doc, { id: a, title: 'Budget', kind: 'decision', minutes: 20, presenters: [{ text: 'Eva Lind' }] });
    addItem(doc, { id: b, title: '', kind: 'dialogue', parent: a });
    const words = { untitled: 'Utan rubrik', minutes: (n: number) => `${n} min`, person: () => '' };
    expect(linesOfAgenda(doc, [], words).map(({ text, depth }) => [depth, text])).toEqual([
      [0, 'Budget · 20 min · Eva Lind'],
      [1, 'Utan rubrik'],
    ]);
    const then = new Y.Doc();
    Y.applyUpdate(then, Y.encodeStateAsUpdate(doc));
    patchItem(doc, a, { minutes: 25 });
    expect(shown(compare(linesOfAgenda(then, [], words), linesOfAgenda(doc, [], words)))).toEqual([
      'Budget · [-20-]{+25+} min · Eva Lind',
      ' Utan rubrik',
    ]);
  });
});

describe('a comparison', () => {
  it('shows what is gone before what came, and words inside a line that was rewritten', () => {
    const { doc, then } = notesWith(
      block('paragraph', 'Ett'),
      block('paragraph', 'Rådet föreslår bifall.'),
      block('paragraph', 'Tre'),
    );
    const notes = doc.getXmlFragment(NOTES_FRAGMENT);
    const text = (notes.get(1) as Y.XmlElement).get(0) as Y.XmlText;
    text.delete(6, 8);
    text.insert(6, 'förordar');
    notes.delete(0, 1);
    notes.insert(0, [block('paragraph', 'Inledning')]);
    expect(shown(compare(lines(then), lines(doc)))).toEqual([
      '-Ett',
      '+Inledning',
      'Rådet [-föreslår-]{+förordar+} bifall.',
      ' Tre',
    ]);
  });

  it('sees a ticked box and another form, which change no word', () => {
    const { doc, then } = notesWith(
      block('taskList', block('taskItem', block('paragraph', 'Ring'))),
      block('paragraph', 'Viktigt'),
    );
    const notes = doc.getXmlFragment(NOTES_FRAGMENT);
    ((notes.get(0) as Y.XmlElement).get(0) as Y.XmlElement).setAttribute('checked', true as unknown as string);
    ((notes.get(1) as Y.XmlElement).get(0) as Y.XmlText).format(0, 7, { bold: true });
    const changes = compare(lines(then), lines(doc));
    expect(shown(changes)).toEqual(['[-☐-]{+☑+} Ring', 'Viktigt']);
    expect(countChanges(changes)).toBe(2);
  });

  it('folds what is the same when it is long', () => {
    const same = Array.from({ length: 12 }, (_, n) => block('paragraph', `Stycke ${n}`));
    const { doc, then } = notesWith(...same);
    doc.getXmlFragment(NOTES_FRAGMENT).insert(12, [block('paragraph', 'Nytt')]);
    const stretches = folded(compare(lines(then), lines(doc)));
    expect(stretches.map(({ kind, changes }) => [kind, changes.length])).toEqual([
      ['skipped', 10],
      ['changes', 3],
    ]);
    expect(folded(compare(lines(then), lines(then))).map(({ kind }) => kind)).toEqual(['skipped']);
    expect(folded(compare(lines(doc).slice(0, 3), lines(doc).slice(0, 3))).map(({ kind }) => kind)).toEqual([
      'changes',
    ]);
  });
});
