/**
 * Why this file exists: looking for the best places when wishes pull in different directions (pairs, people held where
 * they are, equal groups, mixing). It starts from a placement and changes it by moving one and by letting two change
 * places, as long as that makes it better; what is still broken is then shaken loose a bounded number of times.
 *
 * All costs are whole numbers well below 2^53, weighed so that a more important wish always goes before all the less
 * important ones together.
 */
import { bump } from './equal-split.ts';
import type { Draw } from './seeded.ts';

/** A class that is to be spread over the groups: organisation, category, last round's group. */
export interface Spread {
  classes: Int32Array;
  /** Number of classes. */
  count: number;
  weight: number;
}

/** What is looked for. People and groups are numbers from 0. */
export interface Wishes {
  groups: number;
  /** The group each person would rather be in; -1 for none. */
  preferred: Int32Array;
  /** Those who may not be moved. */
  fixed: Uint8Array;
  /** Whose group each person should not share. */
  apart: readonly (readonly number[])[];
  /** People who go together, two or more in each; nobody is in two of them. */
  blocks: readonly (readonly number[])[];
  spreads: readonly Spread[];
  weights: { size: number; apart: number; preferred: number };
}

/**
 * How many times what is broken is shaken loose: fewer in a big crowd, where each takes longer (it looks at every two
 * people), so that wishes that cannot be kept are given up within some tens of milliseconds.
 */
const shakesFor = (people: number): number => Math.max(5, Math.min(400, Math.floor(250_000 / people ** 2)));

/** A placement and what it costs, kept in step as people are moved. */
export class Search {
  readonly place: Int32Array;
  readonly #wishes: Wishes;
  readonly #sizes: Int32Array;
  readonly #counts: Int32Array[];
  /** Those who move by themselves: neither fixed nor in a block. */
  readonly #singles: number[];
  readonly #blocks: (readonly number[])[];

  constructor(wishes: Wishes, place: Int32Array) {
    this.place = place;
    this.#wishes = wishes;
    this.#sizes = new Int32Array(wishes.groups);
    this.#counts = wishes.spreads.map(({ count }) => new Int32Array(count * wishes.groups));
    const tied = new Set(wishes.blocks.flat());
    this.#singles = [...place.keys()].filter((person) => !wishes.fixed[person] && !tied.has(person));
    this.#blocks = wishes.blocks.filter((block) => !block.some((person) => wishes.fixed[person]));
    for (const person of place.keys()) this.#count(person, 1);
  }

  /** Improves until nothing more helps, then shakes loose what is still broken and keeps the best that was seen. */
  run(draw: Draw): void {
    this.#climb();
    const movable = [...this.#singles, ...this.#blocks.flat()];
    let best = Int32Array.from(this.place);
    let cost = 0;
    let lowest = 0;
    const shakes = shakesFor(this.place.length);
    for (let shake = 0; shake < shakes; shake++) {
      const broken = this.#broken();
      if (broken.length === 0) break;
      cost += this.#shake(broken[draw.below(broken.length)] as number, draw);
      // One alone may only find its way back to where it was: ever more others are shaken along with it.
      for (let more = draw.below(1 + Math.min(shake, 8)); more > 0; more--)
        cost += this.#shake(movable[draw.below(movable.length)] as number, draw);
      cost += this.#climb();
      if (cost >= lowest) continue;
      lowest = cost;
      best = Int32Array.from(this.place);
    }
    if (cost > lowest) this.#restore(best);
  }

  #count(person: number, by: number): void {
    const group = this.place[person] as number;
    bump(this.#sizes, group, by);
    for (const [at, { classes, count }] of this.#wishes.spreads.entries())
      bump(this.#counts[at] as Int32Array, group * count + (classes[person] as number), by);
  }

  #put(person: number, group: number): void {
    this.#count(person, -1);
    this.place[person] = group;
    this.#count(person, 1);
  }

  #restore(place: Int32Array): void {
    for (const [person, group] of place.entries()) if (this.place[person] !== group) this.#put(person, group);
  }

  #conflicts(person: number, group: number): number {
    let found = 0;
    for (const other of this.#wishes.apart[person] ?? []) if (this.place[other] === group) found++;
    return found;
  }

  /** What everything but the sizes changes by, when `person` goes to `group`. */
  #price(person: number, group: number): number {
    const { spreads, weights, preferred } = this.#wishes;
    const from = this.place[person] as number;
    let price = weights.apart * (this.#conflicts(person, group) - this.#conflicts(person, from));
    const wanted = preferred[person];
    if (wanted === from) price += weights.preferred;
    if (wanted === group) price -= weights.preferred;
    for (let at = 0; at < spreads.length; at++) {
      const { classes, count, weight } = spreads[at] as Spread;
      const counts = this.#counts[at] as Int32Array;
      const one = classes[person] as number;
      price += 2 * weight * ((counts[group * count + one] as number) - (counts[from * count + one] as number) + 1);
    }
    return price;
  }

  #priceOfMove(person: number, group: number): number {
    const [here, there] = [this.#sizes[this.place[person] as number] as number, this.#sizes[group] as number];
    return 2 * this.#wishes.weights.size * (there - here + 1) + this.#price(person, group);
  }

  #priceOfSwap(person: number, other: number): number {
    const [here, there] = [this.place[person] as number, this.place[other] as number];
    let price = this.#price(person, there) + this.#price(other, here);
    const { spreads, apart, weights } = this.#wishes;
    // Two of the same class change nothing by changing places; two who should be apart still are.
    for (const { classes, weight } of spreads) if (classes[person] === classes[other]) price -= 4 * weight;
    if (apart[person]?.includes(other)) price -= 2 * weights.apart;
    return price;
  }

