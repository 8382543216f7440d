/**
 * Why this file exists: one loaded room. It knows its connections, its document, who owns which client id and who is
 * present; it hands accepted updates to the journal and, after their commit, to everybody else.
 */
import * as Y from 'yjs';
import type { AccessReason } from '#shared/wire.ts';
import type { Admitted } from './admission.ts';
import { Presence } from './awareness.ts';
import type { Accepted, Batch, Contribution } from './batch.ts';
import type { CatchUp } from './catch-up.ts';
import { ClientOwners } from './client-owners.ts';
import { ClockTable } from './clock-table.ts';
import type { Compactor } from './compaction.ts';
import type { Connection } from './connection.ts';
import { DocumentSize } from './document-size.ts';
import { FanOut } from './fan-out.ts';
import { RoomHeld } from './hold.ts';
import { type Journal, StorageUnavailable } from './journal.ts';
import { LargeDeletions } from './large-deletion.ts';
import type { RelayLimits } from './limits.ts';
import type { RelayLog } from './log.ts';
import type { Pace } from './pace.ts';
import { joined, type Parcel } from './parcel.ts';
import { Places } from './places.ts';
import type { Clock, EditBefore, RoomShape } from './ports.ts';
import type { HashedRoom, HashProgress, QuietHash } from './quiet-hash.ts';
import { RoomDocument } from './room-document.ts';
import { copyOf } from './slab.ts';
import type { RelayStats } from './stats.ts';
import type { StoredState } from './stored-state.ts';
import { inspectUpdate } from './update-inspection.ts';

/** The journal of all rooms. */
export type RoomJournal = Journal<Accepted<Room, Connection>, Batch<Room, Connection>>;

/** A hold on a loaded room; it stays loaded until every lease is released. */
export interface RoomLease {
  readonly room: Room;
  release(): void;
}

/** What rooms share. */
export interface RoomHost {
  /** Why nobody writes in this room now, or `null`. */
  readonly heldFor: (room: string) => AccessReason | null;
  readonly limits: RelayLimits;
  /** For differences alone; never runs backwards. */
  readonly clock: Clock;
  /** The server's time. */
  readonly wall: Clock;
  readonly log: RelayLog;
  readonly stats: RelayStats;
  readonly journal: RoomJournal;
  readonly pace: Pace;
  readonly catchUp: CatchUp;
  readonly compactor: Compactor;
  readonly shapeOf: (room: string) => RoomShape;
  readonly quietHash: QuietHash;
}

/** A room as it was loaded. */
export interface LoadedRoom {
  epoch: string;
  state: StoredState | Y.Doc;
  owners: ReadonlyMap<number, string>;
  /** Rows behind the snapshot. */
  rows: number;
  /** Bytes of the snapshot and the rows. */
  bytes: number;
}

export class Room implements HashedRoom {
  readonly name: string;
  readonly epoch: string;
  readonly document: RoomDocument;
  readonly owners: ClientOwners;
  /** What it has heard of, what waits for its commit included. */
  readonly clocks: ClockTable;
  /** Where everything in it stands. */
  readonly places: Places;
  readonly size: DocumentSize;
  readonly #host: RoomHost;
  readonly #connections = new Set<Connection>();
  #deletions: LargeDeletions | null = null;
  #presence: Presence | null = null;
  /** Accepted and not yet committed, so not in the document. */
  #underway: Uint8Array[] = [];
  /** Who waits for the commit of what somebody else sent; made when somebody does. */
  #awaiting: Set<Connection> | null = null;
  #rows: number;
  #lastTicket = 0;
  #editedAt: number | null = null;
  #presenceAsked = false;
  #destroyed = false;
  /** Server-made edits follow one another, so that each sees the one before. */
  #edits: Promise<void> = Promise.resolve();

  constructor(host: RoomHost, name: string, loaded: LoadedRoom) {
    this.#host = host;
    this.name = name;
    this.epoch = loaded.epoch;
    this.document = new RoomDocument(name, loaded.state, host.log);
    this.owners = new ClientOwners(loaded.owners);
    this.clocks = new ClockTable(this.document.stateVector(host.clock()));
    this.places = new Places(host.shapeOf(name), host.limits.nestingDepth, () => this.document.soFar(host.clock()));
    this.size = new DocumentSize(
      host.limits,
      loaded.bytes,
      () => Y.encodeStateAsUpdate(this.document.current(host.clock())).byteLength,
    );
    this.#rows = loaded.rows;
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections;
  }

  /** Whether an update may be accepted: storage takes it. */
  get storable(): boolean {
    return this.#host.journal.available;
  }

