/**
 * Why this file exists: words must be readable and copyable whatever state a room is in: without an editor, without a
 * schema, and when only a part of the document is one's own. Walks the items of a Y.Doc in document order.
 */
import * as Y from 'yjs';
import type { IdRange } from './ranges.ts';

/** Any shared type, as a document's roots are typed. */
type SharedType = Y.Doc['share'] extends Map<string, infer T> ? T : never;

/** Decides which part of an item's letters is taken: offsets within it, end exclusive. */
type Choose = (item: Y.Item) => [from: number, to: number][];

/** All words of a document, a line per block. */
export function plainText(doc: Y.Doc): string {
  return collect(doc, (item) => [[0, item.length]]);
}

/** The words whose ids lie in `ranges` and which are not deleted, in document order, a line per block. */
export function insertedText(doc: Y.Doc, ranges: readonly IdRange[]): string {
  return collect(doc, (item) => {
    const parts: [number, number][] = [];
    for (const range of ranges) {
      if (range.client !== item.id.client) continue;
      const from = Math.max(0, range.from - item.id.clock);
      const to = Math.min(item.length, range.to - item.id.clock);
      if (from < to) parts.push([from, to]);
    }
    return parts.sort((a, b) => a[0] - b[0]);
  });
}

function collect(doc: Y.Doc, choose: Choose): string {
  const lines: string[] = [];
  for (const type of doc.share.values()) walk(type, choose, lines, 0);
  return lines.join('\n').trim();
}

/** Deeper than any editor makes; another client's document is untrusted input. */
const MAX_DEPTH = 64;

function walk(type: SharedType, choose: Choose, lines: string[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  let line = '';
  const flush = () => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  for (let item: Y.Item | null = type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentString) line += letters(item, content, choose);
    else if (content instanceof Y.ContentType) {
      const inline = inlineWords(item, content.type, choose);
      if (inline !== null) line += inline;
      else {
        flush();
        walk(content.type, choose, lines, depth + 1);
      }
    }
  }
  flush();
  // Nested types only: keys of order, ids and attributes are not what somebody wrote.
  for (const item of type._map.values())
    if (!item.deleted && item.content instanceof Y.ContentType) walk(item.content.type, choose, lines, depth + 1);
}

function letters(item: Y.Item, content: Y.ContentString, choose: Choose): string {
  let text = '';
  for (const [from, to] of choose(item)) text += content.str.slice(from, to);
  return text;
}

/** Words that stand in the line of their block; `null` for a block of its own. */
function inlineWords(item: Y.Item, type: SharedType, choose: Choose): string | null {
  if (type instanceof Y.XmlText) {
    let text = '';
    for (let part: Y.Item | null = type._start; part !== null; part = part.right)
      if (!part.deleted && part.content instanceof Y.ContentString) text += letters(part, part.content, choose);
    return text;
  }
  if (!(type instanceof Y.XmlElement)) return null;
  if (type.nodeName === 'hardBreak') return choose(item).length > 0 ? '\n' : '';
  if (type.nodeName === 'mention') {
    const label: unknown = type.getAttribute('label');
    return choose(item).length > 0 && typeof label === 'string' ? `@${label}` : '';
  }
  return null;
}
