/**
 * Why this file exists: going back to an older text and comparing two texts are the same question: which of the blocks
 * are still the same ones? The answer decides what stays untouched when a version is restored, carets in it included.
 */

/** How much two entries are the same: 0 not at all, else the more the better. */
export type Likeness<T> = (before: T, after: T) => number;

export interface Pair {
  before: number;
  after: number;
}

/** Above this many comparisons the middle is taken as wholly different: some hundred milliseconds of work. */
const MOST_CELLS = 4_000_000;

/**
 * The pairs of entries that are the same in both lists, in order and without crossings, so that together they are as
 * alike as can be. `alike` must be cheap.
 */
export function align<T>(before: readonly T[], after: readonly T[], alike: Likeness<T>, best: number): Pair[] {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  // Most of a text is the same: equal beginnings and ends need no table.
  while (start < shorter && alike(before[start] as T, after[start] as T) === best) start++;
  let end = 0;
  while (
    end < shorter - start &&
    alike(before[before.length - 1 - end] as T, after[after.length - 1 - end] as T) === best
  )
    end++;
  const pairs: Pair[] = [];
  for (let i = 0; i < start; i++) pairs.push({ before: i, after: i });
  pairs.push(...middle(before.slice(start, before.length - end), after.slice(start, after.length - end), alike, start));
  for (let i = end; i > 0; i--) pairs.push({ before: before.length - i, after: after.length - i });
  return pairs;
}

/** The heaviest common subsequence by the usual table. */
function middle<T>(before: readonly T[], after: readonly T[], alike: Likeness<T>, offset: number): Pair[] {
  const [rows, columns] = [before.length, after.length];
  if (rows === 0 || columns === 0 || rows * columns > MOST_CELLS) return [];
  const width = columns + 1;
  const weight = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number): number => weight[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--) {
      const likeness = alike(before[i] as T, after[j] as T);
      weight[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), likeness > 0 ? likeness + at(i + 1, j + 1) : 0);
    }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const likeness = alike(before[i] as T, after[j] as T);
    if (likeness > 0 && at(i, j) === likeness + at(i + 1, j + 1))
      pairs.push({ before: offset + i++, after: offset + j++ });
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}
