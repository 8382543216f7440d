/**
 * Why this file exists: a field tells only what it holds after a key, but the shared text needs to know what was done.
 * Pure functions between the two: which letters were typed or taken away, and where a caret is after others typed.
 */

/** Replace `remove` code units at `index` by `insert`. */
export interface Edit {
  index: number;
  remove: number;
  insert: string;
}

/** What Yjs tells of a change to a text. */
export type Delta = readonly { retain?: number | undefined; insert?: unknown; delete?: number | undefined }[];

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Whether a cut at `index` would halve a letter that takes two code units, an emoji for instance. */
function halves(text: string, index: number): boolean {
  return index > 0 && index < text.length && isHigh(text.charCodeAt(index - 1)) && isLow(text.charCodeAt(index));
}

/**
 * The smallest edit from `before` to `after`; `null` when they are equal. What stands behind the caret was there before,
 * which settles what is otherwise ambiguous ("aa" typed in "aaa"). Never cuts a letter in half.
 */
export function editBetween(before: string, after: string, caret: number): Edit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  const mostTail = Math.min(shorter, Math.max(0, after.length - caret));
  while (tail < mostTail && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail))
    tail += 1;
  let head = 0;
  while (head < shorter - tail && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  if (halves(before, head) || halves(after, head)) head -= 1;
  if (halves(before, before.length - tail) || halves(after, after.length - tail)) tail -= 1;
  return { index: head, remove: before.length - head - tail, insert: after.slice(head, after.length - tail) };
}

/** Where a position is after a change by somebody else. What is inserted exactly there comes behind it. */
export function moved(position: number, delta: Delta): number {
  let at = 0;
  let result = position;
  for (const part of delta) {
    if (at >= result) break;
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) result -= Math.min(part.delete, result - at);
    else {
      const length = typeof part.insert === 'string' ? part.insert.length : 1;
      at += length;
      result += length;
    }
  }
  return result;
}

/** Where each of `positions`, of single letters, is after a change; letters that were taken away are left out. */
export function survivors(positions: readonly number[], delta: Delta): number[] {
  return positions.flatMap((position) => {
    let old = 0;
    let now = 0;
    for (const part of delta) {
      if (part.insert !== undefined) {
        now += typeof part.insert === 'string' ? part.insert.length : 1;
        continue;
      }
      const length = part.retain ?? part.delete ?? 0;
      if (position < old + length) return part.delete === undefined ? [now + position - old] : [];
      old += length;
      if (part.delete === undefined) now += length;
    }
    return [now + position - old];
  });
}
