/** Why this file exists: of a long list a wall shows the part that matters now. */

/**
 * The rows `from` to `to` (exclusive) of `length`, at most `most`, with row `at` a third from the top; the first ones when
 * there is no such row (`at` is -1).
 */
export function windowAround(length: number, at: number, most: number): { from: number; to: number } {
  if (length <= most) return { from: 0, to: length };
  const from = Math.max(0, Math.min(length - most, at - Math.floor(most / 3)));
  return { from, to: from + most };
}
