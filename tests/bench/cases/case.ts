/**
 * Why this file exists: what a case is to the one who runs them all, and what all cases are given.
 */
import type { Line } from '../lines.ts';

export interface Plan {
  /** Rounds of the cases that are cheap to repeat. */
  rounds: number;
  windowMs: number;
  warmMs: number;
  quick: boolean;
}

export interface Case {
  /** What `--only` calls it. */
  name: string;
  /** Measures and answers the table's lines; `say` tells how far it is. */
  run(plan: Plan, say: (text: string) => void): Promise<Line[]>;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
