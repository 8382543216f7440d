/**
 * Why this file exists: a change that a workshop cannot take is said in one way, by the pure functions that make the
 * changes; the server makes a refusal of it.
 */

/** Which part of the change is wrong, and how. */
export const PROBLEMS = [
  /** There is no prompt, round or group of this id in the workshop. */
  'missing',
  /** Something has been written in what should go. */
  'written',
  /** Somebody would be in two groups of the same round. */
  'twice',
  /** Is not one who takes part in groups. */
  'not-participant',
  /** A workshop keeps at least one round, one prompt. */
  'last',
  /** Too many. */
  'many',
  /** Another round goes on. */
  'running',
  /** The clock does not stand so that this can be done. */
  'clock',
  /** The group has all the members it takes. */
  'full',
  /** It has changed since. */
  'changed',
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** Why a workshop stays as it is. */
export class WorkshopProblem extends Error {
  override readonly name = 'WorkshopProblem';
  readonly field: string;
  readonly code: ProblemCode;

  constructor(field: string, code: ProblemCode) {
    super(`${field}: ${code}`);
    this.field = field;
    this.code = code;
  }
}
