/**
 * Why this file exists: a block of a text as two versions of it can be compared: by what it says and by which block it
 * is. A paragraph that was rewritten says something else and is the same one.
 */
import * as Y from 'yjs';
import { align, type Pair } from './align.ts';

export type BlockNode = Y.XmlElement | Y.XmlText | Y.XmlHook;

/** Deeper than any editor nests; a hostile document must not cost a stack. */
export const MAX_DEPTH = 64;

interface Face {
  says: string;
  /** `client:clock` of the block; the same in every version it stands in. */
  is: string;
}

/** Likeness of two blocks that say the same. */
const SAME = 3;
/** Likeness of one block that says something else now. */
const CHANGED = 2;

/** What a block says, structure and formatting included: equal strings mean equal blocks. */
export function saying(node: unknown, depth = 0): string {
  if (node instanceof Y.XmlText || node instanceof Y.Text) return JSON.stringify(runsOf(node));
  if (!(node instanceof Y.XmlElement) || depth > MAX_DEPTH) return '';
  const attributes = Object.entries(node.getAttributes() as Record<string, unknown>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const inner = node.toArray().map((child) => saying(child, depth + 1));
  return JSON.stringify([node.nodeName, attributes, inner]);
}

type Run = { insert: unknown; attributes?: Record<string, unknown> };

/** Words and their marks. Which keys they were typed with does not show: neighbours with the same marks are one run. */
function runsOf(text: Y.XmlText | Y.Text): Run[] {
  const runs: Run[] = [];
  let marks = '';
  for (const { insert, attributes = {} } of text.toDelta() as Run[]) {
    const sorted = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
    const last = runs.at(-1);
    if (last && sorted === marks && typeof insert === 'string' && typeof last.insert === 'string')
      last.insert += insert;
    else runs.push({ insert, attributes: Object.fromEntries(JSON.parse(sorted) as [string, unknown][]) });
    marks = sorted;
  }
  return runs;
}

function faceOf(node: BlockNode): Face {
  const id = node._item?.id;
  return { says: saying(node), is: id ? `${id.client}:${id.clock}` : '' };
}

/** A pair of blocks that are the same one; `changed` when it says something else. */
export interface BlockPair extends Pair {
  changed: boolean;
}

/** Which blocks of two texts are the same, in order and without crossings. */
export function alignBlocks(before: readonly BlockNode[], after: readonly BlockNode[]): BlockPair[] {
  const left = before.map(faceOf);
  const right = after.map(faceOf);
  const alike = (a: Face, b: Face) => (a.says === b.says ? SAME : a.is !== '' && a.is === b.is ? CHANGED : 0);
  return align(left, right, alike, SAME).map((pair) => ({
    ...pair,
    changed: left[pair.before]?.says !== right[pair.after]?.says,
  }));
}

/** All words under a node, without structure. */
export function wordsOf(node: BlockNode | Y.XmlFragment): string {
  if (node instanceof Y.XmlText)
    return (node.toDelta() as { insert: unknown }[])
      .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
      .join('');
  if (!(node instanceof Y.XmlFragment)) return '';
  return node
    .toArray()
    .map((child) => wordsOf(child))
    .filter((words) => words !== '')
    .join(' ');
}
