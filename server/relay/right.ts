/**
 * Why this file exists: deciding a right takes time, and rights change meanwhile. Of several decisions under way only the
 * one asked for last counts, and whoever asked for an earlier one waits for it too.
 */
import type { AccessDecision } from '#shared/policy.ts';

/** `failed` when it could not be decided: not knowing is not allowing. */
export type Verdict = AccessDecision | 'missing' | 'failed';

const DECIDED = Promise.resolve();

export interface Decider {
  /** Must not throw or reject. */
  ask(): Verdict | Promise<Verdict>;
  /** Called with the newest verdict only. */
  decided(verdict: Verdict): void;
}

export class Right {
  readonly #decider: Decider;
  #generation = 0;
  #deciding: Promise<void> | null = null;

  constructor(decider: Decider) {
    this.#decider = decider;
  }

  /** The right is being decided: nothing may be done under the old one. */
  get inQuestion(): boolean {
    return this.#deciding !== null;
  }

  /** Puts the right in question. Resolves when the newest verdict holds; one that is known at once holds on return. */
  decide(): Promise<void> {
    const mine = ++this.#generation;
    const verdict = this.#decider.ask();
    if (verdict instanceof Promise) {
      this.#deciding = this.#wait(mine, verdict);
      return this.#deciding;
    }
    this.#deciding = null;
    this.#decider.decided(verdict);
    return DECIDED;
  }

  async #wait(mine: number, asked: Promise<Verdict>): Promise<void> {
    const verdict = await asked;
    if (mine !== this.#generation) {
      await this.#deciding;
      return;
    }
    this.#deciding = null;
    this.#decider.decided(verdict);
  }
}