  /** Why nobody writes here now, whatever their right; `null` when the room is not held. */
  get held(): AccessReason | null {
    return this.#host.heldFor(this.name);
  }

  get committedTicket(): number {
    return this.#host.journal.committed;
  }

  /**
   * Gives the ticket of what was accepted last, for a connection that said some of it again; it hears of that commit like
   * an author.
   */
  awaitAccepted(connection: Connection): number {
    if (!this.settled) {
      this.#awaiting ??= new Set();
      this.#awaiting.add(connection);
    }
    return this.#lastTicket;
  }

  /** The commit that runs is taking long. */
  get slowDisk(): boolean {
    return this.#host.journal.slow;
  }

  /** Rows behind the snapshot. */
  get rows(): number {
    return this.#rows;
  }

  /** Nothing of this room waits for the disk. */
  get settled(): boolean {
    return this.#lastTicket <= this.#host.journal.committed;
  }

  /** Who is here and where; made when the first one says so. */
  get presence(): Presence {
    this.#presence ??= new Presence(this.#host.limits, this.#host.wall, (client, person) =>
      this.owners.claim(client, person),
    );
    return this.#presence;
  }

  /** What a newcomer is told of the others, or `null` when there is nobody to tell of. */
  othersPresent(personId: string): Parcel | null {
    return this.#presence?.others(personId) ?? null;
  }

  join(connection: Connection): void {
    this.#connections.add(connection);
  }

  leave(connection: Connection): void {
    this.#connections.delete(connection);
    this.#awaiting?.delete(connection);
    if (this.#presence?.leave(connection)) this.flushPresenceSoon();
  }

  /**
   * Accepts a checked update and gives its ticket: it will be committed, then sent to the others. The bytes are copied:
   * they are a view into the socket's buffer. The room as it is may be kept with it: because `before` asks for it, or
   * because the update deletes much.
   */
  accept(
    author: Connection | null,
    { update, read: inspected, located }: Admitted,
    personId: string,
    before?: EditBefore,
  ): number {
    this.clocks.note(inspected);
    const goesOn = this.places.note(located);
    this.size.note(inspected, update.byteLength, goesOn);
    this.#host.stats.updatesIn++;
    this.#host.pace.note(this.#connections.size);
    const at = this.#host.wall();
    this.#deletions ??= new LargeDeletions(this.#host.limits);
    const large = this.#deletions.notices(inspected, personId, at, () => this.document.current(this.#host.clock()));
    const label = before ?? (large ? { kind: 'large-deletion' as const } : null);
    const accepted: Accepted<Room, Connection> = {
      room: this,
      author,
      update: copyOf(update),
      // The rest of what was read is not kept while it waits.
      inspected: { blocks: inspected.blocks, deletes: inspected.deletes },
      personId,
      at,
      newClients: this.owners.write(inspected.clients, personId),
      checkpoint: label && { name: '', phase: '', ...label, at, personId, state: this.#stateNow() },
    };
    this.#underway.push(accepted.update);
    this.#lastTicket = this.#host.journal.add(accepted);
    return this.#lastTicket;
  }

  /** Everything accepted, also what waits for the disk, as one update. */
  #stateNow(): Uint8Array {
    const committed = Y.encodeStateAsUpdate(this.document.current(this.#host.clock()));
    return this.#underway.length === 0 ? committed : Y.mergeUpdates([committed, ...this.#underway]);
  }

  /** A commit holds these: now they leave the server, and their authors hear that they are safe. */
  committed(contributions: readonly Contribution<Connection>[]): void {
    let updates = 0;
    for (const { row, author, count } of contributions) {
      this.document.push(row.update);
      updates += count;
      const others = this.#connections.size - (author && this.#connections.has(author) ? 1 : 0);
      this.#host.stats.deliveries += count * others;
    }
    this.#underway.splice(0, updates);
    if (this.document.waiting >= this.#host.limits.lazyUpdates) this.#host.catchUp.request(this.document);
    this.#send(new FanOut(contributions));
    this.#editedAt = this.#host.clock();
    this.#host.quietHash.watch(this);
    const ticket = this.#host.journal.committed;
    for (const connection of this.#awaiting ?? []) {
      const answer = connection.answerUpTo(ticket);
      if (answer) connection.send(answer);
    }
    if (this.settled) this.#awaiting = null;
    const before = this.#rows;
    this.#rows += contributions.length;
    const every = this.#host.limits.compactRows;
    if (Math.floor(this.#rows / every) > Math.floor(before / every)) this.#host.compactor.request(this.name);
  }

  /** Presence has changed: it leaves at the house's pace, in one write with what was typed in the same time. */
  flushPresenceSoon(): void {
    this.#host.pace.note(this.#connections.size);
    if (this.#presenceAsked) return;
    this.#presenceAsked = true;
    this.#host.pace.next(() => {
      this.#presenceAsked = false;
      if (this.settled || this.slowDisk) this.flushPresence();
    });
  }

  /** Sends what changed in presence. */
  flushPresence(): void {
    if (!this.#destroyed) this.#send(null);
  }

  /** One parcel to each: the others' updates, who moved, and the answer to the marks. */
  #send(updates: FanOut<Connection> | null): void {
    const presence = this.#presence?.flush() ?? null;
    if (!updates && !presence) return;
    const ticket = this.#host.journal.committed;
    let shared: Parcel | null = null;
    for (const connection of this.#connections) {
      const wrote = updates?.authors.has(connection) ?? false;
      const moved = presence?.has(connection.ownId) ?? false;
      if (presence && !moved) this.#host.stats.presenceOut++;
      if (!wrote && !moved) {
        shared ??= together(updates?.everything, presence?.everything);
        if (shared) connection.send(shared);
        continue;
      }
      const others = moved ? presence?.without(connection.ownId) : presence?.everything;
      if (others && moved) this.#host.stats.presenceOut++;
      const parcel = together(
        wrote ? updates?.othersThan(connection) : updates?.everything,
        others,
        wrote ? connection.answerUpTo(ticket) : null,
      );
      if (parcel) connection.send(parcel);
    }
  }

  /** Storage stopped or began again to take updates: everybody is told. */
  availabilityChanged(): void {
    for (const connection of [...this.#connections]) connection.tellAccess();
  }

  get editedAt(): number {
    return this.#editedAt ?? 0;
  }

  workOnHash(until: number): HashProgress {
    return this.document.workOnHash(until, this.#host.limits.hashWakeBytes);
  }

  tellHash(): void {
    const hash = this.document.contentHash;
    if (hash === null) return;
    for (const connection of this.#connections) connection.tellHash(hash);
  }

  /** Somebody has told all they have: they are told the hash of what is here, at once or when it is known. */
  compareWith(connection: Connection): void {
    // A room nobody has edited since it was loaded is not worth the work, and what waits for the disk changes the hash.
    if (this.#editedAt === null || !this.settled) return;
    const hash = this.document.contentHash;
    if (hash !== null) connection.tellHash(hash);
    else this.#host.quietHash.watch(this);
  }

  /** The document with everything accepted in it. Rejects with StorageUnavailable while that cannot be had. */
  async read<T>(fn: (doc: Y.Doc) => T): Promise<T> {
    await this.#host.journal.settled(this.#lastTicket);
    return fn(this.document.current(this.#host.clock()));
  }

  /** See Relay.edit. */
  edit(personId: string, fn: (doc: Y.Doc) => void, before?: EditBefore): Promise<void> {
    const mine = this.#edits.then(() => this.#edit(personId, fn, before));
    this.#edits = mine.catch(() => {});
    return mine;
  }

  async #edit(personId: string, fn: (doc: Y.Doc) => void, before?: EditBefore): Promise<void> {
    const { journal } = this.#host;
    if (!journal.available) throw new StorageUnavailable('the journal is not being written');
    const update = await this.read((current) => difference(current, fn));
    if (!update) return;
    if (this.held !== null) throw new RoomHeld('nobody writes in this room now');
    const read = inspectUpdate(update);
    const ticket = this.accept(
      null,
      { update, read, located: this.places.judge(update, read).located },
      personId,
      before,
    );
    await journal.settled(ticket);
  }

  /** Forgets everything held in memory. */
  destroy(): void {
    this.#destroyed = true;
    this.#host.catchUp.forget(this.document);
    this.#host.quietHash.forget(this);
    this.document.destroy();
  }
}

/** What `fn` changes in a copy of the document, or `null`. */
function difference(current: Y.Doc, fn: (doc: Y.Doc) => void): Uint8Array | null {
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(current));
    let update: Uint8Array | null = null;
    copy.on('update', (bytes: Uint8Array) => {
      update = bytes;
    });
    copy.transact(() => fn(copy));
    return update;
  } finally {
    copy.destroy();
  }
}

function together(...parts: (Parcel | null | undefined)[]): Parcel | null {
  const there = parts.filter((part) => part !== null && part !== undefined);
  return there.length > 0 ? joined(there) : null;
}
