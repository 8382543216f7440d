/**
 * Why this file exists: a Yjs client id belongs to the person who used it first, for ever. That keeps a forger from
 * writing under somebody else's id (which makes documents differ silently), and it is the authorship of the text.
 * It is the person and not the connection, because offline edits come back under older ids.
 */

/** Presence alone claims an id only while the room is loaded; this many per person, the oldest is let go. */
const CLAIMS_PER_PERSON = 64;

export class ClientOwners {
  // Each is made when it is needed: most rooms of a house are read, and many are empty.
  #stored: Map<number, string> | null = null;
  #writtenBy: Map<string, number> | null = null;
  #claimed: Map<number, string> | null = null;
  #claimsOf: Map<string, Set<number>> | null = null;

  constructor(stored: ReadonlyMap<number, string>) {
    for (const [client, person] of stored) this.#own(client, person);
  }

  #own(client: number, person: string): void {
    this.#stored ??= new Map();
    this.#stored.set(client, person);
    this.#writtenBy ??= new Map();
    this.#writtenBy.set(person, this.written(person) + 1);
  }

  /** Ids under which this person has written here. */
  written(person: string): number {
    return this.#writtenBy?.get(person) ?? 0;
  }

  /** The owner, or `undefined` when the id is nobody's. */
  of(client: number): string | undefined {
    return this.#stored?.get(client) ?? this.#claimed?.get(client);
  }

  /** Those of the ids that belong to somebody else than `person`. */
  foreign(clients: Iterable<number>, person: string): Set<number> {
    const out = new Set<number>();
    for (const client of clients) {
      const owner = this.of(client);
      if (owner !== undefined && owner !== person) out.add(client);
    }
    return out;
  }

  /** Takes the id for presence; false when it is somebody else's. */
  claim(client: number, person: string): boolean {
    const owner = this.of(client);
    if (owner !== undefined) return owner === person;
    this.#claimed ??= new Map();
    this.#claimsOf ??= new Map();
    let claims = this.#claimsOf.get(person);
    if (!claims) {
      claims = new Set();
      this.#claimsOf.set(person, claims);
    }
    claims.add(client);
    this.#claimed.set(client, person);
    if (claims.size > CLAIMS_PER_PERSON) {
      const [oldest] = claims;
      claims.delete(oldest!);
      this.#claimed.delete(oldest!);
    }
    return true;
  }

  /** Notes that `person` writes under these ids; returns those whose owner the same commit must store. */
  write(clients: Iterable<number>, person: string): number[] {
    const fresh: number[] = [];
    for (const client of clients) {
      if (this.#stored?.has(client)) continue;
      this.#own(client, person);
      this.#claimed?.delete(client);
      this.#claimsOf?.get(person)?.delete(client);
      fresh.push(client);
    }
    return fresh;
  }
}
