/** Why this file exists: days are checked when the form is sent, not while they are typed; then each fault goes as it is put right. */
import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { Sitting } from '#shared/api.ts';
import { type DayFault, dayFaults } from './days.ts';

export interface CheckedDays {
  /** Empty until the form has been sent once. */
  faults: ReadonlyMap<string, DayFault>;
  /** Whether the form may go; if not, focus is on the first field to put right. */
  pass(form: HTMLFormElement): boolean;
}

const NONE: ReadonlyMap<string, DayFault> = new Map();

export function useCheckedDays(sittings: readonly Sitting[]): CheckedDays {
  const [tried, setTried] = useState(false);
  return {
    faults: tried ? dayFaults(sittings) : NONE,
    pass(form) {
      if (dayFaults(sittings).size === 0) return true;
      // The fields must be marked before one of them can be found.
      flushSync(() => setTried(true));
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return false;
    },
  };
}
