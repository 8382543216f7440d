/**
 * Why this file exists: the words that were promoted into a summary are reworded, divided and joined by people who never
 * think of what they were made from. What it says afterwards must still be true.
 */
import { getSchema } from '@tiptap/core';
import { joinBackward, splitBlock } from '@tiptap/pm/commands';
import { splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import { type Command, EditorState, Plugin, TextSelection } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import { hardenSchema } from '#shared/editor/attributes.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import { contributionKey } from '#shared/workshop/contribution-keys.ts';
import { keepSources, sourcesAt } from '../../client/editor/sources.ts';

const schema = getSchema(notesSchema());
hardenSchema(schema);
const [A, B] = [1, 2].map((clock) => contributionKey('g0123456789abcdefghj', 9, clock)) as [string, string];
const NAMES = new Map([
  [A, 'a'],
  [B, 'b'],
]);
const p = (text: string, sources: string | null = null) =>
  schema.node('paragraph', { sources }, text === '' ? [] : [schema.text(text)]);
const li = (sources: string | null, text: string) => schema.node('listItem', { sources }, [p(text)]);

function stateOf(...blocks: ReturnType<typeof p>[]): EditorState {
  const plugin = new Plugin({ appendTransaction: (all, _before, state) => keepSources(all, state) });
  return EditorState.create({ doc: schema.node('doc', null, blocks), plugins: [plugin] });
}

/** With the caret before `|`'s place: the first place where these words begin, or end when `end`. */
function caret(state: EditorState, words: string, end = false): EditorState {
  let at = -1;
  state.doc.descendants((node, position) => {
    const found = node.isText ? (node.text ?? '').indexOf(words) : -1;
    if (at < 0 && found >= 0) at = position + found + (end ? words.length : 0);
  });
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)));
}

function run(state: EditorState, command: Command): EditorState {
  let next = state;
  expect(command(state, (transaction) => (next = state.apply(transaction)))).toBe(true);
  return next;
}

/** Each block of words with what it was made from: "Bussen går. [a b]". */
function said(state: EditorState): string[] {
  const lines: string[] = [];
  state.doc.descendants((node, at) => {
    if (!node.isTextblock) return true;
    const names = sourcesAt(state.doc.resolve(at + 1)).map((key) => NAMES.get(key));
    lines.push(`${node.textContent} [${names.join(' ')}]`);
    return false;
  });
  return lines;
}

describe('what was made from something', () => {
  test('says so in both halves when it is divided in the middle', () => {
    expect(said(run(caret(stateOf(p('Bussen går.', A)), 'går'), splitBlock))).toEqual(['Bussen  [a]', 'går. [a]']);
    const list = schema.node('bulletList', null, [li(A, 'Bussen går.')]);
    expect(said(run(caret(stateOf(list), 'går'), splitListItem(schema.nodes.listItem!)))).toEqual([
      'Bussen  [a]',
      'går. [a]',
    ]);
  });

  test('says nothing of the line that is opened behind or ahead of it', () => {
    expect(said(run(caret(stateOf(p('Bussen.', A)), 'Bussen.', true), splitBlock))).toEqual(['Bussen. [a]', ' []']);
    expect(said(run(caret(stateOf(p('Bussen.', A)), 'Bussen'), splitBlock))).toEqual([' []', 'Bussen. [a]']);
  });

  test('says both when two are joined, also when only the second was made from something', () => {
    expect(said(run(caret(stateOf(p('Ett.', A), p('Två.', B)), 'Två'), joinBackward))).toEqual(['Ett.Två. [a b]']);
    expect(said(run(caret(stateOf(p('Ett.'), p('Två.', B)), 'Två'), joinBackward))).toEqual(['Ett.Två. [b]']);
  });

  test('says so still when it is reworded from end to end, or made an entry of a list', () => {
    const state = stateOf(p('Bussen går.', A), p('Annat.'));
    const reworded = state.apply(state.tr.insertText('Nytt.', 1, 1 + 'Bussen går.'.length));
    expect(said(reworded)).toEqual(['Nytt. [a]', 'Annat. []']);
    expect(said(run(caret(state, 'Bussen'), wrapInList(schema.nodes.bulletList!)))).toEqual([
      'Bussen går. [a]',
      'Annat. []',
    ]);
  });

  test('does not cling to others when all its words are gone', () => {
    const state = stateOf(p('Ett två.', A), p('Tre.', B), p('Fyra.'));
    const gone = state.apply(state.tr.delete(5, state.doc.content.size - 'Fyra.'.length - 1));
    expect(said(gone)).toEqual(['Ett Fyra. [a]']);
  });

  test('does not lend itself to what is put in between', () => {
    const state = stateOf(p('Bussen går.', A));
    const slice = schema.node('doc', null, [p('x'), p('Inklistrat.'), p('y')]).slice(1, 18);
    const next = state.apply(state.tr.replace(8, 8, slice));
    expect(said(next)).toEqual(['Bussen x [a]', 'Inklistrat. []', 'ygår. [a]']);
  });
});
