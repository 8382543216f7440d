/**
 * Why this file exists: deciding a right takes time, and rights change meanwhile. Of several decisions under way only the
 * one asked for last counts, and whoever asked for an earlier one waits for it too.
 */
import type { AccessDecision } from '#shared/policy.ts';

/** `failed` when it could not be decided: not knowing is not allowing. */
export type Verdict = AccessDecision | 'missing' | 'failed';

export class Right {
  readonly #ask: () => Promise<Verdict>;
  readonly #decided: (verdict: Verdict) => void;
  #generation = 0;
  #deciding: Promise<void> | null = null;

  /** `ask` must not reject; `decided` is called with the newest verdict only. */
  constructor(ask: () => Promise<Verdict>, decided: (verdict: Verdict) => void) {
    this.#ask = ask;
    this.#decided = decided;
  }

  /** The right is being decided: nothing may be done under the old one. */
  get inQuestion(): boolean {
    return this.#deciding !== null;
  }

  /** Puts the right in question. Resolves when the newest verdict holds. */
  decide(): Promise<void> {
    this.#deciding = this.#run(++this.#generation);
    return this.#deciding;
  }

  async #run(mine: number): Promise<void> {
    const verdict = await this.#ask();
    if (mine !== this.#generation) {
      await this.#deciding;
      return;
    }
    this.#deciding = null;
    this.#decided(verdict);
  }
}
