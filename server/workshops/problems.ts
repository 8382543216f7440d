/** Why this file exists: what a workshop cannot take is a refusal like every other to those who asked. */
import { WorkshopProblem } from '#shared/workshop/problem.ts';
import { notFound, Refusal } from '../refusal.ts';

/** Runs a pure change; its problems become refusals with the field that is wrong. */
export function attempt<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof WorkshopProblem)) throw error;
    // An address that names nothing is told as one.
    if (error.code === 'missing' && (error.field === 'roundId' || error.field === 'groupId')) throw notFound();
    throw new Refusal('conflict', 'The workshop cannot be changed so.', { fields: { [error.field]: error.code } });
  }
}
