/** Why this file exists: a meeting's code is drawn, never derived: knowing one says nothing about another. */
import { randomInt } from 'node:crypto';
import { CODE_LENGTH, CODE_LETTERS } from '#shared/guests/code.ts';

/** A fresh code, every one as likely as every other. */
export function newCode(): string {
  let code = '';
  while (code.length < CODE_LENGTH) code += CODE_LETTERS[randomInt(CODE_LETTERS.length)] ?? '';
  return code;
}
