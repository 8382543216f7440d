/**
 * Why this file exists: the code of a meeting is read from a wall and typed with a thumb. Its letters cannot be mistaken for
 * one another, and how it is typed (case, spaces, hyphens) does not matter.
 */

/** Capital letters and digits without 0, O, 1, I and L. */
export const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const CODE_LENGTH = 6;

const CODE = new RegExp(`^[${CODE_LETTERS}]{${CODE_LENGTH}}$`);

/** What was typed, as a code is kept: capitals, without spaces and hyphens. It need not be a code yet. */
export function cleanCode(typed: string): string {
  return typed.replace(/[\s\p{Pd}_.]+/gu, '').toUpperCase();
}

/** The code that was meant, or `null` for what no code looks like. */
export function readCode(typed: string): string | null {
  const code = cleanCode(typed);
  return CODE.test(code) ? code : null;
}

/** The first character of what was typed that stands in no code, or `null`. */
export function strangeLetter(typed: string): string | null {
  return [...cleanCode(typed)].find((letter) => !CODE_LETTERS.includes(letter)) ?? null;
}

/** A code for the eye: two groups of three. */
export function showCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
