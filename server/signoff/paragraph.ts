/**
 * Why this file exists: a suggestion that is accepted is an ordinary edit, made forwards in the document people are in:
 * the words that are the same stay untouched, with their authors, their marks and the carets in them. Nothing is done to a
 * paragraph that says something else by now.
 */
import * as Y from 'yjs';
import { wordDiff } from '#shared/proposals/word-diff.ts';
import { MAX_DEPTH } from '#shared/versions/blocks.ts';

const idOf = (node: Y.XmlElement): string => `${node._item?.id.client ?? 0}:${node._item?.id.clock ?? 0}`;
/** As the protocol reads them: line ends and control characters are no words. */
const asWords = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');

/** The paragraph or heading with this id; `null` when there is none. */
export function paragraphIn(parent: Y.XmlFragment, id: string, depth = 0): Y.XmlElement | null {
  if (depth > MAX_DEPTH) return null;
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue;
    if (idOf(child) === id) return child.nodeName === 'paragraph' || child.nodeName === 'heading' ? child : null;
    const found = paragraphIn(child, id, depth + 1);
    if (found) return found;
  }
  return null;
}

/** What a paragraph says, when it holds nothing but words; `null` for one with chips or line breaks in it. */
export function wordsOf(paragraph: Y.XmlElement): string | null {
  let words = '';
  for (const child of paragraph.toArray()) {
    if (!(child instanceof Y.XmlText)) return null;
    for (const { insert } of child.toDelta() as { insert: unknown }[]) {
      if (typeof insert !== 'string') return null;
      words += insert;
    }
  }
  return asWords(words);
}

/** Makes the paragraph say `after` where it says `before`. False, and nothing done, when it says something else. */
export function reword(paragraph: Y.XmlElement, before: string, after: string): boolean {
  if (wordsOf(paragraph) !== before) return false;
  if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()]);
  const texts = paragraph.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText);
  let at = 0;
  for (const { kind, text } of wordDiff(before, asWords(after))) {
    if (kind === 'removed') remove(texts, at, text.length);
    else {
      if (kind === 'added') insert(texts, at, text);
      at += text.length;
    }
  }
  return true;
}

function insert(texts: readonly Y.XmlText[], at: number, words: string): void {
  let left = at;
  for (const [n, text] of texts.entries()) {
    if (left <= text.length || n === texts.length - 1) {
      text.insert(left, words);
      return;
    }
    left -= text.length;
  }
}

function remove(texts: readonly Y.XmlText[], at: number, length: number): void {
  let skip = at;
  let left = length;
  for (const text of texts) {
    if (left === 0) return;
    const here = Math.min(left, Math.max(0, text.length - skip));
    const next = Math.max(0, skip - text.length);
    if (here > 0) text.delete(skip, here);
    left -= here;
    skip = next;
  }
}
