/**
 * Why this file exists: how many connections each person has. One account must not be able to take the sockets, or the
 * memory, of everybody else.
 */

export class Crowd {
  readonly #limit: number;
  readonly #here = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more connection of this person; false, and not counted, when there are too many. */
  enter(person: string): boolean {
    const here = this.#here.get(person) ?? 0;
    if (here >= this.#limit) return false;
    this.#here.set(person, here + 1);
    return true;
  }

  /** One that was counted is gone. */
  leave(person: string): void {
    const here = this.#here.get(person) ?? 0;
    if (here > 1) this.#here.set(person, here - 1);
    else this.#here.delete(person);
  }
}
