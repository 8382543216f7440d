/**
 * Why this file exists: what stands at the top of a notice, checked beyond its form: days and zones that exist.
 */
import type { z } from 'zod';
import type { Sitting, sittingInput } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { Refusal } from '../refusal.ts';

/** Gives new sittings an id. Refuses the same id twice and a day that ends before it begins. */
export function checkedSittings(inputs: readonly z.output<typeof sittingInput>[]): Sitting[] {
  const sittings = inputs.map((input) => ({ ...input, id: input.id ?? newId() }));
  const seen = new Set<string>();
  for (const [index, sitting] of sittings.entries()) {
    if (seen.has(sitting.id))
      throw new Refusal('bad-request', 'Two sittings have the same id.', {
        fields: { [`sittings.${index}.id`]: 'taken' },
      });
    seen.add(sitting.id);
    // HH:MM compares as text.
    if (sitting.end <= sitting.start)
      throw new Refusal('bad-request', 'A sitting must end after it begins.', {
        fields: { [`sittings.${index}.end`]: 'too_small' },
      });
  }
  return sittings;
}

/** Refuses what is not the IANA name of a time zone this machine knows. */
export function requireTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('sv', { timeZone });
  } catch {
    throw new Refusal('bad-request', 'There is no such time zone.', { fields: { timeZone: 'invalid' } });
  }
}
