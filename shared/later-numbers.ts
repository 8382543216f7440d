/**
 * Why this file exists: once a notice has gone out, people have its numbers on paper. What has a number keeps it and none is
 * given twice; what comes later gets the next one at the end (7.3), or a letter where it stands between two (4a). Items and
 * attachments are numbered after the notice by this one rule.
 */

/** "7." before what is numbered below 7, nothing at the top. */
const headOf = (base: string): string => (base === '' ? '' : `${base}.`);

/** The `n`th number below `base`, from 1. */
export const numberBelow = (base: string, n: number): string => headOf(base) + n;

/** The whole number a number of this base begins with: 4 of "4a", 3 of "7.3" below 7; `null` for one of another base. */
export function wholeBelow(base: string, number: string): number | null {
  const head = headOf(base);
  const match = number.startsWith(head) ? /^(\d{1,9})[a-z]*$/.exec(number.slice(head.length)) : null;
  return match ? Number(match[1]) : null;
}

/** The highest whole number used below `base`, 0 when none is. */
export function highestBelow(base: string, used: Iterable<string>): number {
  let most = 0;
  for (const number of used) most = Math.max(most, wholeBelow(base, number) ?? 0);
  return most;
}

/** a … z, aa … : the letters for the `n`th, from 0. */
function letters(n: number): string {
  const last = String.fromCharCode(97 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}

/**
 * The number of something that comes later than the numbers in `used`, none of which it gets. `previous` is the number of
 * what it stands after when it stands between two, and `null` at the end.
 */
export function numberLater(base: string, previous: string | null, used: ReadonlySet<string>): string {
  const whole = previous === null ? null : wholeBelow(base, previous);
  if (whole === null) return numberBelow(base, highestBelow(base, used) + 1);
  for (let n = 0; ; n++) {
    const number = numberBelow(base, whole) + letters(n);
    if (!used.has(number)) return number;
  }
}
