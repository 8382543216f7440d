/**
 * Why this file exists: two people may fill in the same form. What one types stays until it is saved, and when somebody
 * else has changed that very value meanwhile, one is told before it is replaced.
 */
import { useState } from 'react';

export interface Draft<T> {
  /** What the field shows. */
  value: T;
  /** Whether something has been typed that is not saved. */
  dirty: boolean;
  /** What somebody else has put there since one began to type; `undefined` when nobody has. */
  theirs: T | undefined;
  set(value: T): void;
  /** Shows what is saved again. */
  drop(): void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `saved` is what the server last said; it is plain JSON. */
export function useDraft<T>(saved: T): Draft<T> {
  const [draft, setDraft] = useState<{ value: T; began: T } | null>(null);
  const overtaken = draft !== null && !same(draft.began, saved) && !same(draft.value, saved);
  return {
    value: draft ? draft.value : saved,
    dirty: draft !== null && !same(draft.value, saved),
    theirs: overtaken ? saved : undefined,
    set: (value) => setDraft((before) => ({ value, began: before?.began ?? saved })),
    drop: () => setDraft(null),
  };
}
