/**
 * Why this file exists: a way that is to be short is walked as a person walks it, and what it costs is counted: every press
 * and every field on the way, and the time.
 */
import type { Locator } from 'playwright-core';

export interface Journey {
  /** Presses of a button, a link, a row: one each. */
  press(target: Locator): Promise<void>;
  /** Words put into a field. A field that is filled twice counts once. */
  fill(target: Locator, words: string): Promise<void>;
  /** A choice in a field that needs no words: the field counts, the press does not. */
  choose(field: string, target: Locator): Promise<void>;
  presses(): number;
  fields(): number;
  /** Milliseconds since the journey began. */
  took(): number;
}

/** Begins now. With `touch` it is walked by thumb. */
export function beginJourney({ touch = false }: { touch?: boolean } = {}): Journey {
  const began = performance.now();
  const fields = new Set<string>();
  let presses = 0;
  const hit = (target: Locator) => (touch ? target.tap() : target.click());
  return {
    async press(target) {
      await hit(target);
      presses += 1;
    },
    async fill(target, words) {
      await target.fill(words);
      fields.add(String(target));
    },
    async choose(field, target) {
      await hit(target);
      fields.add(field);
    },
    presses: () => presses,
    fields: () => fields.size,
    took: () => performance.now() - began,
  };
}
