/**
 * Why this file exists: what a commit brought goes to everybody in the room but its author, and each parcel is made once:
 * one for all who wrote nothing, one for each who did.
 */
import { type Contribution, mergedUpdates } from './batch.ts';
import { updateFrame } from './frames.ts';
import { joined, type Parcel } from './parcel.ts';

/** The updates of one commit in one room, ready to leave. */
export class FanOut<Author> {
  readonly #contributions: readonly Contribution<Author>[];
  readonly #authors = new Set<Author>();
  #everything: Parcel | null = null;

  constructor(contributions: readonly Contribution<Author>[]) {
    this.#contributions = contributions;
    for (const { author } of contributions) if (author !== null) this.#authors.add(author);
  }

  /** Those who wrote something of it. */
  get authors(): ReadonlySet<Author> {
    return this.#authors;
  }

  /** What everybody gets who wrote nothing of it. */
  get everything(): Parcel {
    this.#everything ??= parcelOf(this.#contributions);
    return this.#everything;
  }

  /** What one of its authors gets: the others' work, or `null` when there is none. */
  othersThan(author: Author): Parcel | null {
    const others = this.#contributions.filter((contribution) => contribution.author !== author);
    return others.length > 0 ? parcelOf(others) : null;
  }
}

function parcelOf<Author>(contributions: readonly Contribution<Author>[]): Parcel {
  return joined(mergedUpdates(contributions).map(updateFrame));
}