  /** Moves a whole block; answers what it cost. */
  #moveBlock(block: readonly number[], group: number): number {
    let price = 0;
    for (const person of block) {
      price += this.#priceOfMove(person, group);
      this.#put(person, group);
    }
    return price;
  }

  /** Every change that makes it better, until there is none. Answers the change in cost, at most 0. */
  #climb(): number {
    let sum = 0;
    for (let gained = -1; gained < 0; sum += gained) {
      gained = 0;
      for (const block of this.#blocks) gained += this.#climbBlock(block);
      for (const person of this.#singles) gained += this.#climbMove(person);
      for (let at = 0; at < this.#singles.length; at++) gained += this.#climbSwap(at);
    }
    return sum;
  }

  #climbMove(person: number): number {
    let best = 0;
    let to = -1;
    for (let group = 0; group < this.#wishes.groups; group++) {
      if (group === this.place[person]) continue;
      const price = this.#priceOfMove(person, group);
      if (price < best) [best, to] = [price, group];
    }
    if (to >= 0) this.#put(person, to);
    return best;
  }

  #climbSwap(at: number): number {
    const person = this.#singles[at] as number;
    let best = 0;
    let partner = -1;
    for (let next = at + 1; next < this.#singles.length; next++) {
      const other = this.#singles[next] as number;
      if (this.place[other] === this.place[person]) continue;
      const price = this.#priceOfSwap(person, other);
      if (price < best) [best, partner] = [price, other];
    }
    if (partner >= 0) this.#swap(person, partner);
    return best;
  }

  #swap(person: number, other: number): void {
    const [here, there] = [this.place[person] as number, this.place[other] as number];
    this.#put(person, there);
    this.#put(other, here);
  }

  /** A block goes where it costs least, in exchange for as many single people as it takes. */
  #climbBlock(block: readonly number[]): number {
    const home = this.place[block[0] as number] as number;
    for (let group = 0; group < this.#wishes.groups; group++) {
      if (group === home) continue;
      const before = Int32Array.from(this.place);
      const price = this.#moveBlock(block, group) + this.#evenOut(group, home);
      if (price < 0) return price;
      this.#restore(before);
    }
    return 0;
  }

  /** Moves single people, but not `guest`, from a group to another, those it costs least for, while that helps. */
  #evenOut(from: number, to: number, guest = -1): number {
    let sum = 0;
    for (;;) {
      let best = 0;
      let who = -1;
      for (const person of this.#singles) {
        if (this.place[person] !== from || person === guest) continue;
        const price = this.#priceOfMove(person, to);
        if (price < best) [best, who] = [price, person];
      }
      if (who < 0) return sum;
      this.#put(who, to);
      sum += best;
    }
  }

  /** Those who can be moved and share a group with somebody they should not, or sit in one that is too big. */
  #broken(): number[] {
    const { weights } = this.#wishes;
    const blocks = this.#blocks.flat();
    // Where people would rather follow something than be equal, an unequal size is nothing broken.
    const most = weights.size > weights.preferred && blocks.length > 0 ? Math.min(...this.#sizes) + 1 : Infinity;
    return [...this.#singles, ...blocks].filter((person) => {
      const group = this.place[person] as number;
      return this.#conflicts(person, group) > 0 || (this.#sizes[group] as number) > most;
    });
  }

  /** Puts somebody, with those they go with, into a group drawn by lot, whatever it costs. */
  #shake(person: number, draw: Draw): number {
    const block = this.#blocks.find((members) => members.includes(person)) ?? [person];
    const home = this.place[person] as number;
    const group = (home + 1 + draw.below(Math.max(1, this.#wishes.groups - 1))) % this.#wishes.groups;
    if (group === home) return 0;
    return this.#moveBlock(block, group) + this.#evenOut(group, home, person);
  }
}
